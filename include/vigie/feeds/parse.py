"""A feed's bytes become entries: RSS 0.9x to 2.0, RSS 1.0, Atom, JSON Feed. Pure.

Nothing is fetched, whatever the feed names. What cannot be read is said in `problem`, never raised.
"""

import hashlib
import html
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from vigie.dates.parsing import parse_date
from vigie.feeds.formats import Fault, RawEntry, RawFeed, read_json, read_xml
from vigie.model import Entry, EntryId, Feed
from vigie.pages.challenges import is_challenge
from vigie.plaintext import decode_text, fold_line, strip_markup
from vigie.urls import is_homepage, normalize_url, resolve_link

_HTML_RE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_FEED_RE = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_TITLE_RE = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_LANGUAGE_RE = re.compile(r"[a-z]{2}(?=$|[-_])", re.IGNORECASE)
_REFERENCE_RE = re.compile(r"&(?:#[0-9]{2,6}|[A-Za-z]{2,8});")
MAX_TTL_MINUTES = 7 * 24 * 60
_PERIOD_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What one body of a source holds. `fault` and `problem` say why it could not be read, or not whole.

    Entries may come with a fault (a feed that was cut off keeps those before the cut). An entry may be empty: the
    caller counts the rejection. `announced` is how many entries begin in the body. `ttl_minutes` is how often the
    publisher asks to be polled, by <ttl> or by sy:updatePeriod.
    """

    title: str = ""
    entries: tuple[Entry, ...] = ()
    announced: int = 0
    fault: Fault | None = None
    problem: str | None = None
    ttl_minutes: int | None = None


def parse_feed(body: bytes, feed: Feed, *, url: str, content_type: str | None = None) -> ParsedFeed:
    """Read the body that `url` (after redirects) answered with; `content_type` is the header's value."""
    text = decode_text(body, content_type).strip("\ufeff\x00 \t\r\n")
    if not text:
        return ParsedFeed(fault="empty-body", problem="réponse vide")
    if _looks_like_html(text):
        fault: Fault = "challenge" if find_challenge(text) else "html"
        return ParsedFeed(fault=fault, problem="page HTML")
    raw = read_json(text) if text.startswith(("{", "[")) else read_xml(text)
    return ParsedFeed(
        title=fold_line(strip_markup(raw.title)),
        entries=_keep_first(_build_entry(entry, raw, feed, url) for entry in raw.entries),
        announced=raw.announced,
        fault=raw.fault,
        problem=raw.problem,
        ttl_minutes=_read_ttl(raw.ttl) or _read_period(raw.update_period, raw.update_frequency),
    )


def find_challenge(markup: str, text: str = "") -> bool:
    """Whether markup is the page of a front end that asks for proof; `text` is what a reader sees of it, if known."""
    title = _TITLE_RE.search(markup, 0, 20_000)
    return is_challenge(fold_line(strip_markup(title[1])) if title else "", text, markup)


def _looks_like_html(text: str) -> bool:
    found = _HTML_RE.search(text, 0, 2000)
    return found is not None and _FEED_RE.search(text, 0, found.start()) is None


def _keep_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each entry once. One guid for several links is none: those entries are told apart by guid and link."""
    by_id: dict[EntryId, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_id[entry.id].append(entry)
    kept = (entry for group in by_id.values() for entry in _tell_apart(group))
    return tuple({entry.id: entry for entry in kept}.values())


def _tell_apart(group: list[Entry]) -> list[Entry]:
    if len(group) == 1:
        return group
    by_link = {normalize_url(entry.url): entry for entry in reversed(group) if entry.url}
    return (
        [_add_link_to_guid(entry) for entry in reversed(by_link.values())] if len(by_link) > 1 else group[:1]
    )


def _add_link_to_guid(entry: Entry) -> Entry:
    guid = f"{entry.guid} {entry.url or ''}"
    return replace(entry, id=EntryId(digest_of(entry.feed_id, guid)), guid=guid)


def _build_entry(raw: RawEntry, feed_raw: RawFeed, feed: Feed, url: str) -> Entry:
    title = _plain_line(raw.title)
    text = strip_markup(raw.content)
    summary = _plain_line(raw.summary)
    if summary == fold_line(text):
        # feedparser gives the content as the summary where there is none.
        summary = text.partition("\n")[0]
    link = _article_link(raw, feed_raw, url)
    guid = fold_line(raw.guid) or link or digest_of(title, raw.published, summary)
    published = raw.published.strip() or None
    return Entry(
        id=EntryId(digest_of(feed.id, guid)),
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


def _plain_line(markup: str) -> str:
    """One line of text; what was encoded once too often ("&amp;amp;rsquo;") is decoded once more."""
    line = fold_line(strip_markup(markup))
    return fold_line(html.unescape(line)) if _REFERENCE_RE.search(line) else line


def digest_of(*parts: str) -> str:
    """An id of 24 hexadecimal digits."""
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


def _read_period(period: str, frequency: str) -> int | None:
    """sy:updatePeriod over sy:updateFrequency, as minutes; the period of "daily" alone is a day."""
    minutes = _PERIOD_MINUTES.get(period.strip().lower())
    times = frequency.strip()
    if minutes is None:
        return None
    if times.isascii() and times.isdigit() and len(times) < 6:
        minutes //= max(int(times), 1)
    return min(minutes, MAX_TTL_MINUTES) or None
