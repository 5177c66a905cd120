"""What a text does not say of itself and its taggers need: `Doc._.context`."""

from dataclasses import dataclass

from spacy.tokens import Doc

from vigie.model import PersonId
from vigie.tagging.moment import Moment
from vigie.tagging.words import Token, tokenize


@dataclass(frozen=True, slots=True, kw_only=True)
class TextContext:
    """`home` is the source's country (ISO 3166 alpha-2); `heading` the title; `known` the people named in whole
    elsewhere in the same article, when it was cut in parts."""

    moment: Moment | None
    home: str = "FR"
    heading: str = ""
    known: frozenset[PersonId] = frozenset()


def text_of(doc: Doc) -> str:
    """The text of a doc, put together once: spaCy joins its tokens at every call, which all taggers make."""
    text: str | None = doc.user_data.get("vigie_text")
    if text is None:
        text = doc.user_data["vigie_text"] = doc.text
    return text


def words_of(doc: Doc) -> list[Token]:
    """The words of a doc as the rules compare them, cut once for all taggers. Nobody changes the list."""
    words: list[Token] | None = doc.user_data.get("vigie_words")
    if words is None:
        words = doc.user_data["vigie_words"] = tokenize(text_of(doc))
    return words


if not Doc.has_extension("context"):
    Doc.set_extension("context", default=TextContext(moment=None))
