"""The standfirst (chapô): the sentence or two between headline and body that say what the article says. Pure.

It is a paragraph that readers see below the headline and that is what the page gives as its description, or that the
markup calls by one of its names. A description that nobody sees was written for search engines and is none.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from vigie.pages.boilerplate import is_furniture
from vigie.pages.tree import plain_line

MIN_CHARS = 40
MAX_CHARS = 900
MAX_NODES_AFTER = 200
"""Below the headline; byline, date, share buttons and picture often stand between the two."""
_BLOCKS = frozenset(("p", "h2", "h3", "div", "span", "strong", "em", "section", "header", "li", "ul", "b"))
_INNER_BLOCKS = (
    "p",
    "div",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "section",
    "article",
    "table",
    "li",
    "form",
    "figure",
)
_NAME_RE = re.compile(
    r"(?:^|[\s_-])(?:chapo|chap[oô]|chapeau|standfirst|stand-first|lede|dek|deck|strapline|sub-?head(?:line)?|sub-?title"
    r"|article[_-]{1,2}(?:lead|intro|summary|description|desc|excerpt|head-?line-sub)|lead(?:-?text|-?in|-?paragraph)?|intro(?:duction|-?text)?"
    r"|summary|teaser-?text|accroche|heading-?sub|sous-?titre|vorspann|entradilla|bajada|sommario|ingress|manchet)(?=$|[\s_-])",
    re.IGNORECASE,
)
_NAMING = frozenset(("class", "id", "itemprop", "role"))
_ASIDE = frozenset(("aside", "footer", "nav", "form", "figure", "figcaption", "blockquote"))
_TEASER_RE = re.compile(
    r"related|recommend|sidebar|newsletter|comment|card|most-read|read-?also|a-lire", re.IGNORECASE
)


def find_standfirst(tree: Any, title: str, description: str) -> str:
    """The standfirst as readers see it, one line, or "". `description` is what the page's metadata give as one."""
    if tree is None:
        return ""
    wanted = _fold(description)
    named = ""
    for node, text in _paragraphs_below(tree, title):
        if len(wanted) >= MIN_CHARS and _same(_fold(text), wanted):
            return text
        if not named and _is_named(node) and not is_furniture(text):
            named = text
    return named


def is_in(text: str, standfirst: str) -> bool:
    """Whether a text has the standfirst already, but for case, punctuation and white space."""
    return _fold(standfirst) in _fold(text)


def _paragraphs_below(tree: Any, title: str) -> Iterator[tuple[Any, str]]:
    for place, node in enumerate(_nodes_below(tree, title)):
        if place >= MAX_NODES_AFTER:
            return
        if node.tag not in _BLOCKS or _has_inner_block(node):
            continue
        text = plain_line(" ".join(node.itertext()))
        if MIN_CHARS <= len(text) <= MAX_CHARS and not _is_aside(node):
            yield node, re.sub(r"\s+([,.…’)])", r"\1", text)


def _has_inner_block(node: Any) -> bool:
    return next(node.iterdescendants(*_INNER_BLOCKS), None) is not None


def _nodes_below(tree: Any, title: str) -> Iterator[Any]:
    """What follows the headline in the page; without a headline, the page from its start."""
    wanted, seen = _fold(title), False
    headings = list(tree.iter("h1"))
    mine = next((h for h in headings if _fold(h.text_content()) == wanted), next(iter(headings), None))
    for node in tree.iter():
        if node is mine:
            seen = True
        elif seen or mine is None:
            yield node


def _same(text: str, description: str) -> bool:
    """The same sentence, or the description is its beginning, cut to the length that a network shows."""
    return text == description or (
        len(description) >= 2 * MIN_CHARS and (text.startswith(description) or description.startswith(text))
    )


def _is_named(node: Any) -> bool:
    parent = node.getparent()
    own = _names_of(node)
    if node.get("itemprop") == "description" or _NAME_RE.search(own):
        return True
    around = "" if parent is None else _names_of(parent)
    return bool(_NAME_RE.search(around)) and parent.tag not in ("article", "main", "body")


def _names_of(node: Any) -> str:
    """What the markup calls an element, wherever it says so."""
    return " ".join(str(value) for name, value in node.items() if name in _NAMING or name.startswith("data-"))


def _is_aside(node: Any) -> bool:
    return any(
        parent.tag in _ASIDE or _TEASER_RE.search(f"{parent.get('class') or ''} {parent.get('id') or ''}")
        for parent in (node, *node.iterancestors())
        if parent.tag not in ("body", "html", "article", "main")
    )


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
