"""Identity: every address of an article leads to one id, whichever way it is met."""

from datetime import timedelta

import pytest

from tests.builders import NOW, article, entry, sighting
from tests.ledger.flow import (
    MINUTE,
    assert_sound,
    digest,
    extract,
    fetch,
    id_of,
    poll,
    publish,
    state_of,
    tag_and_index,
)
from vigie.adapters.ledger import Ledger, extractions, stages
from vigie.adapters.ledger.accounts import count_entries, expected_documents
from vigie.adapters.ledger.copies import originals_of
from vigie.adapters.ledger.pages import due_pages
from vigie.adapters.ledger.reports import read_history
from vigie.adapters.ledger.sightings import record_sightings, undecided_sightings
from vigie.articles.kinship import Original

UNE, DEUX, TROIS = entry("une"), entry("deux"), entry("trois")
A, B, C = id_of(UNE), id_of(DEUX), id_of(TROIS)


@pytest.mark.parametrize(
    "form",
    [
        "http://le-matin.example/une",
        "https://le-matin.example:443/une/",
        "https://le-matin.example/une?utm_source=rss&xtor=RSS-1#commentaires",
    ],
)
def test_forms_of_one_address_are_one_article(ledger: Ledger, form: str) -> None:
    poll(ledger, UNE)
    poll(ledger, entry("autre", feed_id="le-soir", url=form))
    counts = count_entries(ledger)
    assert (counts.total, counts.waiting, counts.duplicate) == (2, 1, 1)
    assert due_pages(ledger, NOW) == [A]
    assert_sound(ledger)


def test_feed_link_redirect_and_canonical_lead_to_one_article(ledger: Ledger) -> None:
    walked, own = "https://le-matin.example/r/1", "https://le-matin.example/politique/une.html"
    poll(ledger, UNE)
    fetch(ledger, A, UNE.url or "", walked)
    extract(ledger, article(A), canonical=own)
    for number, url in enumerate((UNE.url, walked, own)):
        poll(ledger, entry(f"encore-{number}", feed_id="le-soir", url=url))
    counts = count_entries(ledger)
    assert (counts.total, counts.waiting, counts.duplicate) == (4, 1, 3)
    history = read_history(ledger, A)
    assert history is not None
    assert set(history.addresses) == {(UNE.url, "feed"), (walked, "redirect"), (own, "canonical")}
    assert len(history.entries) == 4
    assert_sound(ledger)


def test_entries_without_address_are_articles_of_their_own(ledger: Ledger) -> None:
    assert poll(ledger, entry("x", url=None), entry("y", url=None, title="Titre de x")) == 2
    counts = count_entries(ledger)
    assert (counts.waiting, counts.duplicate) == (2, 0)
    assert due_pages(ledger, NOW) == []
    assert len(stages.due_articles(ledger, NOW)) == 2


def test_an_address_longer_than_a_database_key_is_an_address(ledger: Ledger) -> None:
    noise = "".join(digest(str(number)) for number in range(60))  # does not compress
    one, other = (f"https://le-matin.example/{noise[:3700]}?p={end}" for end in "ab")
    poll(ledger, entry("une", url=one), entry("deux", url=other), entry("trois", url=one + "#note"))
    counts = count_entries(ledger)
    assert (counts.waiting, counts.duplicate) == (2, 1)


def test_a_redirect_to_a_known_article_makes_a_duplicate(ledger: Ledger) -> None:
    publish(ledger, UNE)
    poll(ledger, DEUX, at=NOW + MINUTE)
    fetch(ledger, B, DEUX.url or "", UNE.url or "", at=NOW + MINUTE)
    assert state_of(ledger, B) == "duplicate"
    assert stages.due_articles(ledger, NOW + MINUTE) == []  # never indexed: nothing to take back
    history = read_history(ledger, A)
    assert history is not None
    assert (DEUX.url, "feed") in history.addresses
    assert [entry_id for _feed, entry_id in history.entries] == [UNE.id, DEUX.id]
    poll(ledger, entry("encore", feed_id="le-soir", url=DEUX.url))
    counts = count_entries(ledger)
    assert (counts.indexed, counts.duplicate, counts.waiting) == (1, 2, 0)
    assert_sound(ledger)


def test_an_indexed_duplicate_leaves_the_index(ledger: Ledger) -> None:
    publish(ledger, UNE)
    publish(ledger, DEUX)
    record_sightings(ledger, [(B, 1, [sighting("malpertuis", B)])])
    later = NOW + timedelta(hours=1)
    reopened = stages.reopen(ledger, None, None)
    assert reopened == 2
    extract(ledger, article(B), later, canonical=UNE.url)
    assert state_of(ledger, B) == "duplicate"
    kept, gone = stages.claim_for_index(ledger, [B], later)
    assert (kept, gone) == ([], [B])
    assert not expected_documents(ledger)[B].allows(7)
    stages.record_deleted(ledger, gone)
    assert expected_documents(ledger)[B].allows(None)
    assert not expected_documents(ledger)[B].allows(1)
    assert undecided_sightings(ledger) == []
    assert B not in stages.due_articles(ledger, later)
    assert_sound(ledger)


def test_what_became_a_duplicate_while_it_was_put_leaves_again(ledger: Ledger) -> None:
    """Another worker merged it between `put` and `record_indexed`: its lease was over, say."""
    publish(ledger, UNE)
    poll(ledger, DEUX)
    fetch(ledger, B, DEUX.url or "")
    extract(ledger, article(B))
    stages.record_tagged(ledger, [])
    stages.reopen(ledger, None, None)
    extractions.record_extractions(
        ledger, [extractions.Extraction(article_id=B, article=None, canonical=UNE.url)], NOW
    )
    assert state_of(ledger, B) == "duplicate"
    stages.record_indexed(ledger, [(B, 1)], NOW)
    assert state_of(ledger, B) == "duplicate"
    assert stages.claim_for_index(ledger, [B], NOW) == ([], [B])


def test_chains_of_duplicates_lead_to_the_last(ledger: Ledger) -> None:
    publish(ledger, TROIS)
    poll(ledger, DEUX, UNE)
    fetch(ledger, A, UNE.url or "", DEUX.url or "")  # A is B
    fetch(ledger, B, DEUX.url or "", TROIS.url or "")  # and B is C
    for article_id in (A, B):
        history = read_history(ledger, article_id)
        assert history is not None
        assert (history.state, history.duplicate_of) == ("duplicate", C)
        assert (history.addresses, history.entries) == ((), ())
    survivor = read_history(ledger, C)
    assert survivor is not None
    assert {url for url, _origin in survivor.addresses} == {UNE.url, DEUX.url, TROIS.url}
    poll(ledger, entry("encore", feed_id="le-soir", url=UNE.url))
    counts = count_entries(ledger)
    assert (counts.indexed, counts.duplicate) == (1, 3)
    assert_sound(ledger)


def test_a_duplicate_is_done_with(ledger: Ledger) -> None:
    publish(ledger, UNE)
    poll(ledger, DEUX)
    fetch(ledger, B, DEUX.url or "", UNE.url or "", next_fetch_at=NOW + MINUTE)
    fetch(ledger, B, "https://le-matin.example/autre", at=NOW + 2 * MINUTE)  # a late answer
    assert due_pages(ledger, NOW + timedelta(days=30)) == []
    assert stages.reopen(ledger, None, None) == 1
    assert state_of(ledger, B) == "duplicate"


def test_a_refused_article_takes_the_page_of_its_duplicate(ledger: Ledger) -> None:
    """Its own page was never had and its entry was bare; the page came under another address."""
    poll(ledger, entry("une", title="", summary=""), DEUX)
    fetch(ledger, A, withdrawn=True)
    extractions.claim_for_extract(ledger, [A], NOW)
    extractions.record_extractions(
        ledger, [extractions.Extraction(article_id=A, article=None, rejected="rien")], NOW
    )
    assert state_of(ledger, A) == "rejected"
    fetch(ledger, B, DEUX.url or "", UNE.url or "")
    (material,) = extractions.claim_for_extract(ledger, [A], NOW)
    assert material.page_record_id is not None
    assert state_of(ledger, A) == "waiting"
    extractions.record_extractions(ledger, [], NOW)
    assert_sound(ledger)


def test_copies_are_linked_to_the_first(ledger: Ledger) -> None:
    text = "La même dépêche. " * 20
    first = publish(ledger, entry("b", url="https://b.example/1"), NOW, text=text)
    second = publish(ledger, entry("a", url="https://a.example/1"), NOW + MINUTE, text=text)
    third = publish(ledger, entry("c", url="https://c.example/1"), NOW + 2 * MINUTE, text=text)
    own = publish(ledger, entry("d", url="https://d.example/1"), NOW + 3 * MINUTE, text="Autre chose.")
    found = originals_of(ledger, [first, second, third, own])
    assert found == {copy: Original(id=first, similarity=1.0) for copy in (second, third)}
    history = read_history(ledger, second)
    assert history is not None
    assert history.copies == (first, third)
    assert count_entries(ledger).indexed == 4


def test_tags_and_index_of_a_duplicate_change_nothing(ledger: Ledger) -> None:
    publish(ledger, UNE)
    poll(ledger, DEUX)
    fetch(ledger, B, DEUX.url or "", UNE.url or "")
    tag_and_index(ledger, [A, B])
    extractions.record_extractions(ledger, [extractions.Extraction(article_id=B, article=None)], NOW)
    assert (state_of(ledger, A), state_of(ledger, B)) == ("indexed", "duplicate")
    assert_sound(ledger)
