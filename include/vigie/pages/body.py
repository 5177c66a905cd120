"""The article's text in a page, by the agreement of several readers. Pure.

trafilatura reads each page twice, in its default and in its precision mode. Where the two agree, the precise reading
stands, with the long paragraphs that only the default kept. Where they do not (about one page of news in ten), three
more readers look, and the reading that agrees most with all the others is the text; the publisher's own copy of the
text in JSON-LD is a witness, never the text itself (it has no paragraphs, and now and then it is another article).

Measured as the F1 of segments that people marked, on the half of 443 public news pages it was made on and on the other
half: trafilatura's default .920 and .945, its precision mode .922 and .926, this .936 and .952; with the standfirst,
which people count as text, .944 and .962. More readers, or a union of their lines, gave no more.
"""

from typing import Any

from vigie.pages.agreement import choose_most_agreed, count_shingles, measure_agreement
from vigie.pages.mending import mend_layout
from vigie.pages.readers import (
    read_with_justext,
    read_with_readability,
    read_with_resiliparse,
    read_with_trafilatura,
)
from vigie.pages.tree import drop_silent

AGREED = 0.9
"""From here on two readings are one text. Between .8 and .95 the choice made no difference above .001."""
LONG_PARAGRAPH_CHARS = 100
"""A paragraph of the default reading that is longer is prose (between 80 and 150: no difference above .001)."""
KEPT_SHARE = 0.98
"""Of the precise reading, in characters: the two differ by a bullet or a mark here and there."""
WITNESS_MIN_CHARS = 300
"""A shorter articleBody is a teaser."""
MAX_CHARS_READ_TWICE = 600_000
MAX_TAGS_READ_TWICE = 12_000
"""A larger page is read once: the default takes up to 3 s there, and a debate of a day has 20,000 tags."""


def read_body(tree: Any, markup: str, *, url: str | None, stated_body: str = "") -> str:
    """The article's text, one paragraph a line, or "" where there is none.

    `tree` is the page parsed, which is mended here; `markup` the same page as text; `stated_body` is what JSON-LD gives as articleBody.
    """
    if tree is None:
        return ""
    drop_silent(tree)
    mend_layout(tree)
    whole = read_with_trafilatura(tree, url)
    if len(markup) > MAX_CHARS_READ_TWICE or markup.count("<") > 2 * MAX_TAGS_READ_TWICE:
        return whole
    precise = read_with_trafilatura(tree, url, precise=True)
    if whole == precise:
        return whole
    if measure_agreement(count_shingles(whole), count_shingles(precise)) >= AGREED:
        return _restore_long(whole, precise)
    return _read_with_all(markup, whole, precise, stated_body)


def _read_with_all(markup: str, whole: str, precise: str, stated_body: str) -> str:
    readings = {
        "whole": whole,
        "precise": precise,
        "resiliparse": read_with_resiliparse(markup),
        "readability": read_with_readability(markup),
        "justext": read_with_justext(markup),
    }
    witnesses = {"json-ld": stated_body} if len(stated_body) >= WITNESS_MIN_CHARS else {}
    return readings[choose_most_agreed(readings, witnesses)]


def _restore_long(whole: str, precise: str) -> str:
    """The default reading without the short lines that the precise one leaves out."""
    kept = [line for line in whole.split("\n") if len(line) >= LONG_PARAGRAPH_CHARS or line in precise]
    restored = "\n".join(kept)
    # Where the precise reading has paragraphs of its own, it stands as it is.
    return restored if len(restored) >= KEPT_SHARE * len(precise) else precise
