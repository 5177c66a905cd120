"""Every date that a page states of itself, as claims, most telling first. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from vigie.dates.choosing import agree
from vigie.dates.parsing import date_in_url
from vigie.model import DateClaim
from vigie.pages.json_ld import Node
from vigie.pages.tree import plain_line
from vigie.pages.visible_dates import Reader, read_visible_dates

_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "rnews:datepublished", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date.publication",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article.published",
    "og:pubdate", "pubdate", "publish-date", "publish_date", "publishdate", "published-date", "publication_date",
    "publication-date", "publicationdate", "publish_time", "published_time", "published_at", "date_published",
    "article_date_original", "article-publish-date", "bt:pubdate", "citation_publication_date",
    "prism.publicationdate", "originalpublicationdate",
)  # fmt: skip
_VAGUE_METAS = (
    "dc.date", "dcterms.date", "date", "dc.date.created", "dcterms.created", "created", "datecreated", "date-creation",
    "creation_date", "article:created_time", "displaydate", "ptime", "dateposted", "citation_date",
)  # fmt: skip
"""Names for a creation, a printed edition or an event too: where the page shows its reader another day, they lose."""
_MODIFIED_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified",
    "dcterms.modified", "dc.date.modified", "dc.modified", "last-modified", "lastmod", "lastmodified",
    "modified_time", "date_modified", "updated_time", "revision_date", "article.updated", "date.modified",
)  # fmt: skip
_ZONES_OF_MONTH_FIRST = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
_BROKEN_RE = re.compile(r'"(date(?:Published|Created|Modified))"\s*:\s*"([^"\n]{4,40})"')


def read_page_dates(
    tree: Any, metas: Mapping[str, str], articles: Sequence[Node], *, url: str | None, zone: str
) -> tuple[DateClaim, ...]:
    """Claims of JSON-LD (`articles`), meta tags, itemprop, <time>, the text around the title, and the address.

    `metas` are the first value of each name in lower case; `tree` is None for unreadable markup. "02/09/2018" is read
    the American way on a page that says `en-US`, or `en` in a zone of the United States.
    """
    stated: list[DateClaim] = []
    if tree is not None:
        reader = Reader(zone=zone, month_first=_is_month_first(tree, zone))
        article = _pick_article(articles, tree, url) or _mend_article(tree)
        firm = [*_of_json_ld(article, reader), *_of_metas(metas, reader)]
        shown = read_visible_dates(tree, reader)
        vague = _few_vague(_read_metas(metas, _VAGUE_METAS, reader), [*firm, *shown])
        stated = [*firm, *vague, *shown]
    in_address = date_in_url(url, zone=zone) if url else None
    return tuple(_once([*stated, *([in_address] if in_address else [])]))


def _pick_article(articles: Sequence[Node], tree: Any, url: str | None) -> Node:
    """Of several articles in one page's JSON-LD, the one of this address, else of this title, else the first dated."""
    dated = [article for article in articles if article.get("datePublished")] or list(articles)
    if len(dated) > 1:
        path = _path(url)
        titles = {plain_line(node.text_content()) for node in tree.iter("h1", "title")}
        same_address = (a for a in dated if path and path in map(_path, _addresses(a)))
        same_title = (a for a in dated if plain_line(str(a.get("headline") or a.get("name"))) in titles)
        return next(same_address, None) or next(same_title, None) or dated[0]
    return dated[0] if dated else {}


def _mend_article(tree: Any) -> Node:
    """The dates of JSON-LD that is no JSON: a quotation mark or a line end too many is common."""
    scripts = (s.text or "" for s in tree.iter("script") if "ld+json" in (s.get("type") or "").lower())
    found = _BROKEN_RE.findall("\n".join(scripts))
    return dict(reversed(found))


def _addresses(article: Node) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = article.get(name)
        value = value.get("@id") if isinstance(value, dict) else value
        if isinstance(value, str):
            yield value


def _path(url: str | None) -> str:
    """The path of an address, "" for a home page or none."""
    return (url or "").partition("://")[2].partition("/")[2].partition("?")[0].partition("#")[0].rstrip("/")


def _of_json_ld(article: Node, reader: Reader) -> Iterator[DateClaim]:
    """Its creation counts only where it has no publication: drafts are older than articles."""
    published = reader.read(article.get("datePublished"), "json-ld")
    yield from filter(None, (published or reader.read(article.get("dateCreated"), "json-ld"),))
    yield from filter(None, (reader.read(article.get("dateModified"), "json-ld", modified=True),))


def _of_metas(metas: Mapping[str, str], reader: Reader) -> Iterator[DateClaim]:
    yield from _read_metas(metas, _PUBLISHED_METAS, reader)
    yield from _read_metas(metas, _MODIFIED_METAS, reader, modified=True)


def _read_metas(
    metas: Mapping[str, str], names: Iterable[str], reader: Reader, *, modified: bool = False
) -> Iterator[DateClaim]:
    stated = (reader.read(metas.get(name), "meta", modified=modified) for name in names)
    yield from filter(None, stated)


def _few_vague(vague: Iterable[DateClaim], others: Sequence[DateClaim]) -> Iterator[DateClaim]:
    """Those that nothing else on the page speaks against."""
    published = [claim for claim in others if not claim.modified]
    return (claim for claim in vague if not published or any(agree(claim, other) for other in published))


def _is_month_first(tree: Any, zone: str) -> bool:
    language = (tree.get("lang") or tree.get("xml:lang") or "").strip().lower().replace("_", "-")
    return language == "en-us" or (language in ("en", "") and zone in _ZONES_OF_MONTH_FIRST)


def _once(claims: Iterable[DateClaim]) -> Iterator[DateClaim]:
    """Each moment once an origin."""
    seen = set()
    for claim in claims:
        key = (claim.origin, claim.at, claim.modified)
        if key not in seen:
            seen.add(key)
            yield claim
