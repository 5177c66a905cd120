"""Extract, tag, index: each goes on from what was recorded, and what fails comes back."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from tests.builders import NOW, article, claim, entry, tagged
from tests.ledger.flow import (
    MINUTE,
    an_extraction,
    assert_sound,
    extract,
    fetch,
    id_of,
    poll,
    publish,
    state_of,
    tag_and_index,
)
from vigie.adapters.ledger import Ledger, extractions, stages
from vigie.adapters.ledger.accounts import archive_references, count_entries, expected_documents
from vigie.adapters.ledger.pages import due_pages
from vigie.adapters.ledger.reports import read_history
from vigie.adapters.ledger.schema import ArticleRow, DraftRow

UNE = entry("une")
A = id_of(UNE)
LATER = NOW + timedelta(days=1)


def drafts(ledger: Ledger) -> int:
    """How many articles lie between two tasks."""
    with ledger.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(DraftRow)) or 0


def ready(ledger: Ledger, *names: str) -> None:
    """Entries whose pages were had: they wait for extraction."""
    for name in names or ("une",):
        poll(ledger, entry(name))
        fetch(ledger, id_of(entry(name)), entry(name).url or "")


def test_the_whole_way(ledger: Ledger) -> None:
    poll(ledger, UNE)
    assert due_pages(ledger, NOW) == [A]
    assert stages.due_articles(ledger, NOW) == []
    fetch(ledger, A, UNE.url or "")
    assert stages.due_articles(ledger, NOW) == [A]
    (material,) = extractions.claim_for_extract(ledger, [A], NOW)
    assert (material.feed.id, material.version, material.previous) == ("le-matin", 0, None)
    assert material.entry_record_id == f"entrees.warc.gz#{UNE.id}"
    found = article(A, published=claim(NOW), dates=(claim(NOW),))
    extractions.record_extractions(ledger, [an_extraction(found)], NOW)
    assert stages.claim_for_tag(ledger, [A], NOW) == [found]
    assert drafts(ledger) == 1
    stages.record_tagged(ledger, [tagged(found)])
    assert stages.claim_for_index(ledger, [A], NOW) == ([tagged(found)], [])
    assert state_of(ledger, A) == "waiting"
    stages.record_indexed(ledger, [(A, 1)], LATER)
    history = read_history(ledger, A)
    assert history is not None
    assert (history.state, history.indexed_at, history.published) == ("indexed", LATER, claim(NOW))
    assert (drafts(ledger), stages.due_articles(ledger, LATER)) == (0, [])
    assert_sound(ledger)


def test_doing_a_stage_twice_changes_nothing(ledger: Ledger) -> None:
    publish(ledger, UNE)
    before = read_history(ledger, A)
    extractions.record_extractions(ledger, [an_extraction(article(A))], LATER)
    stages.record_tagged(ledger, [tagged(article(A))])
    stages.record_indexed(ledger, [(A, 1)], NOW)
    assert read_history(ledger, A) == before
    assert stages.due_articles(ledger, LATER) == []


def test_first_seen_comes_first(ledger: Ledger) -> None:
    for name, minutes in (("une", 2), ("deux", 0), ("trois", 1)):
        poll(ledger, entry(name), at=NOW + minutes * MINUTE)
    assert due_pages(ledger, LATER) == [id_of(entry(name)) for name in ("deux", "trois", "une")]


def test_a_page_that_cannot_be_had_is_indexed_from_its_entry_and_upgraded(ledger: Ledger) -> None:
    poll(ledger, UNE)
    fetch(ledger, A, next_fetch_at=NOW + 5 * MINUTE)
    summary = article(A, text="Résumé de une.", origin="feed")
    extract(ledger, summary)
    assert due_pages(ledger, LATER) == []  # a page waits while an answer is on its way
    tag_and_index(ledger, [A])
    assert due_pages(ledger, NOW + 5 * MINUTE) == [A]
    fetch(ledger, A, UNE.url or "", at=LATER)
    (material,) = extractions.claim_for_extract(ledger, [A], LATER)
    assert material.previous is not None
    extractions.record_extractions(
        ledger, [an_extraction(article(A, version=2), diff="-court\n+long")], LATER
    )
    tag_and_index(ledger, [A], LATER)
    history = read_history(ledger, A)
    assert history is not None
    assert [(v.number, v.origin, v.diff) for v in history.versions] == [
        (1, "feed", None),
        (2, "page", "-court\n+long"),
    ]
    assert_sound(ledger)


def test_the_same_text_again_is_no_new_version(ledger: Ledger) -> None:
    publish(ledger, UNE)
    fetch_again = NOW + timedelta(hours=1)
    with ledger.writing() as session:
        session.get_one(ArticleRow, A).fetch_due_at = fetch_again
    fetch(ledger, A, UNE.url or "", at=fetch_again)
    extract(ledger, article(A), fetch_again)
    history = read_history(ledger, A)
    assert history is not None
    assert [version.number for version in history.versions] == [1]
    assert stages.due_articles(ledger, LATER) == []
    assert_sound(ledger)


def test_a_withdrawn_page_keeps_its_article(ledger: Ledger) -> None:
    publish(ledger, UNE)
    with ledger.writing() as session:
        session.get_one(ArticleRow, A).fetch_due_at = LATER
    fetch(ledger, A, at=LATER, withdrawn=True)
    history = read_history(ledger, A)
    assert history is not None
    assert (history.state, history.withdrawn_at, len(history.versions)) == ("indexed", LATER, 1)
    assert stages.due_articles(ledger, LATER) == []


def test_tags_of_an_old_version_are_not_taken(ledger: Ledger) -> None:
    ready(ledger)
    extract(ledger, article(A))
    (old,) = stages.claim_for_tag(ledger, [A], NOW)
    stages.reopen(ledger, None, None)
    stages.record_tagged(ledger, [tagged(old)])  # gives the lease back, and nothing else
    extract(ledger, article(A, version=2, text="Corrigé."))
    stages.record_tagged(ledger, [tagged(old)])
    assert stages.claim_for_index(ledger, [A], NOW) == ([], [])
    (new,) = stages.claim_for_tag(ledger, [A], NOW)
    assert (new.version, new.text) == (2, "Corrigé.")
    assert_sound(ledger)


def test_an_extraction_from_an_old_version_is_not_taken(ledger: Ledger) -> None:
    publish(ledger, UNE)
    stages.reopen(ledger, None, None)
    late = an_extraction(article(A, text="Venu trop tard."))  # made when there was no version yet
    extractions.record_extractions(ledger, [late], NOW)
    assert stages.due_articles(ledger, NOW) == [A]
    assert_sound(ledger)


def test_what_is_asked_while_an_article_is_put_is_still_done(ledger: Ledger) -> None:
    ready(ledger)
    extract(ledger, article(A))
    stages.record_tagged(ledger, [tagged(article(A))])
    stages.claim_for_index(ledger, [A], NOW)
    assert stages.reopen(ledger, None, None) == 1
    stages.record_indexed(ledger, [(A, 1)], NOW)
    assert state_of(ledger, A) == "indexed"
    assert [m.article_id for m in extractions.claim_for_extract(ledger, [A], NOW)] == [A]


def test_the_ledger_knows_what_is_in_the_index_though_it_moved_on(ledger: Ledger) -> None:
    ready(ledger)
    extract(ledger, article(A))
    stages.record_tagged(ledger, [tagged(article(A))])
    stages.reopen(ledger, None, None)
    extract(ledger, article(A, version=2, text="Corrigé."))
    stages.record_indexed(ledger, [(A, 1)], NOW)
    assert expected_documents(ledger)[A].allows(1)
    assert [item.version for item in stages.claim_for_tag(ledger, [A], NOW)] == [2]


def test_a_failure_waits_and_recovers(ledger: Ledger) -> None:
    ready(ledger, "une", "deux")
    extractions.claim_for_extract(ledger, [A], NOW)
    stages.record_failure(ledger, A, "PermanentError: illisible", NOW)
    counts = count_entries(ledger)
    assert (counts.failed, counts.waiting) == (1, 1)
    history = read_history(ledger, A)
    assert history is not None
    assert history.error == "PermanentError: illisible"
    assert A not in stages.due_articles(ledger, NOW + 4 * MINUTE)
    assert A in stages.due_articles(ledger, NOW + 5 * MINUTE)
    extract(ledger, article(A), NOW + 5 * MINUTE)
    assert state_of(ledger, A) == "waiting"
    tag_and_index(ledger, [A], NOW + 5 * MINUTE)
    history = read_history(ledger, A)
    assert history is not None
    assert (history.state, history.error) == ("indexed", None)
    assert_sound(ledger)


def test_a_failure_leaves_what_is_indexed(ledger: Ledger) -> None:
    publish(ledger, UNE)
    stages.reopen(ledger, None, None)
    stages.record_failure(ledger, A, "boum", NOW)
    assert count_entries(ledger).indexed == 1
    assert expected_documents(ledger)[A].allows(1)
    extract(ledger, article(A), NOW + 5 * MINUTE)
    history = read_history(ledger, A)
    assert history is not None
    assert history.error is None


def test_backoff_doubles_to_a_week() -> None:
    waits = [stages.backoff(tries) for tries in range(1, 20)]
    assert waits[0] == timedelta(minutes=5)
    assert waits[:8] == [timedelta(minutes=5) * 2**n for n in range(8)]
    assert all(a <= b for a, b in pairwise(waits))
    assert waits[-1] == timedelta(days=7)


def test_a_rejection_has_its_reason_and_may_be_taken_back(ledger: Ledger) -> None:
    ready(ledger)
    extractions.claim_for_extract(ledger, [A], NOW)
    stages.record_failure(ledger, A, "d'abord une panne", NOW)
    nothing = extractions.Extraction(article_id=A, article=None, rejected="ni titre ni texte")
    extractions.record_extractions(ledger, [nothing], LATER)
    assert count_entries(ledger).rejected == {"ni titre ni texte": 1}
    assert stages.due_articles(ledger, LATER) == []
    with ledger.writing() as session:
        session.get_one(ArticleRow, A).fetch_due_at = LATER
    fetch(ledger, A, UNE.url or "", at=LATER)
    extract(ledger, article(A), LATER)
    tag_and_index(ledger, [A], LATER)
    counts = count_entries(ledger)
    assert (counts.indexed, counts.rejected) == (1, {})
    assert_sound(ledger)


def test_a_rejection_after_a_version_keeps_the_version(ledger: Ledger) -> None:
    publish(ledger, UNE)
    stages.reopen(ledger, None, None)
    extractions.record_extractions(
        ledger, [extractions.Extraction(article_id=A, article=None, rejected="rien")], NOW
    )
    assert count_entries(ledger).indexed == 1
    assert expected_documents(ledger)[A].allows(1)
    assert stages.due_articles(ledger, NOW) == []


def test_reopen_takes_a_range_of_first_seen(ledger: Ledger) -> None:
    for day in range(4):
        publish(ledger, entry(f"jour-{day}"), NOW + timedelta(days=day))
    ready(ledger, "sans-version")
    ids = [id_of(entry(f"jour-{day}")) for day in range(4)]
    assert stages.reopen(ledger, NOW + timedelta(days=1), NOW + timedelta(days=3)) == 2
    assert set(stages.due_articles(ledger, NOW + timedelta(days=9))) == {
        *ids[1:3],
        id_of(entry("sans-version")),
    }
    assert count_entries(ledger).indexed == 4  # still there, and searchable


def test_reopened_articles_are_indexed_again_without_a_new_version(ledger: Ledger) -> None:
    publish(ledger, UNE)
    assert stages.reopen(ledger, None, None, forget_index=True) == 1
    assert expected_documents(ledger)[A].allows(None)
    assert count_entries(ledger).waiting == 1
    extract(ledger, article(A), LATER)
    tag_and_index(ledger, [A], LATER)
    history = read_history(ledger, A)
    assert history is not None
    assert (history.state, len(history.versions)) == ("indexed", 1)
    assert not expected_documents(ledger)[A].allows(None)
    assert_sound(ledger)


def test_a_rebuild_that_finds_nothing_says_so(ledger: Ledger) -> None:
    publish(ledger, UNE)
    stages.reopen(ledger, None, None, forget_index=True)
    extractions.record_extractions(
        ledger, [extractions.Extraction(article_id=A, article=None, rejected="rien")], NOW
    )
    assert count_entries(ledger).rejected == {"rien": 1}
    assert expected_documents(ledger)[A].allows(None)
    assert_sound(ledger)


@pytest.mark.parametrize("body", ['{"id": "of an earlier release"}', "", None])
def test_a_draft_that_cannot_be_read_is_extracted_again(ledger: Ledger, body: str | None) -> None:
    ready(ledger, "une", "deux")
    other = id_of(entry("deux"))
    for article_id in (A, other):
        extract(ledger, article(article_id))
    with ledger.writing() as session:
        draft = session.get_one(DraftRow, A)
        if body is None:
            session.delete(draft)
        else:
            draft.body = body
    assert [item.id for item in stages.claim_for_tag(ledger, [A, other], NOW)] == [other]
    extract(ledger, article(A))
    tag_and_index(ledger, [A])
    assert state_of(ledger, A) == "indexed"
    assert_sound(ledger)


def test_the_archive_is_referred_to_by_entries_pages_and_polls(ledger: Ledger) -> None:
    publish(ledger, UNE)
    poll(ledger, record_id="polls.warc.gz#7", at=LATER)
    assert sorted(what for _record, what in archive_references(ledger)) == [
        "body of feed le-matin",
        f"entry {UNE.id}",
        f"entry of article {A}",
        f"page of article {A}",
        f"page of article {A}",
        f"page of article {A}",
    ]


def test_nobody_knows_an_article_that_is_not_there(ledger: Ledger) -> None:
    assert read_history(ledger, replace(article("inconnu")).id) is None
