"""Four readers of one page: each says what it holds to be the article, one paragraph a line. Pure.

None of them raises: whatever another's parser makes of a stranger's markup, then there is no article in it.
"""

import logging
from functools import lru_cache
from typing import Any

from vigie.plaintext import drop_invisible, fold_lines, strip_markup

log = logging.getLogger(__name__)

MIN_TEXT_CHARS = 20
"""A shorter text makes trafilatura look for the article elsewhere in the page."""


def read_with_trafilatura(tree: Any, url: str | None, *, precise: bool = False) -> str:
    """trafilatura's text; `precise` leaves out what is not surely the article."""
    # A second to import: only a command that extracts pays for it.
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    config = use_config()
    # Below 250 characters (its default) trafilatura takes the whole page for the article, menus included; a short
    # communiqué has less.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(MIN_TEXT_CHARS))
    try:
        document = bare_extraction(
            tree, url=url, config=config, favor_precision=precise, with_metadata=False, include_comments=False
        )
    except Exception as error:
        return _give_up("trafilatura", error)
    return (
        ""
        if document is None or isinstance(document, dict)
        else fold_lines(drop_invisible(document.text or ""))
    )


def read_with_resiliparse(markup: str) -> str:
    """resiliparse's main content: fast, and rather too much than too little."""
    from resiliparse.extract.html2text import extract_plain_text

    try:
        return fold_lines(
            extract_plain_text(markup, main_content=True, list_bullets=False, alt_texts=False, comments=False)
        )
    except Exception as error:
        return _give_up("resiliparse", error)


def read_with_readability(markup: str) -> str:
    """The block that Readability scores highest."""
    from readability import Document

    try:
        return strip_markup(Document(markup).summary(html_partial=True))
    except Exception as error:
        return _give_up("readability", error)


def read_with_justext(markup: str) -> str:
    """The paragraphs that jusText tells from boilerplate by their length, links and function words."""
    from justext import justext

    try:
        # Thresholds as trafilatura calls it: for pages of news rather than for corpora of prose.
        paragraphs = justext(
            markup, _function_words(), length_low=50, length_high=150,
            stopwords_low=0.1, stopwords_high=0.2, max_link_density=0.25, max_heading_distance=150, no_headings=True,
        )  # fmt: skip
    except Exception as error:
        return _give_up("justext", error)
    return fold_lines("\n".join(p.text for p in paragraphs if not p.is_boilerplate))


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    """Of every language that jusText knows: a page need not say which is its own."""
    from justext import get_stoplist, get_stoplists

    return frozenset(word for language in get_stoplists() for word in get_stoplist(language))


def _give_up(reader: str, error: Exception) -> str:
    if isinstance(error, MemoryError):
        raise error  # that is no matter of this page's markup: who set the limit wants to know
    log.debug("%s cannot read this page: %s", reader, error)
    return ""
