"""Which texts make two articles one, which make a copy, and which tell them apart."""

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import NOW, article
from tests.unit.alike import AGENCY, EDITED_COPIES, INDEPENDENT, agenda
from vigie.articles.compose import hash_text
from vigie.articles.kinship import (
    Likeness,
    are_titles_alike,
    are_unlike,
    find_original,
    is_same_article,
    rate_copy,
)
from vigie.articles.recent import RecentTexts
from vigie.articles.sketches import sketch_text

COPY = EDITED_COPIES["a few words changed"]
SHORT = "Pas de commentaire."


def likeness(text: str = AGENCY, url: str | None = "https://a.example/1", **fields: Any) -> Likeness:
    """An article with this text."""
    sketch = sketch_text(text)
    usual: dict[str, Any] = {
        "id": "a1",
        "first_seen_at": NOW,
        "feed_id": "le-matin",
        "title": "Des autocars en ville",
    }
    return Likeness(
        url=url,
        body_hash=hash_text(article(text=text)),
        sketch=sketch.dump() if sketch else None,
        **{**usual, "is_whole": True, **fields},
    )


def test_one_text_and_title_at_two_addresses_of_a_site_is_one_article() -> None:
    assert is_same_article(
        likeness(), likeness(url="https://www.a.example/2", title="des autocars, en ville")
    )
    assert is_same_article(
        likeness(), likeness(url="https://www.a.example/2", title="Vidéo. Des autocars en ville")
    )
    assert is_same_article(likeness(url=None), likeness(url=None))


@pytest.mark.parametrize(
    "other",
    [
        likeness(url="https://b.example/1"),
        likeness(title="Transports : ce que dit le projet"),
        likeness(COPY),
        likeness(INDEPENDENT),
        likeness(is_whole=False),
        likeness(url=None, feed_id="le-soir"),
    ],
)
def test_else_they_are_two(other: Likeness) -> None:
    assert not is_same_article(likeness(), other)


def test_a_short_text_is_never_the_same() -> None:
    assert not is_same_article(likeness(SHORT), likeness(SHORT))
    assert rate_copy(likeness(SHORT), likeness(SHORT, url="https://b.example/1")) is None


def test_on_another_site_a_copy_is_exact_or_edited() -> None:
    assert rate_copy(likeness(), likeness(url="https://b.example/1", title="Tout autre titre")) == 1.0
    alike = rate_copy(likeness(), likeness(COPY, url="https://b.example/1"))
    assert alike is not None
    assert 0.6 < alike < 1
    assert rate_copy(likeness(), likeness(INDEPENDENT, url="https://b.example/1")) is None


def test_on_one_site_an_edited_copy_is_an_article_of_its_own() -> None:
    assert rate_copy(likeness(), likeness(COPY)) is None
    assert (
        rate_copy(likeness(), likeness(title="Abonnez-vous pour lire")) is None
    )  # one text under many titles


def test_the_original_is_the_first_that_was_seen_then_the_smallest_id() -> None:
    late = likeness(url="https://d.example/1", id="d", first_seen_at=NOW + timedelta(hours=2))
    same_time = [likeness(url=f"https://{i}.example/1", id=i) for i in "cba"]
    found = find_original(late, [likeness(INDEPENDENT, url="https://z.example/", id="z"), *same_time])
    assert found is not None
    assert found.id == "a"
    assert find_original(same_time[2], [late, *same_time[:2]]) is None


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Le pont rouvre", "le pont  rouvre !", True),
        ("Le pont de Sarvoles rouvre", "DIRECT. Le pont de Sarvoles rouvre", True),
        ("Le premier", "Le second", False),
        ("Agenda du 3 mars", "Agenda du 4 mars", False),
        ("Agenda", "Agenda du 4 mars", False),
        ("", "", True),
        ("", "Le pont", False),
    ],
)
def test_titles(one: str, other: str, alike: bool) -> None:
    assert are_titles_alike(one, other) is alike
    assert are_titles_alike(other, one) is alike


def test_unlike_articles_have_neither_title_nor_text_in_common() -> None:
    elsewhere = "Une éclipse partielle a été visible mardi matin. " * 12
    assert are_unlike(likeness(), likeness(elsewhere, title="Éclipse : les photos"))
    assert not are_unlike(likeness(), likeness(elsewhere, title="Autocars : la suite"))
    assert not are_unlike(likeness(), likeness(COPY, title="Éclipse : les photos"))
    assert not are_unlike(likeness(), likeness(title="Éclipse : les photos"))
    assert not are_unlike(likeness(), likeness(elsewhere, title=""))


def test_a_stream_knows_its_copies_and_forgets_after_a_month() -> None:
    texts = RecentTexts()
    first = article("1", url="https://a.example/1", text=AGENCY, title="Un")
    again = {"url": "https://b.example/1", "text": COPY, "title": "Deux"}
    assert not texts.add(first)
    assert texts.add(article("2", first_seen_at=NOW + timedelta(days=2), **again))
    assert not texts.add(article("3", url="https://c.example/", text=INDEPENDENT))
    for day in ("lundi 3 mars", "mardi 4 mars"):
        assert not texts.add(
            article(day, url=f"https://{day[0]}.example/", text=agenda(day, "9 h 30", "Mme Bril"))
        )
    assert not texts.add(article("4", first_seen_at=NOW + timedelta(days=60), **again))
