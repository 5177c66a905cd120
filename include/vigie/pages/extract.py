"""An article out of a page's bytes: title, text, authors, dates, canonical address. Pure: never fetches anything.

The text is `vigie.pages.body`'s; what publishers state in JSON-LD, meta tags and <time> is `vigie.pages.metadata`'s.
What cannot be read is said in `problem`, never raised.
"""

import re
from dataclasses import dataclass
from itertools import islice

from vigie.model import DateClaim
from vigie.pages.body import read_body
from vigie.pages.boilerplate import drop_boilerplate
from vigie.pages.challenges import is_challenge
from vigie.pages.metadata import PageMetadata, read_metadata
from vigie.pages.standfirst import find_standfirst, is_in
from vigie.pages.tree import parse_tree
from vigie.plaintext import decode_text, fold_line

MAX_HTML_CHARS = 2_000_000
"""A longer page is cut there (with a problem that says so): 4 s of work for 2,000,000 characters of prose."""
MAX_TAGS = 100_000
"""A page with more is cut there: rows and links cost up to 14 s a 100,000 tags (a long debate has about 20,000)."""

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "audio, video or image"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
)
_TAG_RE = re.compile(rb"<\x00?[!?hHbBdDmMpP]\x00?[\w-]")
_HTML_TYPES = re.compile(
    r"\s*(?:text/(?:html|plain|xml)|application/(?:xhtml\+xml|xml|octet-stream))?\s*(?:;|$)", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedPage:
    """What a page says. `text` has one paragraph a line and is empty where there is no article.

    `standfirst` is the chapô where the body leaves it out: the two together are the whole, and nothing of it twice.
    `claims` are the dates it states, most telling first. `canonical` is an address of the page's own site, or None.
    `problem` is one line: with an empty text why it is empty, with a text what is missing of it.
    """

    title: str = ""
    standfirst: str = ""
    text: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    language: str | None = None
    claims: tuple[DateClaim, ...] = ()
    canonical: str | None = None
    tdm_reserved: bool = False
    problem: str | None = None


def extract_page(
    html: bytes | str, *, url: str | None, zone: str, content_type: str | None = None
) -> ExtractedPage:
    """Extract one page. `url` is its final address, `zone` (IANA) reads dates without an offset."""
    if problem := _refuse(html, content_type):
        return ExtractedPage(problem=problem)
    markup = html if isinstance(html, str) else decode_text(html, content_type)
    length = len(markup)
    markup = _cut_markup(markup)
    cut = len(markup) < length
    markup = markup.replace("\x00", "")
    tree = parse_tree(markup)
    stated = read_metadata(tree, url=url, zone=zone)
    standfirst = find_standfirst(tree, stated.title, stated.description)
    text = drop_boilerplate(read_body(tree, markup, url=url, stated_body=stated.body), stated.title)
    if is_challenge(stated.title, text, markup):
        return ExtractedPage(title=stated.title, problem="challenge page")
    return _assemble(stated, "" if is_in(text, standfirst) else standfirst, text, _name_problem(text, cut))


def _cut_markup(markup: str) -> str:
    if markup.count("<") > MAX_TAGS:
        markup = markup[: next(islice(re.finditer("<", markup), MAX_TAGS, None)).start()]
    return markup[:MAX_HTML_CHARS]


def _assemble(stated: PageMetadata, standfirst: str, text: str, problem: str | None) -> ExtractedPage:
    return ExtractedPage(
        title=stated.title,
        standfirst=standfirst,
        text=text,
        description=stated.description,
        authors=stated.authors,
        language=stated.language,
        claims=stated.claims,
        canonical=stated.canonical,
        tdm_reserved=stated.tdm_reserved,
        problem=problem,
    )


def _refuse(html: bytes | str, content_type: str | None) -> str | None:
    """Why this is no page, or None."""
    if not html.strip():
        return "empty"
    head = html[:1024] if isinstance(html, bytes) else html[:1024].encode("utf-8", "replace")
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return f"not HTML: {name}"
    if content_type and not _HTML_TYPES.match(content_type):
        return f"not HTML: {fold_line(content_type.partition(';')[0])[:60]}"
    # A page may hold a stray NUL, and UTF-16 has one in every other byte; but then there is a tag as well.
    return "not HTML: binary" if b"\x00" in head and not _TAG_RE.search(head) else None


def _name_problem(text: str, cut: bool) -> str | None:
    if cut:
        return f"cut at {MAX_HTML_CHARS} characters or {MAX_TAGS} tags"
    return None if text else "no article text"
