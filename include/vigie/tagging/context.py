"""What a text does not say of itself and its taggers need: `Doc._.context`."""

from dataclasses import dataclass

from spacy.tokens import Doc

from vigie.model import PersonId
from vigie.tagging.moment import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class TextContext:
    """`home` is the source's country (ISO 3166 alpha-2); `heading` the title; `known` the people named in whole
    elsewhere in the same article, when it was cut in parts."""

    moment: Moment | None
    home: str = "FR"
    heading: str = ""
    known: frozenset[PersonId] = frozenset()


if not Doc.has_extension("context"):
    Doc.set_extension("context", default=TextContext(moment=None))
