"""The two families of feed formats, XML (by feedparser) and JSON Feed, read into one raw shape. Pure.

Values are as the feed has them: markup, relative links and odd dates included. `vigie.feeds.parse` makes entries of them.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import feedparser

from vigie.feeds.xml_mending import (
    close_after_last_entry,
    count_entries,
    declares_entities,
    find_root,
    is_cut_off,
    mend_xml,
)
from vigie.plaintext import fold_line

Fault = Literal["empty-body", "html", "challenge", "not-a-feed", "no-match", "parse-error"]
"""What is wrong with a body; a parse error may have entries all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One entry's fields as written; empty strings where the feed says nothing."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    published: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A feed as written. `fault` and `problem`, one French line, say why it could not be read whole.

    `update_period` and `update_frequency` are those of RSS's syndication module. `announced` is how many entries begin
    in it, whole or not.
    """

    title: str = ""
    link: str = ""
    language: str = ""
    ttl: str = ""
    update_period: str = ""
    update_frequency: str = ""
    entries: tuple[RawEntry, ...] = ()
    announced: int = 0
    fault: Fault | None = None
    problem: str | None = None


def read_xml(text: str) -> RawFeed:
    """Read RSS or Atom; a text without a feed's root element gives a problem and no entries."""
    if find_root(text) is None:
        return RawFeed(fault="not-a-feed", problem="Ce n'est pas un flux : ni élément rss, ni feed, ni RDF")
    whole = mend_xml(text)
    cut = is_cut_off(whole)
    source = close_after_last_entry(whole) if cut else whole
    try:
        parsed = feedparser.parse(
            io.BytesIO(source.encode("utf-8", "replace")),
            # No content-location: feedparser would resolve guids too, and a feed that moves would be all new.
            response_headers={"content-type": "application/xml; charset=utf-8"},
            # Markup is taken out later; links inside it are not used.
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (
        Exception
    ) as error:  # a stranger's bytes in another's parser: whatever it raises, the feed is unreadable
        return RawFeed(
            fault="parse-error", problem=f"illisible ({type(error).__name__}: {fold_line(str(error))[:120]})"
        )
    entries = tuple(_read_item(item) for item in parsed.entries)
    problem = _find_problem(text, parsed, cut=cut)
    return RawFeed(
        title=_text(parsed.feed, "title"),
        link=_text(parsed.feed, "link"),
        language=_text(parsed.feed, "language"),
        ttl=_text(parsed.feed, "ttl"),
        update_period=_text(parsed.feed, "sy_updateperiod"),
        update_frequency=_text(parsed.feed, "sy_updatefrequency"),
        entries=entries,
        announced=count_entries(whole),
        fault="parse-error" if problem else None,
        problem=problem,
    )


def _find_problem(text: str, parsed: Any, *, cut: bool) -> str | None:
    if cut:
        return "coupé avant la fin"
    if declares_entities(text):
        return "déclare ses propres entités XML, qui sont laissées de côté"
    if not parsed.bozo:
        return None
    reason = fold_line(str(parsed.get("bozo_exception", "")))[:120]
    return f"XML mal formé ({reason})"


def _read_item(item: Any) -> RawEntry:
    guid = _text(item, "id")
    link = _text(item, "feedburner_origlink") or _text(item, "link")
    # feedparser makes a link of a guid; a guid that is only a number would become an address that nobody gave.
    if link == guid and not guid.lower().startswith(("http:", "https:")):
        link = ""
    return RawEntry(
        guid=guid,
        link=link,
        title=_text(item, "title"),
        summary=_text(item, "summary"),
        content=max(_contents(item), key=len, default=""),
        authors=tuple(_text(author, "name") for author in item.get("authors", ()))
        or (_text(item, "author"),),
        categories=tuple(_text(tag, "term") for tag in item.get("tags", ())),
        published=_first_text(item, "published", "created", "updated"),
        language=_text(item.get("title_detail", {}), "language"),
    )


def _contents(item: Any) -> Iterator[str]:
    # feedparser files a picture's media:description, plain text, under content too: a caption is no article.
    has_media = any(key.startswith("media_") for key in item)
    for part in item.get("content", ()):
        if not (has_media and part.get("type") == "text/plain"):
            yield _text(part, "value")


def _first_text(item: Any, *names: str) -> str:
    # dict.get, because feedparser's own answers "published" when asked for a missing "updated".
    return next((str(value) for name in names if (value := dict.get(item, name))), "")


def _text(mapping: Any, name: str) -> str:
    value = mapping.get(name) if hasattr(mapping, "get") else None
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def read_json(text: str) -> RawFeed:
    """Read JSON Feed 1.0 or 1.1."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        said = fold_line(str(error))[:120]
        return RawFeed(fault="not-a-feed", problem=f"Ce n'est pas un flux : JSON mal formé ({said})")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return RawFeed(fault="not-a-feed", problem="Ce n'est pas un flux : JSON sans liste `items`")
    return RawFeed(
        title=_text(feed, "title"),
        link=_text(feed, "home_page_url"),
        language=_text(feed, "language"),
        entries=tuple(_read_json_item(item) for item in items if isinstance(item, dict)),
        announced=len(items),
    )


def _read_json_item(item: dict[str, Any]) -> RawEntry:
    return RawEntry(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        summary=_text(item, "summary"),
        content=_text(item, "content_html") or _escape(_text(item, "content_text")),
        authors=tuple(_json_authors(item)),
        categories=tuple(tag for tag in _list(item, "tags") if isinstance(tag, str)),
        published=_text(item, "date_published") or _text(item, "date_modified"),
        language=_text(item, "language"),
    )


def _json_authors(item: dict[str, Any]) -> Iterator[str]:
    for author in (*_list(item, "authors"), item.get("author")):
        yield _text(author, "name")


def _list(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
