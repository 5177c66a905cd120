"""Leaders: everybody in office (or lately out of it) whom a text names, whatever it calls them.

By name ("Emmanuel Macron", "M. Erdogan"), title ("le président russe", "le Premier ministre"), periphrasis ("le
locataire de l'Élysée") or as somebody's counterpart ("son homologue russe"); who that is depends on the day. An
apposition is one mention, by its name. Plural mentions give one entry per person over the same span. Without a date
only names are reported, with the role of the person's first office. Metonyms ("l'Élysée", "Moscou") are no leaders.
"""

from bisect import bisect_right
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from vigie.model import LeaderMention, PersonId
from vigie.tagging.context import TextContext, text_of, words_of
from vigie.tagging.leaders.beside import Neighbours
from vigie.tagging.leaders.borne import ModelView
from vigie.tagging.leaders.discourse import Cues, Discourse, name_cues, read_cues
from vigie.tagging.leaders.gazetteer import Gazetteer
from vigie.tagging.leaders.namefinder import NameFinder, NameMention
from vigie.tagging.leaders.phrases import Phrase, PhraseReader
from vigie.tagging.leaders.resolve import Resolver
from vigie.tagging.leaders.sentences import sentence_ends
from vigie.tagging.leaders.walk import Walk
from vigie.tagging.leaders.when import PastReader
from vigie.tagging.words import Token, tokenize

FACTORY = "vigie_leaders"


class LeaderFinder:
    """The way from a text to its leader mentions. Built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names = NameFinder(gazetteer)
        self._phrases = PhraseReader(gazetteer)
        self._resolver = Resolver(gazetteer)
        self._past = PastReader(gazetteer.grammar.past)

    def find(
        self, text: str, context: TextContext, view: ModelView, tokens: list[Token] | None = None
    ) -> tuple[LeaderMention, ...]:
        """All leader mentions of a text, in order; offsets are characters into it. `tokens` are its words, if cut."""
        heading = tokenize(context.heading)
        known = context.known | self._names.named_whole(context.heading, heading)
        tokens = tokenize(text) if tokens is None else tokens
        ends = sentence_ends(text, tokens)
        words = Cues(
            heading=read_cues(self._gazetteer, heading), text=read_cues(self._gazetteer, tokens), ends=ends
        )
        whole = self._names.named_whole(text, tokens)
        names = self._names.find(text, tokens, context.moment, known | whole, view, words)
        phrases = self._phrases.read(tokens)
        names = [name for name in names if not _is_within(name, phrases)]
        said = self._open_discourse(context, heading, tokens, names, words, whole)
        beside = Neighbours(text, tokens, names, self._gazetteer.honorifics, view)
        return Walk(text, tokens, self._gazetteer, self._resolver, said, beside).walk(names, phrases)

    def find_in_heading(self, context: TextContext) -> tuple[LeaderMention, ...]:
        """The mentions of a title and standfirst themselves; offsets are characters into the heading."""
        return self.find(context.heading, replace(context, heading=""), ModelView())

    def named_whole(self, text: str) -> frozenset[PersonId]:
        """The people whose whole name stands in a text."""
        return self._names.named_whole(text, tokenize(text))

    def _open_discourse(
        self, context: TextContext, heading: list[Token], tokens: list[Token], names: list[NameMention], words: Cues,
        whole: frozenset[PersonId],
    ) -> Discourse:  # fmt: skip
        headed_whole = self._names.named_whole(context.heading, heading)
        aside = Cues(heading=[], text=words.heading, ends=sentence_ends(context.heading, heading))
        in_heading = self._names.find(
            context.heading, heading, context.moment, headed_whole, ModelView(), aside
        )
        headed = [m for n in in_heading if (m := self._resolver.meant(n.person, context.moment))]
        meant = [(n.first, m) for n in names if (m := self._resolver.meant(n.person, context.moment))]
        people = {n.person.id for n in names}
        return Discourse(
            home=context.home,
            moment=context.moment,
            tokens=tokens,
            ends=words.ends,
            dates=self._past.read(tokens, words.ends, context.moment) if context.moment else [],
            words=[*(replace(cue, at=-1) for cue in words.heading), *words.text],
            names=name_cues([*((-1, m) for m in headed), *meant]),
            named=[(-1, n.person) for n in in_heading] + [(n.first, n.person) for n in names],
            things=[self._gazetteer.people[person] for person in sorted(whole - people)],
            mentioned=headed,
        )


def _is_within(name: NameMention, phrases: list[Phrase]) -> bool:
    """Whether a name only helps to call somebody else: "l'ancien vice-président de Barack Obama"."""
    at = bisect_right(phrases, name.first, key=lambda phrase: phrase.first) - 1
    return at >= 0 and phrases[at].kind == "periphrasis" and name.last <= phrases[at].last


def view_of(doc: Doc) -> ModelView:
    """What a parsed text says of its people: entities of type PER, tokens tagged as proper nouns or as foreign."""
    people = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PER"]

    starts = [token.idx for token in doc]

    def part_of_speech(start: int) -> str:
        at = bisect_right(starts, start) - 1
        return str(doc[at].pos_) if at >= 0 else ""

    return ModelView(
        is_person=lambda start, end: any(s < end and start < e for s, e in people),
        part_of_speech=part_of_speech,
    )


class Leaders:
    """Writes `Doc._.leaders`, a tuple of `LeaderMention`, from `Doc._.context`; empty until `use` has given a finder."""

    def __init__(self) -> None:
        self._finder: LeaderFinder | None = None
        if not Doc.has_extension("leaders"):
            Doc.set_extension("leaders", default=())

    def use(self, finder: LeaderFinder) -> None:
        """Find with this from now on. (A spaCy factory takes nothing but JSON.)"""
        self._finder = finder

    def __call__(self, doc: Doc) -> Doc:
        if self._finder:
            doc._.leaders = self._finder.find(text_of(doc), doc._.context, view_of(doc), words_of(doc))
        return doc


@Language.factory(FACTORY)
def create_leaders(nlp: Language, name: str) -> Leaders:
    """Make the component."""
    return Leaders()
