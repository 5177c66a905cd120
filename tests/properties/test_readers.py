"""The five readers of strangers' input keep their promises on what hypothesis writes; `tests/fuzz` has the promises.

What broke one once is read again each time.
"""

import gzip
import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.readers import READERS
from tests.fuzz.seeds import FOUND, HTTP, WARC_HEAD, seeds

WORDS = st.sampled_from(
    ["été", "L’Élysée", "&eacute;", "&#31;", "&#xD800;", "&x;", "\u202e", "\x00", "\ufeff", "a b", "", " ", "𝒳", "<", "]]>",
     "Publié le 9 février 2018 à 18h30", "2026-11-23T08:10:00+01:00", "9999-12-31", "http://a.example/1", "//[::1"]
)  # fmt: skip
LINKS = st.sampled_from(
    ["https://essai.example/a", "/a?utm_source=x#b", "../c", "javascript:alert(1)", "http://[::1", "//b.example/", "",
     "https://essai.example/;", "https://essai.example/amp/amp/amp/amp/amp", "urn:x", "a" * 5000]
)  # fmt: skip
NAMES = st.sampled_from(
    ["title", "link", "guid", "pubDate", "description", "content:encoded", "dc:date", "id", "x"]
)


def join(parts: Sequence[str]) -> str:
    return "".join(parts)


ELEMENTS = st.tuples(NAMES, st.one_of(WORDS, LINKS)).map(lambda e: f"<{e[0]}>{e[1]}</{e[0]}>")
RSS_ITEMS = st.lists(ELEMENTS, max_size=6).map(lambda parts: f"<item>{join(parts)}</item>")
ATOM_ENTRIES = st.tuples(LINKS, WORDS, WORDS).map(
    lambda e: f"<entry><link href='{e[0]}'/><id>{e[1]}</id><title type='html'>{e[2]}</title></entry>"
)
FEEDS = st.one_of(
    st.lists(RSS_ITEMS, max_size=5).map(
        lambda items: f"<?xml version='1.0'?><rss version='2.0'><channel>{join(items)}</channel></rss>"
    ),
    st.lists(ATOM_ENTRIES, max_size=5).map(
        lambda entries: (
            f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://['>{join(entries)}</feed>"
        )
    ),
    st.lists(st.tuples(LINKS, WORDS), max_size=5).map(
        lambda items: json.dumps({"items": [{"id": words, "url": link} for link, words in items]})
    ),
)
CHARSETS = st.sampled_from(["utf-8", "cp1252", "utf-16", "utf-16-be", "utf-32"])


@st.composite
def cut(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> bytes:
    """A text in some charset, behind the byte that chooses a Content-Type, cut somewhere or not."""
    body = draw(texts).encode(draw(CHARSETS), "replace")
    end = draw(st.one_of(st.just(len(body)), st.integers(0, len(body))))
    return bytes([draw(st.integers(0, 4))]) + body[:end]


TAGS = st.sampled_from(
    ["p", "h1", "article", "script", "style", "table", "td", "time", "meta", "svg", "a", "li", "x-y"]
)


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(TAGS, LINKS, st.lists(children, max_size=3)).map(
        lambda e: (
            f"<{e[0]} href=\"{e[1]}\" datetime='2026-11-23' itemprop=datePublished>{join(e[2])}</{e[0]}>"
        )
    )


PAGES = st.lists(st.recursive(WORDS, element, max_leaves=12), max_size=4).map(
    lambda parts: (
        f"<!DOCTYPE html><html lang=fr><head><title>T</title></head><body>{join(parts)}</body></html>"
    )
)
URLS = st.lists(
    st.sampled_from(["https://", "http://", "//", "a.example", "[::1]", ":80", "/", "/amp", ";", "?", "a=1", "&", "#", "\n", "é",
                     "%2F", "..", "utm_source=x", "@", "xn--", "index.html", ";jsessionid=1", "\\", " "]),
    max_size=14,
).map(join)  # fmt: skip
DATES = st.lists(
    st.sampled_from(["lundi", "23", "novembre", "nov.", "2026", "à", "18h30", "18:30:59", "+01:00", "-300", "Z", "PM", ",", "-",
                     "/", ".", "\n", "9999", "12", "31", "1er", "il y a 2 heures", "mis à jour", "1764000000", "(CET)"]),
    max_size=12,
).map(" ".join)  # fmt: skip
BLOCKS = st.sampled_from([HTTP, "", '{"id": "e"}', "HTTP/1.1 abc\r\n\r\n", "x" * 300])
RECORDS = st.tuples(st.sampled_from(["response", "resource", "revisit", "request", "", "é"]), BLOCKS).map(
    lambda r: WARC_HEAD.format(kind=r[0], block=r[1], length=len(r[1].encode())).encode()
)


@st.composite
def warc_files(draw: st.DrawFn) -> bytes:
    """Records as they are, compressed, or both, one after the other, with a byte changed and the end cut off."""
    raw = b"".join(
        record if draw(st.booleans()) else gzip.compress(record, mtime=0)
        for record in draw(st.lists(RECORDS, max_size=3))
    )
    if raw and draw(st.booleans()):
        at = draw(st.integers(0, len(raw) - 1))
        raw = raw[:at] + bytes([draw(st.integers(0, 255))]) + raw[at + 1 :]
    return raw[: draw(st.integers(0, len(raw)))] if draw(st.booleans()) else raw


@given(st.one_of(cut(FEEDS), st.binary(max_size=300)))
@settings(max_examples=150, deadline=None)
def test_feeds(data: bytes) -> None:
    READERS["feed"](data)


@given(st.one_of(URLS.map(str.encode), st.binary(max_size=100)))
@settings(max_examples=500, deadline=None)
def test_addresses(data: bytes) -> None:
    READERS["url"](data)


@given(st.one_of(DATES.map(str.encode), st.binary(max_size=60)))
@settings(max_examples=500, deadline=None)
def test_dates(data: bytes) -> None:
    READERS["date"](data)


@given(st.one_of(cut(PAGES), st.binary(max_size=300)))
@settings(max_examples=40, deadline=None)
def test_pages(data: bytes) -> None:
    READERS["html"](data)


@given(st.one_of(warc_files(), st.binary(max_size=300)))
@settings(max_examples=150, deadline=None)
def test_warc_files(data: bytes) -> None:
    READERS["warc"](data)


SAMPLES = [
    pytest.param(reader, sample, id=f"{reader}-{number}")
    for reader in READERS
    for number, sample in enumerate(seeds(reader))
]


@pytest.mark.parametrize(("reader", "sample"), SAMPLES)
def test_samples_and_what_was_found(reader: str, sample: bytes) -> None:
    READERS[reader](sample)


def test_what_was_found_is_there() -> None:
    assert {path.parent.name for path in FOUND.rglob("*.bin")} >= {"url", "html"}
