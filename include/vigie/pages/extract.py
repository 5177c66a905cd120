"""An article out of a page's bytes: title, text, authors, dates, canonical address. Pure: never fetches anything.

The text is trafilatura's; what publishers state in JSON-LD, meta tags and <time> is read by `vigie.pages.metadata`.
What cannot be read is said in `problem`, never raised.
"""

import re
from dataclasses import dataclass
from itertools import islice

from vigie.model import DateClaim
from vigie.pages.metadata import PageMetadata, read_metadata
from vigie.plaintext import decode_text, drop_invisible, fold_line, fold_lines

MAX_HTML_CHARS = 2_000_000
"""A longer page is cut there (with a problem that says so): 4 s of work for 2,000,000 characters of prose."""
MAX_TAGS = 100_000
"""A page with more is cut there: rows and links cost up to 14 s a 100,000 tags (a long debate has about 20,000)."""
MIN_TEXT_CHARS = 20
"""A shorter text makes trafilatura look for the article elsewhere in the page."""
CHALLENGE_TEXT_CHARS = 1500
"""A page with more text than this is an article, whatever its title says of robots."""

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
_CHALLENGE_TITLE_RE = re.compile(
    r"client challenge|just a moment|un instant|request rejected|attention required|pardon our interruption"
    r"|access (?:to this page has been )?denied|are you a (?:human|robot)|vérification (?:de sécurité|requise)"
    r"|security check|robot check|ddos-guard|please wait|checking your browser|verifying you are human",
    re.IGNORECASE,
)
_CHALLENGE_TEXT_RE = re.compile(
    r"enable javascript and cookies to continue|the requested url was rejected|checking your browser before"
    r"|javascript is disabled in your browser|verify(?:ing)? (?:that )?you are (?:a )?human|captcha-delivery\.com"
    r"|activer javascript et les cookies|vous n['’]êtes pas un robot|please enable js and disable any ad blocker",
    re.IGNORECASE,
)
_BYLINE_RE = re.compile(
    r"(?:publié|mis à jour|modifié|posté)e?s?(?: le| à| :|$)[^.!?«]{0,60}$", re.IGNORECASE
)
_READ_ALSO_RE = re.compile(
    r"^[\W_]*(?:(?:à|a)\s+)?(?:lire|voir|écouter|ecouter)\s+(?:aussi|également|egalement)\b.{0,250}$"
    r"|^[\W_]*(?:à|a)\s+lire\s*:.{0,250}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedPage:
    """What a page says. `text` has one paragraph a line and is empty where there is no article.

    `claims` are the dates it states, most telling first. `canonical` is an address of the page's own site, or None.
    `problem` is one line: with an empty text why it is empty, with a text what is missing of it.
    """

    title: str = ""
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
    stated = read_metadata(markup, url=url, zone=zone)
    title, text, authors = _extract_body(markup, url)
    title = stated.title or fold_line(title)
    text = _clean_text(text, title)
    if _is_challenge(title, text, markup):
        return ExtractedPage(title=title, problem="challenge page")
    return _assemble(stated, title, text, authors, _name_problem(text, cut))


def _cut_markup(markup: str) -> str:
    if markup.count("<") > MAX_TAGS:
        markup = markup[: next(islice(re.finditer("<", markup), MAX_TAGS, None)).start()]
    return markup[:MAX_HTML_CHARS]


def _assemble(
    stated: PageMetadata, title: str, text: str, authors: tuple[str, ...], problem: str | None
) -> ExtractedPage:
    return ExtractedPage(
        title=title,
        text=text,
        description=stated.description,
        authors=stated.authors or authors,
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


def _extract_body(markup: str, url: str | None) -> tuple[str, str, tuple[str, ...]]:
    """Title, text and authors by trafilatura; empty where it finds nothing or gives up."""
    # A second to import: only a command that extracts pays for it.
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    config = use_config()
    # Below 250 characters (its default) trafilatura takes the whole page for the article, menus included; a short
    # communiqué has less.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(MIN_TEXT_CHARS))
    try:
        document = bare_extraction(
            markup,
            url=url,
            config=config,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            # Dates are read by us, with their offsets; htmldate gives the day only and guesses.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (
        Exception
    ):  # a stranger's markup in another's parser: whatever it raises, there is no article in it
        return "", "", ()
    if document is None or isinstance(document, dict):
        return "", "", ()
    authors = tuple(name for part in (document.author or "").split(";") if (name := fold_line(part)))
    return document.title or "", document.text or "", authors


def _clean_text(text: str, title: str) -> str:
    """One paragraph a line, without title and date again on top and without pointers to other articles."""
    lines = fold_lines(drop_invisible(text)).split("\n")
    if lines[0] == title:
        lines = lines[1:]
    if lines and _BYLINE_RE.match(lines[0]):
        lines = lines[1:]
    return "\n".join(line for line in lines if not _READ_ALSO_RE.match(line))


def _is_challenge(title: str, text: str, markup: str) -> bool:
    if len(text) > CHALLENGE_TEXT_CHARS:
        return False
    if _CHALLENGE_TITLE_RE.match(title) and len(text) < CHALLENGE_TEXT_CHARS // 2:
        return True
    return bool(
        _CHALLENGE_TEXT_RE.search(text) or (not text and _CHALLENGE_TEXT_RE.search(markup, 0, 200_000))
    )
