"""Quotes: what somebody says in a text, and who that is.

`Doc._.quotes` are words between quotation marks, `Doc._.reported` what is told without marks ("selon X, …", "X a
déclaré que …"). The way:

    marks -> which marks are quotations -> cue (verb, "selon", colon, what was said before) -> mention -> voice

A quotation's `speaker` is a leader by their usual name, with their id; else a person by the fullest name that the text
gives; else a body by its name; else as written ("une source diplomatique"). Where nothing says it, there is none. Marks
around a name, a title or a word kept at a distance are no quotation. Inner marks are part of the outer quotation. A
quotation that re-opens its marks at each paragraph is one a paragraph. Without a model (a text in another language)
there are marks and leaders alone, and nothing reported.
"""

from spacy.language import Language
from spacy.tokens import Doc

from vigie.knowledge.types.speech import Speech
from vigie.tagging.quotes.lexicon import Lexicon
from vigie.tagging.quotes.marks import find_marked
from vigie.tagging.quotes.plain import quotes_without_model
from vigie.tagging.quotes.speech import SpeechOfText
from vigie.tagging.quotes.traps import Sieve

FACTORY = "vigie_quotes"


class Quotes:
    """Writes `Doc._.quotes` and `Doc._.reported`, tuples of `Quote`; comes after leaders and organisations."""

    def __init__(self) -> None:
        self._lexicon: Lexicon | None = None
        self._sieve: Sieve | None = None
        for extension in ("quotes", "reported"):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=())

    def use(self, speech: Speech) -> None:
        """Read speech by these words from now on. (A spaCy factory takes nothing but JSON.)"""
        self._lexicon = Lexicon(speech)
        self._sieve = Sieve(self._lexicon)

    def __call__(self, doc: Doc) -> Doc:
        if self._lexicon is not None and self._sieve is not None:
            self._tag(doc, self._lexicon, self._sieve)
        return doc

    @staticmethod
    def _tag(doc: Doc, lexicon: Lexicon, sieve: Sieve) -> None:
        text = doc.text  # made anew each time it is asked for
        if not doc.has_annotation("POS"):
            doc._.quotes = tuple(quotes_without_model(text, find_marked(text), doc._.leaders))
            return
        speech = SpeechOfText(doc, text, lexicon, sieve)
        doc._.quotes = tuple(speech.quotes())
        doc._.reported = tuple(speech.reported())


@Language.factory(FACTORY)
def create_quotes(nlp: Language, name: str) -> Quotes:
    """Make the component."""
    return Quotes()
