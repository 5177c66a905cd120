"""Feeds as they are: wrong, cut, hostile, in any charset. What a good feed gives is in tests/golden."""

import dataclasses
import time
import tracemalloc

import pytest

from tests.golden.rewrite import FEED
from vigie.feeds.parse import ParsedFeed, parse_feed

ITEM = "<item><title>Un titre</title><link>https://a.example/1</link></item>"


def parse(body: str | bytes, content_type: str | None = None) -> ParsedFeed:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, FEED, url="https://a.example/flux.xml", content_type=content_type)


def rss(items: str, prologue: str = '<?xml version="1.0"?>') -> str:
    return f'{prologue}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("", "empty-body"),
        (" \n\ufeff", "empty-body"),
        ("<!DOCTYPE html><html><body>Accueil</body></html>", "html"),
        ("<html><head><title>Request Rejected</title></head></html>", "challenge"),
        ("<html><head><title>Just a moment...</title></head></html>", "challenge"),
        ('<?xml version="1.0"?><html xmlns="x"><rss></rss></html>', "html"),
        ("Service indisponible", "not-a-feed"),
        ("{", "not-a-feed"),
        ('{"a": 1}', "not-a-feed"),
        ("[" * 100_000, "not-a-feed"),
        (b"\x00\x01\x02\xff" * 300, "not-a-feed"),
    ],
)
def test_what_is_no_feed_says_so(body: str | bytes, fault: str) -> None:
    parsed = parse(body)
    assert parsed.fault == fault
    assert parsed.problem
    assert parsed.entries == ()


def test_feed_without_entries_is_no_problem() -> None:
    assert parse(rss("")) == ParsedFeed(title="T")


def test_cut_off_feed_keeps_what_is_whole() -> None:
    parsed = parse(rss(ITEM).partition("</channel>")[0] + "<item><title>Moitié</title><link>https://a.exam")
    assert [entry.title for entry in parsed.entries] == ["Un titre"]
    assert (parsed.problem, parsed.announced) == ("coupé avant la fin", 2)
    assert parse('<rss version="2.0"><channel><item><title>x').fault == "parse-error"


def test_malformed_feed_is_read_and_said() -> None:
    parsed = parse(
        rss("<item><title>A <b>gras</title><link>https://a.example/1?x=1&y=2</link></item>" + ITEM)
    )
    assert [entry.url for entry in parsed.entries] == ["https://a.example/1?x=1&y=2", "https://a.example/1"]
    assert (parsed.problem or "").startswith("XML mal formé")


@pytest.mark.parametrize(
    ("charset", "declared", "content_type"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "iso-8859-1", None),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
        ("iso-8859-15", "iso-8859-15", None),
        ("cp1252", "utf-8", None),
        ("cp1252", "iso-8859-1", None),
        ("utf-16", "utf-16", None),
        ("utf-16-le", "utf-16", None),
        ("utf-8-sig", "utf-8", None),
        ("cp1252", "n-importe-quoi", "text/xml; charset=???"),
    ],
)
def test_charsets_right_and_wrong(charset: str, declared: str, content_type: str | None) -> None:
    feed = rss(
        "<item><title>L'été à Nîmes, œuvre</title></item>", f'<?xml version="1.0" encoding="{declared}"?>'
    )
    assert parse(feed.encode(charset), content_type).entries[0].title == "L'été à Nîmes, œuvre"


def test_external_entities_are_never_resolved() -> None:
    prologue = '<!DOCTYPE r [<!ELEMENT r ANY><!ENTITY xxe SYSTEM "file:///etc/hostname"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>'
    parsed = parse(rss("<item><title>avant &xxe;après</title></item>", prologue))
    assert parsed.entries[0].title == "avant après"


@pytest.mark.parametrize("depth", [9, 30])
def test_entity_bombs_do_not_go_off(depth: int) -> None:
    entities = '<!ENTITY l0 "lolololol">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth)
    )
    body = rss(f"<item><title>&l{depth - 1};fin</title></item>", f"<!DOCTYPE r [{entities}]>")
    start = time.monotonic()
    tracemalloc.start()
    parsed = parse(body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.monotonic() - start < 30  # a bomb that goes off takes hours
    assert peak < 20_000_000
    assert parsed.entries[0].title == "fin"


def test_named_characters_need_no_declaration() -> None:
    parsed = parse(rss("<item><title>L&rsquo;&eacute;t&eacute; &amp; &inconnu; AT&T</title></item>"))
    assert parsed.entries[0].title == "L’été & &inconnu; AT&T"
    assert parsed.problem is None


def test_ids_are_stable_and_of_the_feed() -> None:
    first, again = parse(rss(ITEM)).entries[0], parse(rss(ITEM)).entries[0]
    assert first.id == again.id
    other = parse_feed(rss(ITEM).encode(), dataclasses.replace(FEED, id="autre"), url="https://a.example/")  # type: ignore[arg-type]  # any id
    assert other.entries[0].id != first.id


def test_number_as_guid_is_no_address() -> None:
    entry = parse(rss("<item><guid>12345</guid><title>x</title></item>")).entries[0]
    assert (entry.guid, entry.url) == ("12345", None)


def test_guid_may_be_the_address() -> None:
    entry = parse(rss("<item><guid>https://a.example/g</guid><title>x</title></item>")).entries[0]
    assert entry.url == "https://a.example/g"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.fr", "http://[::1"]
)
def test_link_that_is_no_web_address_is_none(link: str) -> None:
    entry = parse(rss(f"<item><title>x</title><link>{link}</link></item>")).entries[0]
    assert (entry.url, entry.title) == (None, "x")


def test_nothing_invisible_comes_through() -> None:
    title = parse(rss("<item><title>a\u202eb\u0007c\u200bd&#x202e;e&#0;</title></item>")).entries[0].title
    assert title == "abcde"


@pytest.mark.parametrize(
    "noise", ["<item>" * 50_000, "<![CDATA[" * 50_000, "&" * 200_000, "<a " * 50_000, "<!--" * 50_000]
)
def test_hostile_noise_is_bounded_in_time(noise: str) -> None:
    start = time.monotonic()
    parse(rss(ITEM + noise))
    assert time.monotonic() - start < 60  # a guard against minutes, not a measurement


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("<ttl>20</ttl>", 20),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<sy:updatePeriod>\nhourly\n</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 1440),
        ("<sy:updatePeriod>parfois</sy:updatePeriod><sy:updateFrequency>3</sy:updateFrequency>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 60),
    ],
)
def test_how_often_the_publisher_asks_to_be_polled(written: str, minutes: int | None) -> None:
    body = f'<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>{written}</channel></rss>'
    assert parse(body).ttl_minutes == minutes


def test_five_thousand_entries_are_all_read() -> None:
    items = "".join(
        f"<item><title>Titre {n}</title><link>https://a.example/{n}</link></item>" for n in range(5000)
    )
    parsed = parse(rss(items))
    assert (len(parsed.entries), parsed.announced, parsed.problem) == (5000, 5000, None)
