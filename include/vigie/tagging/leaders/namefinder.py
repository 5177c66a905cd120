"""Finds the people of the gazetteer by name, and keeps away from what only bears their name.

A whole name names its person. A surname needs support: the whole name elsewhere in the text, a civility
("M. Erdogan"), or being the only one of that name in office at that moment and read as a person by the model.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vigie.knowledge.types import Grammar
from vigie.model import PersonId
from vigie.tagging.leaders.gazetteer import Gazetteer, Person
from vigie.tagging.leaders.names import NameForm, is_regnal
from vigie.tagging.moment import Moment
from vigie.tagging.words import Token, Trie, fold

_PARTICLES = frozenset({"de", "d", "von", "van", "al", "el", "ben", "le", "la", "du"})
_ARTICLES = frozenset({"le", "la"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelView:
    """What the language model says of the text, by character offset; without one, every answer is no."""

    is_person: Callable[[int, int], bool] = lambda start, end: False
    is_proper: Callable[[int], bool] = lambda start: False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMention:
    """A person named over `tokens[first:last]`; `core` is where the name itself begins, after civility or honorific.

    Several mentions share one span in "MM. Erdogan et Macron".
    """

    first: int
    core: int
    last: int
    person: Person
    whole: bool


class NameFinder:
    """Finds names. Built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        grammar: Grammar = gazetteer.grammar
        self._gazetteer = gazetteer
        self._civilities = frozenset(fold(word) for word in grammar.civilities)
        self._honorifics = frozenset(fold(word) for word in grammar.honorifics)
        self._namesakes: Trie[bool] = Trie()
        for word in grammar.namesakes:
            self._namesakes.add(word, True)
        self._namesake_words = frozenset(fold(word).rsplit("-")[-1].split()[-1] for word in grammar.namesakes)

    def named_whole(self, text: str, tokens: list[Token]) -> frozenset[PersonId]:
        """The people whose whole name stands in a text."""
        return frozenset(
            person.id
            for index in range(len(tokens))
            for last, forms in self._gazetteer.names.matches(tokens, index)
            for person, form in forms
            if form.kind == "full"
            and _is_capital(text, tokens[index])
            and _is_capital(text, tokens[last - 1])
        )

    def find(
        self,
        text: str,
        tokens: list[Token],
        moment: Moment | None,
        known: frozenset[PersonId],
        view: ModelView,
    ) -> list[NameMention]:
        """All names in order, none overlapping. `known` are people named elsewhere (the title)."""
        known |= self.named_whole(text, tokens)
        found: list[NameMention] = []
        index = 0
        while index < len(tokens):
            mention = self._find_at(text, tokens, index, moment, known, view, found)
            if mention:
                found.append(mention)
            index = mention.last if mention else self._next(tokens, index)
        return self._join_plurals(tokens, found)

    def _next(self, tokens: list[Token], index: int) -> int:
        """Where to go on when nobody is named here: past the whole name of a thing that bears one."""
        matches = self._gazetteer.names.matches(tokens, index)
        return matches[0][0] if matches and self._is_borne(tokens, index) else index + 1

    def _find_at(
        self, text: str, tokens: list[Token], index: int, moment: Moment | None, known: frozenset[PersonId],
        view: ModelView, found: list[NameMention],
    ) -> NameMention | None:  # fmt: skip
        for last, forms in self._gazetteer.names.matches(tokens, index):
            if not self._stands_alone(text, tokens, index, last, view, found):
                continue
            first = self._with_honorific(
                text,
                tokens,
                index,
                whole=any(form.kind == "full" and not is_regnal(form.text) for _, form in forms),
            )
            supported = first < index or self._after_title(tokens, index)
            person = self._choose(text, tokens, (index, last), forms, moment, known, view, supported)
            if person and self._gazetteer.standing(person, moment):
                whole = any(form.kind == "full" for someone, form in forms if someone is person)
                return NameMention(first=first, core=index, last=last, person=person, whole=whole)
        return None

    def _choose(
        self, text: str, tokens: list[Token], span: tuple[int, int], forms: Iterable[tuple[Person, NameForm]],
        moment: Moment | None, known: frozenset[PersonId], view: ModelView, supported: bool,
    ) -> Person | None:  # fmt: skip
        forms = list(forms)
        for kind in ("full", "alias"):
            direct = _only(self._now(moment, [person for person, form in forms if form.kind == kind]))
            namesakes = [person for person, form in forms if person.id in known and person is not direct]
            if direct and (kind == "full" or direct.id in known or not namesakes):
                return direct
        if all(form.kind == "regnal" for _, form in forms):
            return _only(self._now(moment, [person for person, _ in forms])) if supported else None
        people = [person for person, form in forms if form.kind in ("surname", "alias")]
        named = _only([person for person in people if person.id in known])
        if named:
            return named
        if supported:
            return _only(self._now(moment, people)) if moment else None
        surname = " ".join(token.form for token in tokens[span[0] : span[1]])
        start, end = tokens[span[0]].start, tokens[span[1] - 1].end
        if moment is None or surname in self._gazetteer.homonyms or not view.is_person(start, end):
            return None
        return _only(self._now(moment, people, only_in_office=len(people) > 1 or not _is_french(people)))

    def _now(self, moment: Moment | None, people: list[Person], only_in_office: bool = False) -> list[Person]:
        """The people to prefer at a moment: in office, or else (unless told not to) all."""
        unique = list({person.id: person for person in people}.values())
        if moment is None:
            return unique
        in_office = [person for person in unique if person.active(moment.middle)]
        return in_office or ([] if only_in_office else unique)

    def _stands_alone(
        self, text: str, tokens: list[Token], first: int, last: int, view: ModelView, found: list[NameMention]
    ) -> bool:
        """Whether a name is a person's own: capitalised, not part of a longer name, not borne by a thing."""
        if not _is_capital(text, tokens[last - 1]) or not (
            _is_capital(text, tokens[first]) or tokens[first].form in _PARTICLES
        ):
            return False
        if self._is_borne(tokens, first) or self._is_followed_by_name(text, tokens, last, view):
            return False
        if first == 0:
            return True
        before = tokens[first - 1]
        if before.form == "-" and before.end == tokens[first].start:
            return bool(found) and found[-1].last == first - 1
        beside = text[before.end : tokens[first].start] == " "
        other_given_name = (
            beside
            and last - first < 2
            and _is_capital(text, before)
            and before.form not in self._honorifics | self._civilities
            and view.is_proper(before.start)
        )
        return not other_given_name and not (before.form == "la" and last - first == 1)

    def _is_borne(self, tokens: list[Token], first: int) -> bool:
        """ "la loi Macron", "place du Général de Gaulle": the name follows such a word, or that and an honorific."""
        at = first - 1
        while at >= 0 and tokens[at].form in self._honorifics | {"du", "de"} and at > first - 4:
            at -= 1
        beside = at == first - 1 or tokens[at + 1].form == "du"
        if at < 0 or not beside or tokens[at].form not in self._namesake_words:
            return False
        return any(self._namesakes.matches(tokens, start) for start in range(max(at - 2, 0), at + 1))

    @staticmethod
    def _is_followed_by_name(text: str, tokens: list[Token], last: int, view: ModelView) -> bool:
        """ "Trump Tower", "Macron-Trogneux"; not "Trump-Poutine", of which both halves are found."""
        if last >= len(tokens):
            return False
        after, gap = tokens[last], text[tokens[last - 1].end : tokens[last].start]
        if after.form in ("jr", "junior"):
            return True
        return gap == " " and _is_capital(text, after) and len(after.form) > 1 and view.is_proper(after.start)

    def _with_honorific(self, text: str, tokens: list[Token], core: int, whole: bool) -> int:
        """Where the mention begins: "M. Erdogan", "Président Poutine", "le président Xi"; else the name alone."""
        first = core
        if first > 1 and tokens[first - 1].form == "." and tokens[first - 2].form in self._civilities:
            return first - 2
        if first and tokens[first - 1].form in self._civilities and _is_capital(text, tokens[first - 1]):
            return first - 1
        if first and tokens[first - 1].form in self._honorifics and not whole:
            first -= 1
            return first - 1 if first and tokens[first - 1].form in _ARTICLES else first
        return first

    def _after_title(self, tokens: list[Token], index: int) -> bool:
        """Whether a title with its country comes right before: "le président ukrainien Zelensky"."""
        return any(
            last == index
            for start in range(max(index - 3, 0), index)
            for last, _ in self._gazetteer.demonyms.matches(tokens, start)
        )

    def _join_plurals(self, tokens: list[Token], found: list[NameMention]) -> list[NameMention]:
        """ "MM. Erdogan et Macron" is one span for both."""
        joined: list[NameMention] = []
        for mention in found:
            previous = joined[-1] if joined else None
            if (
                previous
                and tokens[previous.first].form in ("mm", "mmes")
                and self._is_link(tokens, previous.last, mention)
            ):
                first, last = previous.first, mention.last
                joined = [
                    NameMention(first=first, core=m.core, last=last, person=m.person, whole=False)
                    if m.first == first
                    else m
                    for m in joined
                ]
                mention = NameMention(
                    first=first, core=mention.core, last=last, person=mention.person, whole=False
                )
            joined.append(mention)
        return joined

    @staticmethod
    def _is_link(tokens: list[Token], last: int, mention: NameMention) -> bool:
        return mention.first == last + 1 and tokens[last].form in ("et", ",")


def _is_capital(text: str, token: Token) -> bool:
    return text[token.start].isupper()


def _is_french(people: list[Person]) -> bool:
    return all(person.terms[0].country == "FR" for person in people)


def _only(people: list[Person]) -> Person | None:
    return people[0] if len({person.id for person in people}) == 1 else None
