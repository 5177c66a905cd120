"""Markup of before paragraphs, mended in the tree: line breaks that part paragraphs, tables that lay out a page. Pure.

The readers of the text lose the first line of a block whose paragraphs are parted by <br><br>, and take a table for
data whatever it holds.
"""

from typing import Any

import lxml.html

_BROKEN = ("div", "td", "section", "article", "main", "blockquote", "center")
_INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "b",
            "big",
            "cite",
            "code",
            "del",
            "em",
            "font",
            "i",
            "img",
            "ins",
            "kbd",
            "mark",
            "q",
            "s",
        ),
        *("small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"),
    )
)
_TABLE_PARTS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th")
PROSE_CELL_CHARS = 200
"""A cell with more text than this, and paragraphs or breaks in it, holds an article and no datum."""


def mend_layout(tree: Any) -> None:
    """Mend a tree in place."""
    for table in reversed(list(tree.iter("table"))):  # the inner ones first
        if any(_holds_prose(cell) for cell in table.iter("td")):
            for node in list(table.iter(*_TABLE_PARTS)):
                if _table_of(node) is table:
                    node.tag = "div"
            table.tag = "div"
    for node in list(tree.iter(*_BROKEN)):
        if _has_double_break(node):
            _part_paragraphs(node)


def _table_of(node: Any) -> Any:
    return node if node.tag == "table" else next(node.iterancestors("table"), None)


def _holds_prose(cell: Any) -> bool:
    if sum(1 for _ in cell.iterchildren("p", "br", "h1", "div", "table")) < 2:
        return False
    return len(cell.text_content()) > PROSE_CELL_CHARS


def _has_double_break(node: Any) -> bool:
    return any(
        (following := child.getnext()) is not None
        and following.tag == "br"
        and not (child.tail or "").strip()
        for child in node.iterchildren("br")
    )


def _part_paragraphs(node: Any) -> None:
    """Every run of text and inline elements between two breaks or blocks becomes a <p>."""
    children, paragraph = list(node), _open_paragraph(node.text)
    node.text, node[:] = None, []
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in _INLINE:
            child.tail = tail
            paragraph.append(child)
            continue
        _close_paragraph(node, paragraph)
        if child.tag != "br":
            node.append(child)
        paragraph = _open_paragraph(tail)
    _close_paragraph(node, paragraph)


def _open_paragraph(text: str | None) -> Any:
    paragraph = lxml.html.Element("p")
    paragraph.text = text
    return paragraph


def _close_paragraph(node: Any, paragraph: Any) -> None:
    if len(paragraph) or (paragraph.text or "").strip():
        node.append(paragraph)
