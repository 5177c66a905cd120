"""A page's markup as a tree. Pure; what no parser takes gives None."""

import re
import sys
from typing import Any

import lxml.etree
import lxml.html

from vigie.plaintext import fold_line, strip_markup

_CONTROL_RE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold: a tree with it is refused by the libraries that copy it."""
_REFERENCE_RE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));?")


def parse_tree(markup: str) -> Any:
    """The root element, or None where there is none."""
    markup = _REFERENCE_RE.sub(_drop_control, _CONTROL_RE.sub("", markup))
    parser = lxml.html.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_pis=True, remove_comments=True
    )
    try:
        return lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def _drop_control(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return "" if code <= sys.maxunicode and _CONTROL_RE.match(chr(code)) else reference[0]


def plain_line(text: str) -> str:
    """One line without tags, entities or invisible characters."""
    return fold_line(strip_markup(text))


def drop_silent(tree: Any) -> None:
    """Take out of a tree what no reader sees; JSON-LD stays. Readers of the text are a tenth faster without it."""
    for node in list(tree.iter("script", "style", "svg", "link", "iframe", "template")):
        if node.getparent() is not None and "ld+json" not in (node.get("type") or ""):
            node.drop_tree()
