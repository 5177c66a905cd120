"""A page that lists articles ("toutes les actualités") becomes entries: its links that match the row's pattern. Pure.

A title is the heading or the longest words that lead there; a date is the <time> that stands beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.etree
import lxml.html

from vigie.dates.parsing import parse_date
from vigie.feeds.parse import ParsedFeed, digest_of, find_challenge
from vigie.model import Entry, EntryId, Feed
from vigie.plaintext import CUT_CHARS, decode_text, fold_line, strip_markup
from vigie.urls import normalize_url, resolve_link

MOST_LINKS = 1000
"""Of one page; a longer list is an archive, and its top is what is new."""
BLOCK_LEVELS = 5
"""How many elements above a link its heading and its <time> are looked for."""
_SEEN_TEXT_CHARS = 3000
_BESIDE = frozenset(("nav", "footer", "aside", "script", "style", "template", "noscript"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_POINTER_RE = re.compile(
    r"(?:lire|voir|découvrir|en savoir|consulter|suite|read|more|plus)\b.{0,30}$|[\W\d_]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    url: str
    title: str
    date: str


def parse_listing(body: bytes, feed: Feed, *, url: str, content_type: str | None = None) -> ParsedFeed:
    """Read the page that `url` answered with; entries in the order of the page, each address once."""
    markup = decode_text(body, content_type).replace("\x00", "")[:CUT_CHARS]
    if not markup.strip():
        return ParsedFeed(fault="empty-body", problem="réponse vide")
    try:
        tree = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup))
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return ParsedFeed(fault="not-a-feed", problem="Page de liste illisible")
    links = _keep_best(_find_links(tree, feed, url))
    if links:
        return ParsedFeed(entries=tuple(_build_entry(link, feed) for link in links), announced=len(links))
    if find_challenge(markup, strip_markup(markup)[:_SEEN_TEXT_CHARS]):
        return ParsedFeed(fault="challenge", problem="page de défi")
    return ParsedFeed(fault="no-match", problem=f"Aucun lien de la page ne répond au motif `{feed.pattern}`")


def _find_links(tree: lxml.html.HtmlElement, feed: Feed, url: str) -> Iterator[_Link]:
    wanted = re.compile(feed.pattern or "")
    base = resolve_link(url, next(iter(tree.xpath("//base/@href")), url)) or url
    for node in _article_links(tree):
        target = resolve_link(base, node.get("href") or "")
        if target and wanted.search(target):
            target = target.partition("#")[0]
            title, date = _describe(node)
            yield _Link(url=target, title=title, date=date)


def _article_links(tree: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """The links of <main> or of articles, without menus and footers; of the whole page where it has neither."""
    inside = tree.xpath("//main//a[@href] | //article//a[@href] | //*[@role='main']//a[@href]")
    nodes = inside or tree.xpath("//a[@href]")
    return [node for node in nodes if not any(above.tag in _BESIDE for above in node.iterancestors())]


def _describe(link: lxml.html.HtmlElement) -> tuple[str, str]:
    """A link's title and date, from its own words or from the block around it that leads nowhere else."""
    own = _words(link)
    title = _heading(link) or ("" if _POINTER_RE.match(own) else own)
    date = _time(link)
    target = link.get("href")
    for block in _blocks_above(link):
        others = {a.get("href") for a in block.iter("a") if a.get("href")}
        if others != {target} and block.tag not in ("article", "li"):
            break
        title = title or _heading(block)
        date = date or _time(block)
        if (title and date) or block.tag in ("article", "li"):
            break
    return title or own or fold_line(link.get("title") or ""), date


def _blocks_above(link: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    for level, block in enumerate(link.iterancestors()):
        if level == BLOCK_LEVELS or block.tag in ("main", "body"):
            return
        yield block


def _heading(block: lxml.html.HtmlElement) -> str:
    return next((words for node in block.iter(*_HEADINGS) if (words := _words(node))), "")


def _time(block: lxml.html.HtmlElement) -> str:
    return next((node.get("datetime") or _words(node) for node in block.iter("time")), "")


def _words(node: lxml.html.HtmlElement) -> str:
    return fold_line(node.text_content())[:500]


def _keep_best(links: Iterator[_Link]) -> list[_Link]:
    """Each address once, where it first stands, with the best title and date that any of its links has."""
    kept: dict[str, _Link] = {}
    for link in links:
        key = normalize_url(link.url)
        held = kept.get(key)
        if held is None and len(kept) == MOST_LINKS:
            break
        title = link.title if held is None or len(link.title) > len(held.title) else held.title
        first = held or link
        kept[key] = _Link(url=first.url, title=title, date=first.date or link.date)
    return list(kept.values())


def _build_entry(link: _Link, feed: Feed) -> Entry:
    return Entry(
        id=EntryId(digest_of(feed.id, normalize_url(link.url))),
        feed_id=feed.id,
        guid=link.url,
        url=link.url,
        title="" if _POINTER_RE.match(link.title) else link.title,
        published_raw=link.date or None,
        published=parse_date(link.date, origin="feed", zone=feed.zone),
    )
