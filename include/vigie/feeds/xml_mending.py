"""Make a stranger's XML safe and readable before a parser sees it. Pure; linear in the length of the text.

The document type goes, and with it every entity a stranger declares: no external file is named to the parser, and
no entity can grow. HTML's named characters, which many feeds use without declaring them, become characters.
"""

import html.entities
import re

_XML_NAMES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_REFERENCE_RE = re.compile(r"&(?!#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};)([A-Za-z][A-Za-z0-9._-]{0,39};)?")
_ILLEGAL_RE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION_RE = re.compile(r"\s*<\?xml[^>]{0,500}\?>", re.IGNORECASE)
_DOCTYPE_RE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_DECLARED_RE = re.compile(r"""<!ENTITY\s+(?:%\s+)?([^\s"'>]+)""", re.IGNORECASE)
_ROOT_RE = re.compile(r"<(?:[A-Za-z]\w{0,20}:)?(rss|feed|RDF|channel)[\s>/]", re.IGNORECASE)
_ROOT_END_RE = re.compile(r"</(?:[A-Za-z]\w{0,20}:)?(?:rss|feed|RDF|channel)\s*>", re.IGNORECASE)
_ENTRY_END_RE = re.compile(r"</(?:[A-Za-z]\w{0,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ENTRY_START_RE = re.compile(r"<(?:[A-Za-z]\w{0,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENDINGS = {"rss": "</channel></rss>", "feed": "</feed>", "rdf": "</rdf:RDF>", "channel": "</channel>"}


def find_root(text: str) -> str | None:
    """The local name of a feed's root element ("rss", "feed", "rdf", "channel"), or None where there is none."""
    match = _ROOT_RE.search(text)
    return match[1].lower() if match else None


def declares_entities(text: str) -> bool:
    """Whether a document declares entities of its own: `mend_xml` leaves out what they stand for."""
    return bool(_drop_doctype(text)[1])


def is_cut_off(text: str) -> bool:
    """Whether a feed ends before its root element does."""
    last = 0
    for match in _ENTRY_END_RE.finditer(text):
        last = match.end()
    return _ROOT_END_RE.search(text, last) is None


def count_entries(text: str) -> int:
    """How many entries begin in a feed, whole or not."""
    return sum(1 for _ in _ENTRY_START_RE.finditer(text))


def close_after_last_entry(text: str) -> str:
    """A cut-off feed without its half entry: half a link would be another address."""
    last = 0
    for match in _ENTRY_END_RE.finditer(text):
        last = match.end()
    return text[:last] + _ENDINGS[find_root(text) or "rss"] if last else ""


def mend_xml(text: str) -> str:
    """Take out the XML declaration, the document type and illegal characters; resolve or escape each reference."""
    body = _DECLARATION_RE.sub("", text, count=1).lstrip()
    body, declared = _drop_doctype(_ILLEGAL_RE.sub("", body))
    return "".join(
        part if is_cdata else _REFERENCE_RE.sub(lambda m: _mend_reference(m, declared), part)
        for is_cdata, part in _split_cdata(body)
    )


def _drop_doctype(text: str) -> tuple[str, frozenset[str]]:
    """The text from its first element on, and the names of the entities that were declared before it."""
    match = _DOCTYPE_RE.search(text, 0, 10_000)
    if match is None:
        return text, frozenset()
    root = _ROOT_RE.search(text, match.end())
    start = root.start() if root else len(text)
    return text[: match.start()] + text[start:], frozenset(_DECLARED_RE.findall(text, match.start(), start))


def _split_cdata(text: str) -> list[tuple[bool, str]]:
    parts: list[tuple[bool, str]] = []
    position = 0
    while (start := text.find("<![CDATA[", position)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        parts += [(False, text[position:start]), (True, text[start : end + 3])]
        position = end + 3
    return [*parts, (False, text[position:])]


def _mend_reference(match: re.Match[str], declared: frozenset[str]) -> str:
    name = (match[1] or "").removesuffix(";")
    if name in _XML_NAMES:
        return match[0]
    if name in declared:
        return ""
    if char := html.entities.html5.get(f"{name};"):
        return char if name else "&amp;"
    return f"&amp;{match[0][1:]}"
