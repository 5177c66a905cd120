"""Leaders: everybody in office (or lately out of it) whom a text names, whatever it calls them.

By name ("Emmanuel Macron", "M. Erdogan"), title ("le président russe", "le Premier ministre"), periphrasis ("le
locataire de l'Élysée") or as somebody's counterpart ("son homologue russe"); who that is depends on the day. An
apposition is one mention, by its name. Plural mentions give one entry per person over the same span. Without a date
only names are reported, with the role of the person's first office. Metonyms ("l'Élysée", "Moscou") are no leaders.
"""

from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from spacy.language import Language
from spacy.tokens import Doc

from vigie.model import LeaderMention, PersonId
from vigie.tagging.context import TextContext
from vigie.tagging.leaders.gazetteer import Gazetteer
from vigie.tagging.leaders.namefinder import ModelView, NameFinder, NameMention
from vigie.tagging.leaders.phrases import Phrase, PhraseReader
from vigie.tagging.leaders.resolve import Discourse, Meant, Resolved, Resolver, count_cues
from vigie.tagging.words import Token, fold, tokenize

FACTORY = "vigie_leaders"

_SAME_NAME = 0.75
"""How alike two spellings of one name are at least (difflib). "Volodimir Zelenskyj" is 0.86 like its usual spelling; of
2,544 successions in terms.csv, 0.4 % have names this alike, half are below 0.30."""


class LeaderFinder:
    """The way from a text to its leader mentions. Built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names = NameFinder(gazetteer)
        self._phrases = PhraseReader(gazetteer)
        self._resolver = Resolver(gazetteer)

    def find(self, text: str, context: TextContext, view: ModelView) -> tuple[LeaderMention, ...]:
        """All leader mentions of a text, in order; offsets are characters into it."""
        heading = tokenize(context.heading)
        known = context.known | self._names.named_whole(context.heading, heading)
        tokens = tokenize(text)
        names = self._names.find(text, tokens, context.moment, known, view)
        phrases = self._phrases.read(tokens)
        said = self._open_discourse(context, heading, tokens, names)
        return _Walk(text, tokens, self._gazetteer, self._resolver, said, view).walk(names, phrases)

    def find_in_heading(self, context: TextContext) -> tuple[LeaderMention, ...]:
        """The mentions of a title and standfirst themselves; offsets are characters into the heading."""
        return self.find(context.heading, replace(context, heading=""), ModelView())

    def named_whole(self, text: str) -> frozenset[PersonId]:
        """The people whose whole name stands in a text."""
        return self._names.named_whole(text, tokenize(text))

    def _open_discourse(
        self, context: TextContext, heading: list[Token], tokens: list[Token], names: list[NameMention]
    ) -> Discourse:
        in_heading = self._names.find(context.heading, heading, context.moment, frozenset(), ModelView())
        people = [mention.person for mention in (*in_heading, *names)]
        cues, order = count_cues(self._gazetteer, [*heading, *tokens], people)
        said = Discourse(
            home=context.home,
            moment=context.moment,
            cues=cues,
            cue_order=order,
            named=[(-1, m.person) for m in in_heading] + [(m.first, m.person) for m in names],
        )
        said.mentioned.extend(m for n in in_heading if (m := self._resolver.meant(n.person, said)))
        return said


@dataclass(slots=True)
class _Walk:
    """One pass over a text, from its first mention to its last."""

    text: str
    tokens: list[Token]
    gazetteer: Gazetteer
    resolver: Resolver
    said: Discourse
    view: ModelView

    def walk(self, names: list[NameMention], phrases: list[Phrase]) -> tuple[LeaderMention, ...]:
        mentions: list[LeaderMention] = []
        successions = {phrase.last: phrase for phrase in phrases if phrase.kind in ("next", "previous")}
        phrases = [p for p in phrases if not any(n.first < p.last and p.first < n.last for n in names)]
        items: list[NameMention | Phrase] = [*names, *phrases]
        for item in sorted(items, key=lambda item: item.first):
            if isinstance(item, NameMention):
                mentions += self._take_name(item, successions.get(item.first - 1))
            else:
                mentions += self._take_phrase(item, names)
        return tuple(mentions)

    def _take_name(self, name: NameMention, succession: Phrase | None) -> list[LeaderMention]:
        meant = self.resolver.meant(name.person, self.said)
        if meant is None:
            return []
        self.said.mentioned.append(meant)
        if succession and self.tokens[name.first - 1].form in ("de", "'"):
            resolved = self.resolver.resolve(succession, self.tokens, self.said)
            if resolved:
                return self._report(
                    resolved.people, succession.first, name.last, "periphrasis", resolved.sure
                )
        return self._report((meant,), name.first, name.last, "name", 1.0 if name.whole else 0.9)

    def _take_phrase(self, phrase: Phrase, names: list[NameMention]) -> list[LeaderMention]:
        apposed = self._apposed_after(phrase, names)
        if apposed and apposed.first == phrase.last:
            return []
        resolved = self.resolver.resolve(phrase, self.tokens, self.said)
        stranger = self._stranger_after(phrase)
        if resolved and stranger:
            return self._take_stranger(resolved, stranger)
        if resolved is None or self._is_apposition(resolved, apposed, names):
            return []
        self.said.mentioned.extend(resolved.people)
        return self._report(resolved.people, phrase.first, phrase.last, resolved.via, resolved.sure)

    def _apposed_after(self, phrase: Phrase, names: list[NameMention]) -> NameMention | None:
        """The name right after a phrase, or after it and a comma."""
        return next(
            (n for n in names if n.first == phrase.last
             or (n.first == phrase.last + 1 and self.tokens[phrase.last].form == ",")),
            None,
        )  # fmt: skip

    def _stranger_after(self, phrase: Phrase) -> tuple[int, int] | None:
        """A name that the gazetteer has not, right after a title: "le président polonais Jan Kowalski"; its tokens."""
        last = phrase.last
        while (
            last < len(self.tokens)
            and self.text[self.tokens[last - 1].end : self.tokens[last].start] in (" ", "\u00a0")
            and self.text[self.tokens[last].start].isupper()
            and self.view.is_proper(self.tokens[last].start)
        ):
            last += 1
        return (phrase.last, last) if last > phrase.last else None

    def _take_stranger(self, resolved: Resolved, name: tuple[int, int]) -> list[LeaderMention]:
        """The holder, when the name is nearly theirs (a spelling unknown to us); or else nobody we know."""
        written = " ".join(token.form for token in self.tokens[slice(*name)])
        meant = resolved.people[0]
        if SequenceMatcher(None, written, fold(meant.person.name)).ratio() < _SAME_NAME:
            return []
        self.said.mentioned.append(meant)
        return self._report((meant,), *name, "name", 0.8)

    def _is_apposition(self, resolved: Resolved, after: NameMention | None, names: list[NameMention]) -> bool:
        """Whether the same person is named right beside: "le Premier ministre, Gabriel Attal", "X, le président russe,"."""
        people = {meant.person.id for meant in resolved.people}
        first = resolved.phrase.first
        before = [n for n in names if n.last == first - 1 and self.tokens[first - 1].form in (",", "(")]
        return any(n.person.id in people for n in [*([after] if after else []), *before])

    def _report(
        self, people: tuple[Meant, ...], first: int, last: int, via: str, sure: float
    ) -> list[LeaderMention]:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return [self._mention(meant, start, end, via, sure) for meant in people]

    def _mention(self, meant: Meant, start: int, end: int, via: str, sure: float) -> LeaderMention:
        standing = self.gazetteer.standing(meant.person, self.said.moment)
        role, country = (standing[0], standing[1].country) if standing else ("ex", meant.country)
        return LeaderMention(
            id=meant.person.id,
            name=meant.person.name,
            mention=self.text[start:end],
            start=start,
            end=end,
            via=via,  # type: ignore[arg-type]  # comes from Resolved.via or one of two literals above
            role=role,
            country=country,
            confidence=sure if self.said.moment else min(sure, 0.6),
        )


def view_of(doc: Doc) -> ModelView:
    """What a parsed text says of its people: entities of type PER, tokens tagged as proper nouns or as foreign."""
    people = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PER"]

    def is_proper(start: int) -> bool:
        token = doc.char_span(start, start + 1, alignment_mode="expand")
        return token is not None and token[0].pos_ in ("PROPN", "X")

    return ModelView(
        is_person=lambda start, end: any(s < end and start < e for s, e in people),
        is_proper=is_proper,
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
            doc._.leaders = self._finder.find(doc.text, doc._.context, view_of(doc))
        return doc


@Language.factory(FACTORY)
def create_leaders(nlp: Language, name: str) -> Leaders:
    """Make the component."""
    return Leaders()
