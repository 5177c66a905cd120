"""Dates that a page shows its reader: itemprop, <time>, and the lines around the title. Pure.

What stands in menus, margins, comments and lists of other articles is not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from vigie.dates.parsing import parse_date, parse_epoch
from vigie.dates.text import StatedDate, read_stated_dates
from vigie.model import DateClaim, DateOrigin

MAX_ELEMENTS = 20_000
"""A page with more is read that far."""
MAX_LENIENT_ELEMENTS = 3_000
LINES_AROUND_TITLE = 150
"""Elements before the title whose words may say when, and half of those after it."""
MAX_LINE_CHARS = 300
MAX_CLAIMS = 3
"""Of one origin and kind: the rest of a long page says nothing more."""

_NEVER_TAGS = frozenset(("nav", "script", "style", "noscript", "template", "select", "svg", "iframe"))
_ASIDE_TAGS = _NEVER_TAGS | {"aside", "footer"}
_OTHERS = (
    r"related|comments?|commentaires?|commentmetadata|leserbrief\w*|respond|sidebar|recommend\w*|popular|trending|latest"
    r"|most|nav|navbar|menu|lire-aussi|voir-aussi|read-?more|more-?(?:news|articles?|stories)|similar|calendar|archives?"
)
_MARGINS = r"teasers?|footer|breadcrumbs?|newsticker|ticker|carousel|slider|promo|ads?|cookie\w*|copyright"
# "has-sidebar" and "category-popular" are said of the whole page.
_BEFORE, _AFTER = r"(?:^|[\s_]|(?<!has)(?<!with)(?<!no)(?<!category)(?<!tag)-)", r"(?:$|[\s_-])"
_OTHERS_RE = re.compile(rf"{_BEFORE}(?:{_OTHERS}){_AFTER}", re.IGNORECASE)
_ASIDE_RE = re.compile(rf"{_BEFORE}(?:{_OTHERS}|{_MARGINS}){_AFTER}", re.IGNORECASE)
_WORDLESS_TAGS = frozenset(
    ("img", "br", "hr", "input", "button", "picture", "source", "video", "ul", "ol", "form", "a")
)
_DATE_HINT_RE = re.compile(
    r"date|time|publi|posted|byline|meta|stamp|signature|datum|fecha|heure|created|dateline|info|auteur|author",
    re.I,
)
_MODIFIED_HINT_RE = re.compile(r"modif|updat|revis|mise-a-jour|maj\b|aktualis", re.I)
_PUBLISHED_HINT_RE = re.compile(r"publi|entry-date|posted|created", re.I)
_STAMPS = frozenset(("data-timestamp", "data-time", "data-epoch", "data-utime", "data-unix", "data-datetime", "data-date",
           "data-published", "data-published-at", "data-pubdate", "data-publish-date", "unixtime"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How this page's dates are read: in which zone, and whether "02/09" is February."""

    zone: str
    month_first: bool = False

    def read(self, raw: Any, origin: DateOrigin, *, modified: bool = False) -> DateClaim | None:
        """A date in an attribute or in JSON: written out, or seconds since 1970."""
        text = str(raw) if isinstance(raw, str | int) and not isinstance(raw, bool) else None
        return parse_date(
            text, origin=origin, zone=self.zone, month_first=self.month_first, modified=modified
        ) or parse_epoch(text, origin=origin, modified=modified)


def read_visible_dates(tree: Any, reader: Reader) -> tuple[DateClaim, ...]:
    """Claims of itemprop and <time>, then of the text; of margins and footers where there are none elsewhere."""
    claims = tuple(_read(list(islice(_walk(tree, _ASIDE_TAGS, _ASIDE_RE), MAX_ELEMENTS)), reader))
    if any(not claim.modified for claim in claims):
        return claims
    everywhere = islice(_walk(tree, _NEVER_TAGS, _OTHERS_RE), MAX_LENIENT_ELEMENTS)
    return (*claims, *_read(list(everywhere), reader))


def _read(elements: list[Any], reader: Reader) -> Iterator[DateClaim]:
    ordered = _title_first(elements)
    yield from _few(_of_itemprop(ordered, reader))
    yield from _few(_of_time(ordered, reader))
    yield from _few(_of_text(ordered[: 3 * LINES_AROUND_TITLE], reader))


def _walk(tree: Any, without_tags: frozenset[str], without_names: re.Pattern[str]) -> Iterator[Any]:
    """Elements in page order, without what stands aside of the article: nothing that holds the title does.

    Where the title stands in an <article>, other ones are teasers and comments.
    """
    title = next(tree.iter("h1"), None)
    around_title = set() if title is None else set(title.iterancestors())
    if any(element.tag == "article" for element in around_title):
        without_tags = without_tags | {"article"}
    stack = [tree]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if element not in around_title:
            name = f"{element.get('class') or ''} {element.get('id') or ''}"
            if element.tag in without_tags or (len(name) > 1 and without_names.search(name[:500])):
                continue
        yield element
        stack += reversed(element)


def _title_first(elements: list[Any]) -> list[Any]:
    """From the title on, then what stands before it, nearest first, then the rest of the page."""
    title = next((n for n, element in enumerate(elements) if element.tag == "h1"), 0)
    after = title + 2 * LINES_AROUND_TITLE
    return elements[title:after] + elements[:title][::-1] + elements[after:]


def _of_itemprop(elements: list[Any], reader: Reader) -> Iterator[DateClaim]:
    for element in elements:
        if name := (element.get("itemprop") or "").lower():
            if "datepublished" in name or name == "datecreated":
                yield from _of_element(element, reader, modified=False)
            elif "datemodified" in name:
                yield from _of_element(element, reader, modified=True)


def _of_time(elements: list[Any], reader: Reader) -> Iterator[DateClaim]:
    times = [element for element in elements if element.tag == "time"]
    for element in [e for e in times if e.get("pubdate") is not None] or times:
        yield from _of_element(element, reader, modified=_says_modified(element))
    for element in elements:
        for name in _STAMPS.intersection(element.keys()):
            claim = reader.read(element.get(name), "time", modified=_says_modified(element))
            yield from filter(None, (claim,))


def _of_element(element: Any, reader: Reader, *, modified: bool) -> Iterator[DateClaim]:
    """What its attributes say, else its words."""
    attributes = (element.get(name) for name in ("datetime", "content", "data-datetime", "title"))
    stated = next((c for raw in attributes if (c := reader.read(raw, "time", modified=modified))), None)
    yield from filter(None, (stated or reader.read(_line_of(element), "time", modified=modified),))


def _says_modified(element: Any) -> bool:
    """A <time class="published updated"> says both, and is the first."""
    name = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    if _PUBLISHED_HINT_RE.search(name):
        return False
    parent = element.getparent()
    words = (parent.text or "") if parent is not None and parent.index(element) == 0 else ""
    previous = element.getprevious()
    words += (previous.tail or "") if previous is not None else ""
    return bool(_MODIFIED_HINT_RE.search(name)) or bool(
        re.search(r"mise? à jour|updated|modifi", words, re.I)
    )


def _of_text(elements: list[Any], reader: Reader) -> Iterator[DateClaim]:
    """Lines that say "published", then lines that hold nothing but a date, or that the page names for it."""
    stated = [(e, d) for e in elements for d in _stated_in(e, reader)]
    yield from (d.claim for _, d in stated if d.mark in ("published", "modified"))
    bare = [(e, d) for e, d in stated if d.mark == "none"]
    yield from (d.claim for _, d in bare if d.alone)
    yield from (
        d.claim for e, d in bare if _DATE_HINT_RE.search(f"{e.get('class') or ''} {e.get('id') or ''}")
    )


def _stated_in(element: Any, reader: Reader) -> tuple[StatedDate, ...]:
    if element.tag in _WORDLESS_TAGS or _is_wrapper(element):
        return ()
    line = _line_of(element)
    return read_stated_dates(line, zone=reader.zone, month_first=reader.month_first) if line else ()


def _is_wrapper(element: Any) -> bool:
    """Whether all of its words are those of its one child, which is read by itself."""
    return len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip()


def _is_hinted(element: Any) -> bool:
    """Whether it, or what wraps it, is named for a date."""
    parent = element.getparent()
    named = [element] if parent is None or not _is_wrapper(parent) else [element, parent]
    return any(_DATE_HINT_RE.search(f"{e.get('class') or ''} {e.get('id') or ''}"[:500]) for e in named)


def _line_of(element: Any) -> str:
    """The words of an element that holds a line or less; "" of one that holds more."""
    parts, length = [], 0
    for part in element.itertext():
        length += len(part.strip())
        if length > MAX_LINE_CHARS:
            return ""
        parts.append(part)
    return " ".join(parts)


def _few(claims: Iterator[DateClaim]) -> Iterator[DateClaim]:
    """The first of each kind."""
    left = {False: MAX_CLAIMS, True: 1}
    for claim in claims:
        left[claim.modified] -= 1
        if left[claim.modified] >= 0:
            yield claim
