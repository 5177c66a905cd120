"""Lines of an import."""

import json
from typing import Any

import pytest

from tests.builders import feed
from vigie.errors import UsageError
from vigie.imports import Import, read_line

FEEDS = {feed().id: feed()}


def read(**fields: Any) -> Import:
    """One line with these fields."""
    return read_line(json.dumps(fields), where="fonds.jsonl:7", feeds=FEEDS)


def test_a_full_line() -> None:
    found = read(
        url="https://le-matin.example/vieux",
        feed="le-matin",
        title=" Un  titre\n",
        text="Un.\n\nDeux. ",
        summary="<p>Un <b>résumé</b></p>",
        html="<html>",
        published_at="2001-02-03T04:05:06+01:00",
        authors=["Zoé\u0000 Ïle"],
        categories=["politique"],
        language="fr",
        inconnu=1,
    )
    item = found.entry
    assert (found.feed, found.html) == (feed(), "<html>")
    assert (item.title, item.text, item.summary) == ("Un titre", "Un.\n\nDeux.", "Un résumé")
    assert (item.authors, item.categories, item.language) == (("Zoé Ïle",), ("politique",), "fr")
    assert item.published is not None
    assert (item.published.at.isoformat(), item.published.origin) == ("2001-02-03T03:05:06+00:00", "import")
    assert (item.origin, item.feed_id) == ("import", "le-matin")


def test_a_date_without_an_offset_is_read_in_the_zone_of_the_country() -> None:
    item = read(title="t", country="CA", published="2001-07-01 12:00").entry
    assert item.published is not None
    assert item.published.at.hour != 12


@pytest.mark.parametrize(
    ("fields", "feed_id", "publisher"),
    [
        ({}, "import:import", "import"),
        ({"source": "L’Écho de Sète"}, "import:l-echo-de-sete", "L’Écho de Sète"),
        ({"publisher": "Échos\u0000\u202e"}, "import:echos", "Échos"),
        ({"feed": "新聞"}, "import:9c200fe1150d", "新聞"),
        ({"feed": "x" * 500}, "import:" + "x" * 193, "x" * 500),
    ],
)
def test_a_source_that_no_file_names_is_made(fields: dict[str, str], feed_id: str, publisher: str) -> None:
    found = read(title="t", **fields)
    assert (found.feed.id, found.feed.publisher, found.feed.enabled) == (feed_id, publisher, False)


def test_names_in_other_letters_are_sources_of_their_own() -> None:
    assert read(title="t", feed="新聞").feed.id != read(title="t", feed="北京").feed.id


def test_the_same_line_is_the_same_entry() -> None:
    assert read(title="t", text="x").entry.id == read(title=" t ", text="x").entry.id
    assert read(title="t", text="x").entry.id != read(title="t", text="y").entry.id
    assert read(title="t", url="https://a.example/1").entry.id == read(url="https://a.example/1").entry.id
    assert read(title="t", source="a").entry.id != read(title="t", source="b").entry.id


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "une", ""])
def test_what_is_no_web_address_is_no_address(url: str) -> None:
    assert read(title="t", url=url).entry.url is None


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{", "line"),
        ("[]", "line"),
        ('"texte"', "line"),
        ('{"title": 3}', "title"),
        ('{"authors": "Zoé"}', "authors"),
        ('{"kind": "blog"}', "kind"),
        ('{"title": "\\ud800"}', "line"),
        (json.dumps({"language": "x" * 21}), "language"),
        (json.dumps({"country": "x" * 21}), "country"),
    ],
)
def test_a_bad_line_says_where_it_is(line: str, field: str) -> None:
    with pytest.raises(UsageError, match=rf"^fonds\.jsonl:7: {field}: "):
        read_line(line, where="fonds.jsonl:7", feeds=FEEDS)
