"""The spaCy component that counts the words of topics: `Doc._.topic_words`. An article's topics are decided from all of
its parts together, with its title (`deciding`)."""

from spacy.language import Language
from spacy.tokens import Doc

from vigie.tagging.context import text_of
from vigie.tagging.topics.deciding import TopicFinder
from vigie.tagging.topics.patterns import Counted

FACTORY = "vigie_topics"

__all__ = ["FACTORY", "TopicFinder", "Topics"]


class Topics:
    """Writes `Doc._.topic_words`, the counts that `TopicFinder.decide` wants; nothing until `use` has given a finder."""

    def __init__(self) -> None:
        self._finder: TopicFinder | None = None
        if not Doc.has_extension("topic_words"):
            Doc.set_extension("topic_words", default=Counted())

    def use(self, finder: TopicFinder) -> None:
        """Count with this from now on. (A spaCy factory takes nothing but JSON.)"""
        self._finder = finder

    def __call__(self, doc: Doc) -> Doc:
        if self._finder:
            doc._.topic_words = self._finder.count(text_of(doc))
        return doc


@Language.factory(FACTORY)
def create_topics(nlp: Language, name: str) -> Topics:
    """Make the component."""
    return Topics()
