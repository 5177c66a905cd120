"""A feed's bytes become entries: RSS 0.9x to 2.0, RSS 1.0, Atom, JSON Feed. Pure.

Nothing is fetched, whatever the feed names. What cannot be read is said in `problem`, never raised.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from vigie.dates.claims import parse_date
from vigie.feeds.formats import RawEntry, RawFeed, read_json, read_xml
from vigie.model import Entry, EntryId, Feed
from vigie.plaintext import decode_text, fold_line, strip_markup
from vigie.urls import is_homepage, normalize_url, resolve_link

_HTML_RE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_FEED_RE = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_LANGUAGE_RE = re.compile(r"[a-z]{2}(?=$|[-_])", re.IGNORECASE)
MAX_TTL_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What one body of a feed holds. `problem` is one line where it could not be read, or not whole.

    Entries may come with a problem (a feed that was cut off keeps those before the cut). An entry may be empty: the
    caller counts the rejection.
    """

    title: str = ""
    entries: tuple[Entry, ...] = ()
    problem: str | None = None
    looks_like_html: bool = False
    ttl_minutes: int | None = None


def parse_feed(body: bytes, feed: Feed, *, url: str, content_type: str | None = None) -> ParsedFeed:
    """Read the body that `url` (after redirects) answered with; `content_type` is the header's value."""
    text = decode_text(body, content_type).strip("\ufeff\x00 \t\r\n")
    if not text:
        return ParsedFeed(problem="empty")
    if _looks_like_html(text):
        return ParsedFeed(problem="not a feed: HTML", looks_like_html=True)
    raw = read_json(text, url=url) if text.startswith(("{", "[")) else read_xml(text)
    return ParsedFeed(
        title=fold_line(strip_markup(raw.title)),
        entries=_keep_first(_build_entry(entry, raw, feed, url) for entry in raw.entries),
        problem=raw.problem,
        ttl_minutes=_read_ttl(raw.ttl),
    )


def _looks_like_html(text: str) -> bool:
    html = _HTML_RE.search(text, 0, 2000)
    return html is not None and _FEED_RE.search(text, 0, html.start()) is None


def _keep_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    kept: dict[EntryId, Entry] = {}
    for entry in entries:
        kept.setdefault(entry.id, entry)
    return tuple(kept.values())


def _build_entry(raw: RawEntry, feed_raw: RawFeed, feed: Feed, url: str) -> Entry:
    title = fold_line(strip_markup(raw.title))
    text = strip_markup(raw.content)
    summary = fold_line(strip_markup(raw.summary))
    if summary == fold_line(text):
        # feedparser gives the content as the summary where there is none.
        summary = text.partition("\n")[0]
    link = _article_link(raw, feed_raw, url)
    guid = fold_line(raw.guid) or link or _digest(title, raw.published, summary)
    published = raw.published.strip() or None
    return Entry(
        id=EntryId(_digest(feed.id, guid)),
        feed_id=feed.id,
        guid=guid,
        url=link,
        title=title,
        summary=summary,
        text=text if len(text) > len(summary) else "",
        authors=_plain(raw.authors),
        categories=_plain(raw.categories),
        published_raw=fold_line(published) if published else None,
        published=parse_date(published, origin="feed", zone=feed.zone),
        language=_language(raw.language) or _language(feed_raw.language),
    )


def _article_link(raw: RawEntry, feed_raw: RawFeed, url: str) -> str | None:
    """The entry's own address; a feed that links every entry to its front page gives it none."""
    link = resolve_link(url, raw.link) if raw.link else None
    if link is None or is_homepage(link):
        return None
    return None if normalize_url(link) == normalize_url(resolve_link(url, feed_raw.link) or "") else link


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:24]


def _plain(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, as plain text, in order."""
    folded = (fold_line(strip_markup(value)) for value in values)
    return tuple(dict.fromkeys(value for value in folded if value))


def _language(code: str) -> str | None:
    match = _LANGUAGE_RE.match(code.strip())
    return match[0].lower() if match else None


def _read_ttl(ttl: str) -> int | None:
    text = ttl.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    return min(int(text), MAX_TTL_MINUTES) or None
