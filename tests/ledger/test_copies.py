"""Copies in the ledger: linked to the first, in whatever order they come, and followed when a text changes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import permutations

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from tests.builders import NOW, article, entry
from tests.ledger.flow import (
    MINUTE,
    assert_sound,
    extract,
    fetch,
    id_of,
    poll,
    state_of,
    tag_and_index,
)
from tests.unit.alike import AGENCY, EDITED_COPIES, INDEPENDENT, agenda
from vigie.adapters.ledger import Ledger, extractions, stages
from vigie.adapters.ledger.copies import MOST_IN_BAND, originals_of
from vigie.adapters.ledger.reports import read_history
from vigie.adapters.ledger.schema import BandRow
from vigie.articles.compose import hash_text
from vigie.articles.sketches import sketch_text
from vigie.model import Article, ArticleId

COPIES = list(EDITED_COPIES.values())


def found_in(text: str) -> dict[str, object]:
    """What extraction finds of a text."""
    sketch = sketch_text(text)
    return {"body_hash": hash_text(article(text=text)), "sketch": sketch.dump() if sketch else None}


def come(ledger: Ledger, site: str, minute: int = 0, name: str = "1") -> ArticleId:
    """A new entry of a site, and its page."""
    item = entry(f"{site}{name}", url=f"https://{site}.example/{name}")
    poll(ledger, item, at=NOW + minute * MINUTE)
    fetch(ledger, id_of(item), item.url or "", at=NOW + minute * MINUTE)
    return id_of(item)


def read(ledger: Ledger, article_id: ArticleId, text: str, site: str, **fields: object) -> Article:
    """Extract this text from an article's page, tag and index it."""
    given = {"title": f"Titre chez {site}", "url": f"https://{site}.example/1", **fields}
    item = article(article_id, text=text, **given)
    extract(ledger, item, NOW + timedelta(hours=1), **found_in(text))
    tag_and_index(ledger, [article_id], NOW + timedelta(hours=1))
    return item


def links(ledger: Ledger, *ids: ArticleId) -> dict[ArticleId, str]:
    """Who is a copy of whom."""
    return {article_id: original.id for article_id, original in originals_of(ledger, ids).items()}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_first_is_the_first_in_whatever_order_they_are_read(
    ledger: Ledger, order: tuple[int, ...]
) -> None:
    texts = (AGENCY, COPIES[2], COPIES[0])
    ids = [come(ledger, "abc"[n], n) for n in range(3)]
    for n in order:
        read(ledger, ids[n], texts[n], "abc"[n])
    assert links(ledger, *ids) == {ids[1]: ids[0], ids[2]: ids[0]}
    assert originals_of(ledger, ids)[ids[2]].similarity > 0.9
    assert_sound(ledger)


def test_what_was_indexed_as_an_original_goes_to_the_index_again_as_a_copy(ledger: Ledger) -> None:
    first, second = come(ledger, "a"), come(ledger, "b", 1)
    read(ledger, second, AGENCY, "b")
    assert stages.due_articles(ledger, NOW + timedelta(hours=1)) == [first]
    read(ledger, first, COPIES[2], "a")
    assert stages.due_articles(ledger, NOW + timedelta(hours=1)) == [second]
    read(ledger, second, AGENCY, "b")
    assert stages.due_articles(ledger, NOW + timedelta(hours=1)) == []
    assert links(ledger, first, second) == {second: first}


def test_copies_of_a_text_that_is_rewritten_find_another_original(ledger: Ledger) -> None:
    ids = [come(ledger, site, n) for n, site in enumerate("abc")]
    for article_id, text, site in zip(ids, (AGENCY, COPIES[2], COPIES[0]), "abc", strict=True):
        read(ledger, article_id, text, site)
    fetch_again(ledger, ids[0])
    read(ledger, ids[0], INDEPENDENT, "a", version=2)
    assert links(ledger, *ids) == {ids[2]: ids[1]}
    fetch_again(ledger, ids[0])
    read(ledger, ids[0], AGENCY, "a", version=3)
    assert links(ledger, *ids) == {ids[1]: ids[0], ids[2]: ids[0]}


def fetch_again(ledger: Ledger, article_id: ArticleId) -> None:
    """The page is to be extracted once more."""
    stages.reopen(ledger, None, None)


def test_an_exact_copy_on_one_site_is_a_duplicate_of_the_first(ledger: Ledger) -> None:
    first, second = come(ledger, "a", 0, "politique"), come(ledger, "a", 1, "france")
    read(ledger, second, AGENCY, "a", title="Des autocars", url="https://a.example/france")
    read(ledger, first, AGENCY, "a", title="Des autocars", url="https://a.example/politique")
    assert (state_of(ledger, first), state_of(ledger, second)) == ("indexed", "duplicate")
    assert stages.claim_for_index(ledger, [second], NOW + timedelta(hours=1)) == ([], [second])
    stages.record_deleted(ledger, [second])
    history = read_history(ledger, first)
    assert history is not None
    assert {url for url, _ in history.addresses} == {
        "https://a.example/politique",
        "https://a.example/france",
    }
    assert_sound(ledger)


@pytest.mark.parametrize(
    ("text", "other_title", "origin"),
    [
        (AGENCY, "Réservé aux abonnés", "page"),
        (AGENCY, "Des autocars", "feed"),
        ("Pas de commentaire.", "Des autocars", "page"),
        (COPIES[2], "Des autocars", "page"),
    ],
)
def test_what_is_not_to_the_letter_or_has_another_title_is_no_duplicate(
    ledger: Ledger, text: str, other_title: str, origin: str
) -> None:
    first, second = come(ledger, "a", 0, "politique"), come(ledger, "a", 1, "france")
    read(ledger, first, AGENCY if text == COPIES[2] else text, "a", title="Des autocars")
    read(ledger, second, text, "a", title=other_title, origin=origin)
    assert (state_of(ledger, first), state_of(ledger, second)) == ("indexed", "indexed")


def test_a_duplicate_leaves_its_copies_to_the_survivor(ledger: Ledger) -> None:
    one, other, copy = come(ledger, "a", 0, "x"), come(ledger, "a", 1, "y"), come(ledger, "b", 2)
    read(ledger, other, AGENCY, "a", title="Des autocars", url="https://a.example/y")
    read(ledger, copy, COPIES[0], "b")
    assert links(ledger, copy) == {copy: other}
    read(ledger, one, AGENCY, "a", title="Des autocars", url="https://a.example/x")
    assert links(ledger, one, other, copy) == {copy: one}
    assert bands_of_article(ledger, other) == 0


def bands_of_article(ledger: Ledger, article_id: ArticleId) -> int:
    """How many bands an article is in."""
    with ledger.reading() as session:
        return session.scalar(sa.select(sa.func.count()).where(BandRow.article_id == article_id)) or 0


def test_issues_of_a_series_are_linked_to_nothing(ledger: Ledger) -> None:
    days = ("lundi 3 mars 2025", "lundi 10 mars 2025", "mardi 11 mars 2025")
    ids = [come(ledger, site, n) for n, site in enumerate("abc")]
    for article_id, day, site in zip(ids, days, "abc", strict=True):
        read(ledger, article_id, agenda(day, "9 h 30", "le Premier ministre"), site, title="Agenda")
    assert links(ledger, *ids) == {}


def test_history_tells_the_family(ledger: Ledger) -> None:
    ids = [come(ledger, site, n) for n, site in enumerate("abc")]
    for article_id, text, site in zip(ids, (AGENCY, COPIES[2], AGENCY), "abc", strict=True):
        read(ledger, article_id, text, site)
    history = read_history(ledger, ids[1])
    assert history is not None
    assert (history.copy_of, history.copies) == (ids[0], (ids[0], ids[2]))
    assert [(r.id, r.url, r.similarity) for r in history.family] == [
        (ids[0], "https://a.example/1", None),
        (ids[2], "https://c.example/1", 1.0),
    ]
    assert history.similarity is not None
    assert 0.6 < history.similarity < 1


@contextmanager
def counting(ledger: Ledger) -> Iterator[Callable[[], int]]:
    """How many statements about bands the ledger was sent."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.extend([statement] if "bands" in statement else [])

    event.listen(ledger.engine, "before_cursor_execute", note)
    yield lambda: len(sent)
    event.remove(ledger.engine, "before_cursor_execute", note)


def test_a_text_that_hundreds_share_costs_no_more_queries_and_bounded_bands(ledger: Ledger) -> None:
    def record(start: int, count: int) -> int:
        ids = [come(ledger, f"s{n}", 0) for n in range(start, start + count)]
        extractions.claim_for_extract(ledger, ids, NOW)
        found = [
            extractions.Extraction(
                article_id=article_id,
                article=article(
                    article_id, text=AGENCY, url=f"https://s{start + n}.example/1", title=f"T{n}"
                ),
                text_hash=f"{start + n}",
                entry_record_id=extractions.RecordId("e#1"),
                **found_in(AGENCY),  # type: ignore[arg-type]  # hash and sketch
            )
            for n, article_id in enumerate(ids)
        ]
        with counting(ledger) as sent:
            extractions.record_extractions(ledger, found, NOW)
            return sent()

    assert record(0, 2) == record(2, 40) == record(42, 40) <= 6
    with ledger.reading() as session:
        crowds = session.scalars(sa.select(sa.func.count(BandRow.article_id)).group_by(BandRow.key))
        assert max(crowds) == MOST_IN_BAND
        copies = (
            sa.select(sa.func.count())
            .select_from(extractions.ArticleRow)
            .where(extractions.ArticleRow.copy_of.is_not(None))
        )
        assert session.scalar(copies) == 81


def test_a_canonical_link_that_every_page_of_a_site_shares_takes_nobody(ledger: Ledger) -> None:
    shared = "https://a.example/actualites"
    texts = {
        "pont": ("Le pont rouvre", AGENCY),
        "loup": ("Un loup aperçu", "Un loup a été vu lundi près du lac. " * 20),
    }
    ids = {name: come(ledger, "a", n, name) for n, name in enumerate(texts)}
    for name, (title, text) in texts.items():
        item = article(ids[name], title=title, text=text, url=shared)
        extract(ledger, item, NOW + timedelta(hours=1), canonical=shared, **found_in(text))
        tag_and_index(ledger, [ids[name]], NOW + timedelta(hours=1))
    assert {state_of(ledger, article_id) for article_id in ids.values()} == {"indexed"}
    for name, article_id in ids.items():
        history = read_history(ledger, article_id)
        assert history is not None
        assert (history.url, history.canonical_refused) == (f"https://a.example/{name}", shared)
    third = come(ledger, "a", 5, "actualites")  # the address is a page of its own
    assert state_of(ledger, third) == "waiting"
    assert_sound(ledger)


def test_a_redirect_to_a_front_page_is_nobody_s_address(ledger: Ledger) -> None:
    one, other = (entry(name, url=f"https://a.example/{name}") for name in ("un", "deux"))
    poll(ledger, one, other)
    for item in (one, other):
        fetch(ledger, id_of(item), item.url or "", "https://a.example/")
        history = read_history(ledger, id_of(item))
        assert history is not None
        assert (history.state, history.url) == ("waiting", item.url)
