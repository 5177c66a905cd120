"""What a page states about itself: title, authors, dates with their offsets, canonical address, rights. Pure.

Sources, most telling first: schema.org JSON-LD, meta tags (Open Graph, Dublin Core, itemprop), <time> in the article.
"""

import re
from dataclasses import dataclass
from typing import Any

from vigie.model import DateClaim
from vigie.pages.authors import read_authors
from vigie.pages.json_ld import Node, find_articles, read_json_ld
from vigie.pages.page_dates import read_page_dates
from vigie.pages.titles import choose_title
from vigie.pages.tree import plain_line
from vigie.urls import accept_canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """A page's own words about itself; empty where it says nothing.

    `body` is the article's text as JSON-LD gives it: without paragraphs, whole or a teaser, now and then another's.
    """

    title: str = ""
    description: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()
    language: str | None = None
    claims: tuple[DateClaim, ...] = ()
    canonical: str | None = None
    tdm_reserved: bool = False


def read_metadata(tree: Any, *, url: str | None, zone: str) -> PageMetadata:
    """Read a page's metadata from its tree, which is None where no parser takes its markup."""
    if tree is None:
        return PageMetadata(claims=read_page_dates(None, {}, (), url=url, zone=zone))
    metas = _read_metas(tree)
    json_ld = read_json_ld(tree)
    articles = tuple(find_articles(json_ld))
    article: Node = next(iter(articles), {})
    return PageMetadata(
        title=choose_title(tree, metas, article),
        description=_first_line(
            article.get("description"), metas.get("og:description"), metas.get("description")
        ),
        body=_first_line(article.get("articleBody")),
        authors=read_authors(tree, metas, article, json_ld),
        language=_read_language(tree, metas),
        claims=read_page_dates(tree, metas, articles, url=url, zone=zone),
        canonical=_read_canonical(tree, url),
        tdm_reserved=metas.get("tdm-reservation", "").strip() == "1",
    )


def _first_line(*stated: Any) -> str:
    lines = (plain_line(text) for text in stated if isinstance(text, str))
    return next((line for line in lines if line), "")


def _read_metas(tree: Any) -> dict[str, str]:
    """The first value of each meta tag by its name, property or itemprop, in lower case."""
    metas: dict[str, str] = {}
    for node in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name, value = node.get(attribute), (node.get("content") or "").strip()
            if name and value:
                metas.setdefault(name.strip().lower(), value)
    return metas


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
