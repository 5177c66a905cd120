"""What a page states about itself: title, authors, dates with their offsets, canonical address, rights. Pure.

Sources, most telling first: schema.org JSON-LD, meta tags (Open Graph, Dublin Core, itemprop), <time> in the article.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import lxml.etree
import lxml.html

from vigie.dates.claims import date_in_url, parse_date
from vigie.model import DateClaim, DateOrigin
from vigie.plaintext import fold_line, strip_markup
from vigie.urls import accept_canonical

_ARTICLE_TYPE_RE = re.compile(r"(?:.*(?:Article|Posting)|Report|PressRelease|SpecialAnnouncement|Statement)$")
_PAGE_TYPES = frozenset(("WebPage", "ItemPage", "VideoObject", "NewsMediaPage"))
_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "datepublished", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date",
    "dcterms.date", "date", "pubdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date",
    "citation_publication_date", "publication_date",
)  # fmt: skip
_SITE_SEPARATORS = re.compile(r"\s+[|·–—-]\s+")
_TIME_PATH = (
    ".//article//header//time[@datetime] | .//time[@itemprop='datePublished'][@datetime]"
    " | .//time[@pubdate][@datetime] | .//article//time[@datetime] | .//header//time[@datetime]"
    " | .//main//time[@datetime]"
)
MAX_JSON_DEPTH = 8
MAX_JSON_NODES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """A page's own words about itself; empty where it says nothing."""

    title: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    language: str | None = None
    claims: tuple[DateClaim, ...] = ()
    canonical: str | None = None
    tdm_reserved: bool = False


def read_metadata(markup: str, *, url: str | None, zone: str) -> PageMetadata:
    """Read a page's metadata; markup that no parser takes gives an empty one."""
    tree = _parse(markup)
    if tree is None:
        return PageMetadata(claims=tuple(_claims(_read_date_in(url, zone))))
    metas = _read_metas(tree)
    article = next(_find_articles(tree), {})
    return PageMetadata(
        title=_choose_title(tree, metas, article),
        description=_plain(metas.get("og:description") or metas.get("description") or ""),
        authors=tuple(dict.fromkeys(_names(article.get("author")))) or _meta_authors(metas),
        language=_read_language(tree, metas),
        claims=tuple(_claims((*_state_dates(tree, metas, article, zone), *_read_date_in(url, zone)))),
        canonical=_read_canonical(tree, url),
        tdm_reserved=metas.get("tdm-reservation", "").strip() == "1",
    )


def _parse(markup: str) -> Any:
    parser = lxml.html.HTMLParser(encoding="utf-8", recover=True, no_network=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def _read_metas(tree: Any) -> dict[str, str]:
    """The first value of each meta tag by its name, property or itemprop, in lower case."""
    metas: dict[str, str] = {}
    for node in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name, value = node.get(attribute), (node.get("content") or "").strip()
            if name and value:
                metas.setdefault(name.strip().lower(), value)
    return metas


def _find_articles(tree: Any) -> Iterator[dict[str, Any]]:
    """JSON-LD objects that are articles, in page order; then those that are pages with a date."""
    nodes = [node for script in tree.iter("script") for node in _read_json_ld(script)]
    yield from (node for node in nodes if any(map(_ARTICLE_TYPE_RE.match, _types(node))))
    yield from (
        node for node in nodes if not _PAGE_TYPES.isdisjoint(_types(node)) and "datePublished" in node
    )


def _read_json_ld(script: Any) -> Iterator[dict[str, Any]]:
    if "ld+json" not in (script.get("type") or "").lower():
        return
    text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->")
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    yield from _walk_json(data)


def _walk_json(data: Any) -> Iterator[dict[str, Any]]:
    """Objects of the graph, outermost first, not into every property: only where articles are kept."""
    queue: list[tuple[int, Any]] = [(0, data)]
    for depth, value in queue:
        if depth > MAX_JSON_DEPTH or len(queue) > MAX_JSON_NODES:
            return
        if isinstance(value, list):
            queue += [(depth + 1, child) for child in value]
        elif isinstance(value, dict):
            yield value
            queue += [
                (depth + 1, value[key])
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if key in value
            ]


def _types(node: dict[str, Any]) -> tuple[str, ...]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return tuple(k.rpartition("/")[2] for k in kinds if isinstance(k, str))


def _names(value: Any, depth: int = 0) -> Iterator[str]:
    if depth > 3:
        return
    if isinstance(value, str) and not value.startswith(("http:", "https:", "@")):
        yield from filter(None, (_plain(value),))
    elif isinstance(value, list):
        for child in value[:50]:
            yield from _names(child, depth + 1)
    elif isinstance(value, dict):
        yield from _names(value.get("name"), depth + 1)


def _meta_authors(metas: dict[str, str]) -> tuple[str, ...]:
    value = metas.get("author") or metas.get("article:author") or metas.get("dc.creator") or ""
    return tuple(_names(value))


def _choose_title(tree: Any, metas: dict[str, str], article: dict[str, Any]) -> str:
    """og:title, else the only h1, else the JSON-LD headline, else <title>; without the name of the site."""
    site = _plain(metas.get("og:site_name", ""))
    headings = [_plain(node.text_content()) for node in tree.iter("h1")]
    headline = article.get("headline")
    page_title = next((_plain(node.text_content()) for node in tree.iter("title")), "")
    candidates = (
        _drop_site(_plain(metas.get("og:title", "")), site),
        headings[0] if len(headings) == 1 else "",
        _plain(headline) if isinstance(headline, str) else "",
        _drop_site(page_title, site) or page_title,
        next(iter(headings), ""),
    )
    return next((title for title in candidates if title and title != site), "")


def _drop_site(title: str, site: str) -> str:
    """ "Un titre | Le Site" without what follows the last separator, where that is the site or follows a bar."""
    pieces = list(_SITE_SEPARATORS.finditer(title))
    if not pieces:
        return title
    head, tail = title[: pieces[-1].start()], title[pieces[-1].end() :]
    is_site = bool(site) and tail.casefold() == site.casefold()
    return head if is_site or ("|" in pieces[-1][0] and len(tail) < len(head)) else title


def _state_dates(
    tree: Any, metas: dict[str, str], article: dict[str, Any], zone: str
) -> Iterator[DateClaim | None]:
    yield _read_date(article.get("datePublished"), "json-ld", zone)
    yield from (_read_date(metas.get(name), "meta", zone) for name in _PUBLISHED_METAS)
    for node in tree.xpath(_TIME_PATH)[:1]:
        yield _read_date(node.get("datetime"), "time", zone)


def _read_date(raw: Any, origin: DateOrigin, zone: str) -> DateClaim | None:
    return parse_date(raw, origin=origin, zone=zone) if isinstance(raw, str) else None


def _read_date_in(url: str | None, zone: str) -> tuple[DateClaim | None]:
    return (date_in_url(url, zone=zone) if url else None,)


def _claims(claims: Iterable[DateClaim | None]) -> Iterator[DateClaim]:
    """Each moment once an origin."""
    seen = set()
    for claim in claims:
        if claim is not None and (claim.origin, claim.at) not in seen:
            seen.add((claim.origin, claim.at))
            yield claim


def _read_language(tree: Any, metas: dict[str, str]) -> str | None:
    declared = (
        tree.get("lang") or tree.get("xml:lang") or metas.get("og:locale") or metas.get("content-language")
    )
    match = re.match(r"[a-zA-Z]{2}(?![a-zA-Z])", (declared or "").strip())
    return match[0].lower() if match else None


def _read_canonical(tree: Any, url: str | None) -> str | None:
    """<link rel=canonical>, where it is an address of the page's own site."""
    if url is None:
        return None
    links = (
        n.get("href") or "" for n in tree.iter("link") if "canonical" in (n.get("rel") or "").lower().split()
    )
    stated = next((link for link in links if link.strip()), "")
    return accept_canonical(url, stated) if stated else None


def _plain(text: str) -> str:
    return fold_line(strip_markup(text))
