"""Plain text out of what strangers send: bytes become characters, HTML becomes lines, nothing invisible stays.

Pure. Nothing here raises on any input.
"""

import codecs
import html
import re
import unicodedata
from collections.abc import Iterator

import lxml.etree
import lxml.html

CUT_CHARS = 2_000_000
"""Markup longer than this is cut before it is parsed (a novel has about 600,000 characters)."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET_RE = re.compile(r"""(?:charset|encoding)\s*=\s*["']?([a-zA-Z0-9._:-]{2,40})""")
# WHATWG: a page that says Latin-1 means Windows-1252.
_ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(["script", "style", "noscript", "template", "iframe", "object", "svg", "head", "title"])
_INVISIBLE = frozenset(("Cc", "Cs", "Co", "Cn"))
# Marks that reorder what a reader sees, and marks of no width that hide a word from a search.
_BIDI = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u00ad"
)
_INVISIBLE_RE = re.compile(r"[^\n\t\r -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u20a0-\u20b0]")


def decode_text(body: bytes, content_type: str | None = None) -> str:
    """Decode bytes: a byte order mark decides, then UTF-8 where it fits, then what header or prologue declare.

    UTF-8 goes before the declaration because French text in another charset is practically never valid UTF-8, and
    declarations are often wrong. What fits nothing is read as Windows-1252, odd bytes as U+FFFD.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    for charset in ("utf-8", *_declared_charsets(body, content_type), *_guess_wide(body)):
        try:
            text = body.decode(charset)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        if "\x00" not in text[:200]:
            return text
    return body.decode("cp1252", "replace")


def choose_charset(body: bytes, content_type: str | None = None) -> str:
    """What a browser can be told of these bytes: the charset that `decode_text` reads them by, under its name of the web.

    Nothing but a charset that Python knows comes out, whatever was declared.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return _name_on_the_web(charset)
    for charset in ("utf-8", *_declared_charsets(body, content_type), *_guess_wide(body)):
        try:
            if "\x00" not in body.decode(charset)[:200]:
                return _name_on_the_web(charset)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return "windows-1252"


def _name_on_the_web(charset: str) -> str:
    name = codecs.lookup(charset).name
    return name.replace("cp125", "windows-125").replace("utf-16-", "utf-16").replace("_", "-")


def _declared_charsets(body: bytes, content_type: str | None) -> Iterator[str]:
    head = body[:2048].decode("ascii", "ignore").replace("\x00", "")
    for source in (content_type or "", head):
        if match := _CHARSET_RE.search(source):
            name = match[1].lower()
            yield _ALIASES.get(name, name)


def _guess_wide(body: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark shows by its NULs; any bytes at all could be decoded as it."""
    if b"\x00" not in body[:200]:
        return ()
    return ("utf-16-be" if body[:1] == b"\x00" else "utf-16-le",)


def drop_invisible(text: str) -> str:
    """Drop control, bidirectional, zero-width, private-use and lone surrogate characters; keep line ends, tabs."""
    return _INVISIBLE_RE.sub(lambda m: "" if _is_invisible(m[0]) else m[0], text)


def _is_invisible(char: str) -> bool:
    return char in _BIDI or unicodedata.category(char) in _INVISIBLE


def fold_line(text: str) -> str:
    """One line: runs of white space become one space, nothing invisible, no space at the ends."""
    return " ".join(drop_invisible(text).split())


def fold_lines(text: str) -> str:
    """One paragraph a line: each line folded, empty ones dropped."""
    lines = (fold_line(line) for line in re.split(r"[\n\r\u2028\u2029\x0b\x0c\x85]+", text))
    return "\n".join(line for line in lines if line)


def strip_markup(markup: str) -> str:
    """The text of an HTML fragment, one block a line; entities resolved, scripts and styles left out."""
    if "<" not in markup:
        return fold_lines(html.unescape(markup) if "&" in markup else markup)
    try:
        root = lxml.html.fragment_fromstring(markup[:CUT_CHARS].replace("\x00", ""), create_parent="div")
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return fold_lines(re.sub(r"<[^<>]*>", " ", markup[:CUT_CHARS]))
    return fold_lines("".join(_walk_text(root)))


def _walk_text(root: lxml.html.HtmlElement) -> Iterator[str]:
    silent = 0
    for event, node in lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if not silent:
                yield node.tail or ""
            continue
        tag = node.tag
        if event == "start":
            silent += tag in _SILENT
            if not silent:
                yield ("\n" if tag in _BLOCKS else "") + (node.text or "").replace("\n", " ")
        else:
            silent -= tag in _SILENT
            if not silent and node is not root:
                yield ("\n" if tag in _BLOCKS else "") + (node.tail or "").replace("\n", " ")
