"""Events: what happens at a date, as an agenda wants it: a spaCy component, after the leaders, places and quotes."""

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from vigie.knowledge.types import EventKind

FACTORY = "vigie_events"


class Events:
    """Writes `Doc._.events`, a tuple of `Event` in order."""

    def __init__(self) -> None:
        if not Doc.has_extension("events"):
            Doc.set_extension("events", default=())

    def use(self, kinds: Iterable[EventKind]) -> None:
        """Look for these from now on. (A spaCy factory takes nothing but JSON.)"""

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory(FACTORY)
def create_events(nlp: Language, name: str) -> Events:
    """Make the component."""
    return Events()
