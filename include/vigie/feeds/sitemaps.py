"""Sitemaps become entries, newest first: urlset, news sitemaps, and the index of several, gzipped or not. Pure.

`lastmod` is left aside: many sites write the moment of the request, or of the last change of their templates. Newest is
what a news sitemap says, else what the address says (/2026/09/25/), else what stands first.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import lxml.etree

from vigie.dates.parsing import date_in_url, parse_date
from vigie.feeds.parse import ParsedFeed, digest_of, find_challenge
from vigie.inflate import BadEncodingError, BodyCutError, TooLargeError, decode_pieces
from vigie.model import Entry, EntryId, Feed
from vigie.plaintext import decode_text, fold_line, strip_markup
from vigie.urls import is_web_address, resolve_link, same_site

MAX_BYTES = 32_000_000
"""Of one sitemap, on the wire and unzipped; the protocol allows 50 MB, the Élysée's had 12 MB in September 2026."""
MOST_CHILDREN = 4
"""Of an index, the newest that are asked in one poll."""
_GZIP = b"\x1f\x8b"
_SPACE_NEWS = "{http://www.google.com/schemas/sitemap-news/"
_NUMBER_RE = re.compile(r"\d+")
_LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Place:
    """One <url> or <sitemap>, as written."""

    loc: str = ""
    lastmod: str = ""
    title: str = ""
    date: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Map:
    places: tuple[_Place, ...] = ()
    is_index: bool = False
    problem: str | None = None


def list_children(body: bytes, url: str) -> tuple[str, ...]:
    """The newest maps that a sitemap index names, on its own site, `MOST_CHILDREN` at most; () for what is no index."""
    found = _read_map(body)
    if not found.is_index:
        return ()
    children = {
        target: place
        for place in found.places
        if (target := resolve_link(url, place.loc)) and same_site(url, target)
    }
    dated = len({place.lastmod for place in children.values()}) > 1
    order = sorted(
        children, key=lambda child: (dated and children[child].lastmod, _numbers(child)), reverse=True
    )
    return tuple(order[:MOST_CHILDREN])


def parse_sitemap(bodies: Sequence[bytes], feed: Feed, *, url: str) -> ParsedFeed:
    """Read a sitemap, or an index and then those of its children that were had."""
    if not bodies[0].strip():
        return ParsedFeed(fault="empty-body", problem="réponse vide")
    maps = [_read_map(body) for body in bodies]
    problem = next((found.problem for found in maps if found.problem), None)
    places = [place for found in maps if not found.is_index for place in found.places]
    entries = _sort_newest(_build_entries(places, feed, url))
    if entries:
        return ParsedFeed(
            entries=entries,
            announced=len(entries),
            fault="parse-error" if problem else None,
            problem=problem,
        )
    return _without_entries(bodies[0], maps, places, problem, feed)


def _without_entries(
    body: bytes, maps: Sequence[_Map], places: Sequence[_Place], problem: str | None, feed: Feed
) -> ParsedFeed:
    if places and feed.pattern:
        return ParsedFeed(
            fault="no-match",
            announced=len(places),
            problem=f"Aucune des {len(places)} adresses ne répond au motif `{feed.pattern}`",
        )
    if problem is None:
        return ParsedFeed()
    head = decode_text(body[:20_000])
    if re.search(r"<html[\s>]|<!doctype\s+html", head[:2000], re.IGNORECASE):
        return ParsedFeed(fault="challenge" if find_challenge(head) else "html", problem="page HTML")
    if not maps[0].places and not maps[0].is_index:
        return ParsedFeed(fault="not-a-feed", problem=f"Ce n'est pas un plan de site : {problem}")
    return ParsedFeed(fault="parse-error", problem=problem)


def _read_map(body: bytes) -> _Map:
    """Streamed: memory is for the addresses, not for a tree of 12 MB."""
    data, cut = _unzip(body)
    places: list[_Place] = []
    root = ""
    events = lxml.etree.iterparse(
        io.BytesIO(data.lstrip(b"\xef\xbb\xbf \t\r\n")),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, node in events:
            name = _local(node)
            if event == "start":
                root = root or name
            elif name in ("url", "sitemap"):
                places.append(_read_place(node))
                _forget(node)
    except lxml.etree.XMLSyntaxError as error:
        return _Map(places=tuple(places), is_index=root == "sitemapindex", problem=cut or _say(error, root))
    problem = None if root in ("urlset", "sitemapindex") else f"ni urlset ni sitemapindex, mais {root[:40]}"
    return _Map(places=tuple(places), is_index=root == "sitemapindex", problem=problem)


def _unzip(body: bytes) -> tuple[bytes, str | None]:
    """The XML, as far as it can be had, and what is wrong with its compression."""
    if not body.startswith(_GZIP):
        return body, None
    pieces: list[bytes] = []
    try:
        pieces.extend(decode_pieces([body], "gzip", MAX_BYTES))
    except (TooLargeError, BadEncodingError, BodyCutError) as error:
        return b"".join(pieces), f"compression gzip fautive ({error})"
    return b"".join(pieces), None


def _say(error: lxml.etree.XMLSyntaxError, root: str) -> str:
    said = fold_line(str(error))[:120]
    return f"XML mal formé ({said})" if root else f"pas de XML ({said})"


def _read_place(node: lxml.etree._Element) -> _Place:
    words = {_local(child): child.text or "" for child in node if isinstance(child.tag, str)}
    news = next((child for child in node if str(child.tag).startswith(_SPACE_NEWS)), None)
    said = {_local(part): part.text or "" for part in news.iter()} if news is not None else {}
    return _Place(
        loc=words.get("loc", "").strip(),
        lastmod=words.get("lastmod", "").strip(),
        title=said.get("title", ""),
        date=said.get("publication_date", ""),
        language=said.get("language", ""),
    )


def _forget(node: lxml.etree._Element) -> None:
    node.clear()
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]


def _local(node: lxml.etree._Element) -> str:
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def _build_entries(places: Iterable[_Place], feed: Feed, url: str) -> Iterator[Entry]:
    wanted = re.compile(feed.pattern or "")
    for place in places:
        target = place.loc if is_web_address(place.loc) else resolve_link(url, place.loc)
        if not place.loc or target is None or not wanted.search(target):
            continue
        raw = fold_line(place.date)
        yield Entry(
            id=EntryId(
                digest_of(feed.id, target)
            ),  # as it stands: 20,000 normalised addresses take ten seconds
            feed_id=feed.id,
            guid=target,
            url=target,
            title=fold_line(strip_markup(place.title)),
            published_raw=raw or None,
            published=parse_date(raw, origin="feed", zone=feed.zone),
            language=place.language.strip()[:2].lower() or None,
        )


def _sort_newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each once; those of one day, and those without a date, in the order of the file."""
    once: dict[EntryId, Entry] = {}
    for entry in entries:
        once.setdefault(entry.id, entry)
    return tuple(sorted(once.values(), key=_moment, reverse=True))


def _moment(entry: Entry) -> datetime:
    claim = entry.published or (date_in_url(entry.url, zone="UTC") if entry.url else None)
    return claim.at if claim else _LONG_AGO


def _numbers(url: str) -> tuple[int, ...]:
    """sitemap-2026-10.xml is newer than sitemap-2026-9.xml."""
    return tuple(int(digits) for digits in _NUMBER_RE.findall(url))
