"""What must hold for each reader, whatever bytes come. A broken promise is an `AssertionError` or any other exception.

Each function takes bytes, does not touch the network, and returns nothing.
"""

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime

from vigie.dates.choosing import choose_modified, choose_published, is_plausible
from vigie.dates.parsing import date_in_url, parse_date, parse_epoch
from vigie.dates.text import read_stated_dates
from vigie.feeds.parse import parse_feed
from vigie.model import DateClaim, Feed, FeedId
from vigie.pages.extract import extract_page
from vigie.urls import accept_canonical, is_homepage, is_web_address, normalize_url, resolve_link, same_site

FEED = Feed(
    id=FeedId("essai"),
    url="https://essai.example/flux.xml",
    publisher="Essai",
    kind="press",
    language="fr",
    country="FR",
    zone="Europe/Paris",
)
PAGE_URL = "https://essai.example/2026/11/23/une-page.html"
SEEN = datetime(2026, 11, 23, 8, tzinfo=UTC)
_TYPES = (None, "text/html; charset=iso-8859-1", "application/rss+xml", "text/html", "application/json")


def read_feed(data: bytes) -> None:
    """The first byte chooses a Content-Type; the rest is a feed's body. Two readings give the same entries."""
    content_type, body = _take_type(data)
    parsed = parse_feed(body, FEED, url=FEED.url, content_type=content_type)
    assert parsed == parse_feed(body, FEED, url=FEED.url, content_type=content_type)
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)
    _check_line(parsed.title)
    for entry in parsed.entries:
        assert entry.feed_id == FEED.id
        assert entry.url is None or is_web_address(entry.url)
        for text in (entry.title, *entry.authors, *entry.categories):
            _check_line(text)
        for text in (entry.summary, entry.text):
            _check_lines(text)
        if entry.published:
            _check_claim(entry.published)


def read_url(data: bytes) -> None:
    """Two addresses, a line each: a page's, and a link that stands on it."""
    page, _, link = data.decode("utf-8", "surrogateescape").partition("\n")
    key = normalize_url(page)
    assert normalize_url(key) == key
    assert same_site(page, link) == same_site(link, page)
    target = resolve_link(page, link)
    assert target is None or is_web_address(target)
    accepted = accept_canonical(page, link)
    if accepted is not None:
        assert is_web_address(accepted)
        assert same_site(page, accepted)
        assert not is_homepage(accepted)
        again = accept_canonical(page, accepted)
        assert again is not None
        assert normalize_url(again) == normalize_url(accepted)
    if is_web_address(page):
        assert "\n" not in page
        assert normalize_url("".join((page.partition("#")[0], "#haut"))) == key


def read_date(data: bytes) -> None:
    """Each line a date as written; all of them as the claims of one article."""
    lines = data.decode("utf-8", "replace").split("\n")[:20]
    claims = []
    for line in lines:
        for claim in (
            parse_date(line, origin="feed", zone="Europe/Paris"),
            parse_date(line, origin="json-ld", zone="Pacific/Auckland"),
            parse_date(line, origin="meta", zone="America/New_York", month_first=True, modified=True),
            parse_epoch(line, origin="meta"),
            date_in_url(line, zone="America/Cayenne"),
            *(stated.claim for stated in read_stated_dates(line, zone="Europe/Paris")),
        ):
            if claim is not None:
                _check_claim(claim)
                claims.append(claim)
    chosen = choose_published(claims, SEEN)
    likely = [claim for claim in claims if is_plausible(claim, SEEN) and not claim.modified]
    assert chosen in likely if likely else chosen is None
    modified = choose_modified(claims, chosen, SEEN)
    assert modified is None or (modified.modified and is_plausible(modified, SEEN))


def read_html(data: bytes) -> None:
    """The first byte chooses a Content-Type; the rest is a page. Two readings give the same article."""
    content_type, body = _take_type(data)
    page = extract_page(body, url=PAGE_URL, zone="Europe/Paris", content_type=content_type)
    assert page == extract_page(body, url=PAGE_URL, zone="Europe/Paris", content_type=content_type)
    for text in (page.title, *page.authors):
        _check_line(text)
    _check_lines(page.text)
    assert page.text or page.problem
    assert page.canonical is None or same_site(page.canonical, PAGE_URL)
    for claim in page.claims:
        _check_claim(claim)


def read_warc(data: bytes) -> None:
    """A WARC file; see `tests/fuzz/warc.py`."""
    from tests.fuzz.warc import read_file  # here, so that the other readers need no archive

    read_file(data)


READERS: dict[str, Callable[[bytes], None]] = {
    "feed": read_feed,
    "url": read_url,
    "date": read_date,
    "html": read_html,
    "warc": read_warc,
}


def _take_type(data: bytes) -> tuple[str | None, bytes]:
    return _TYPES[data[0] % len(_TYPES)] if data else None, data[1:]


def _check_line(text: str) -> None:
    assert "\n" not in text
    _check_lines(text)


def _check_lines(text: str) -> None:
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in text.replace("\n", ""))
    assert "\n\n" not in text
    assert text == text.strip()


def _check_claim(claim: DateClaim) -> None:
    """In UTC, with an offset that the world has, and read back as itself from its own ISO form."""
    assert claim.at.tzinfo is UTC
    assert claim.offset_minutes is None or abs(claim.offset_minutes) < 15 * 60
    # On its last day the calendar ends before the zone's midnight is found: read as junk, and 9999 is never believed.
    if claim.precision in ("second", "minute") and claim.at.year < 9999:
        again = parse_date(claim.at.isoformat(), origin=claim.origin, zone="Asia/Tokyo")
        assert again is not None
        assert again.at == claim.at
