"""Finds the people of the gazetteer by name, and keeps away from what only bears their name.

A whole name names its person. A surname needs support: the whole name elsewhere in the text, a civility
("M. Erdogan"), or being the only one of that name in office at that moment and read as a person by the model.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vigie.knowledge.types.leaders import Grammar
from vigie.model import PersonId
from vigie.tagging.leaders.borne import BorneNames, ModelView, is_capital, is_named
from vigie.tagging.leaders.discourse import Cues
from vigie.tagging.leaders.gazetteer import Gazetteer, Person
from vigie.tagging.leaders.names import NameForm, is_regnal
from vigie.tagging.moment import Moment
from vigie.tagging.words import Token, fold

_ARTICLES = frozenset({"le", "la"})


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
        self._feminine = frozenset(fold(word) for word in grammar.feminine)
        self._masculine = frozenset(fold(word) for word in grammar.masculine)
        self._borne = BorneNames(grammar)

    def named_whole(self, text: str, tokens: list[Token]) -> frozenset[PersonId]:
        """The people whose whole name stands in a text."""
        return frozenset(
            person.id
            for index in range(len(tokens))
            for last, forms in self._gazetteer.names.matches(tokens, index)
            for person, form in forms
            if form.kind == "full" and is_named(text, tokens, index, last)
        )

    def find(
        self,
        text: str,
        tokens: list[Token],
        moment: Moment | None,
        known: frozenset[PersonId],
        view: ModelView,
        cues: Cues,
    ) -> list[NameMention]:
        """All names in order, none overlapping. `known` are the people named in whole, here or elsewhere (the title)."""
        found: list[NameMention] = []
        index = 0
        while index < len(tokens):
            mention = self._find_at(text, tokens, index, moment, known, view, cues, found)
            if mention:
                found.append(mention)
            index = mention.last if mention else self._next(tokens, index)
        return self._join_plurals(tokens, found)

    def _next(self, tokens: list[Token], index: int) -> int:
        """Where to go on when nobody is named here: past the whole name of a thing that bears one."""
        matches = self._gazetteer.names.matches(tokens, index)
        return matches[0][0] if matches and self._borne.is_borne(tokens, index) else index + 1

    def _find_at(
        self, text: str, tokens: list[Token], index: int, moment: Moment | None, known: frozenset[PersonId],
        view: ModelView, cues: Cues, found: list[NameMention],
    ) -> NameMention | None:  # fmt: skip
        for last, forms in self._gazetteer.names.matches(tokens, index):
            joined = bool(found) and found[-1].last == index - 1
            whole = last - index > 1 and any(form.kind == "full" for _, form in forms)
            if not self._borne.stands_alone(text, tokens, (index, last), view, joined, whole):
                continue
            first = self._with_honorific(
                text,
                tokens,
                index,
                whole=any(form.kind == "full" and not is_regnal(form.text) for _, form in forms),
            )
            supported = (
                first < index
                or self._after_title(tokens, index)
                or self._goes_on_plural(tokens, index, found)
            )
            forms = [
                (person, form) for person, form in forms if not _is_other_case(form, text, tokens, index)
            ]
            forms = self._of_sex(forms, tokens[first].form if first < index else "")
            person = self._choose(text, tokens, (index, last), forms, moment, known, view, cues, supported)
            if person and self._gazetteer.standing(person, moment):
                whole = any(form.kind == "full" for someone, form in forms if someone is person)
                return NameMention(first=first, core=index, last=last, person=person, whole=whole)
        return None

    def _choose(
        self, text: str, tokens: list[Token], span: tuple[int, int], forms: Iterable[tuple[Person, NameForm]],
        moment: Moment | None, known: frozenset[PersonId], view: ModelView, cues: Cues, supported: bool,
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
        surname = " ".join(token.form for token in tokens[span[0] : span[1]])
        given = surname in self._gazetteer.homonyms
        if supported and moment:
            return _only(self._now(moment, people, only_in_office=given))
        start, end = tokens[span[0]].start, tokens[span[1] - 1].end
        seen = view.is_person(start, end)
        if moment is None or not (seen or view.is_proper(start)):
            return None
        if given:  # "Kim" where the text speaks of North Korea
            people = [p for p in people if seen and not _is_french([p]) and self._governs(p, moment)]
        people = [
            p for p in people if (seen if _is_french([p]) else cues.speak_of(p.terms[-1].country, span[0]))
        ]
        people = [p for p in people if p.terms[0].start <= moment.last]
        return _only(self._now(moment, people, only_in_office=len(people) > 1 or not _is_french(people)))

    def _of_sex(self, forms: list[tuple[Person, NameForm]], civility: str) -> list[tuple[Person, NameForm]]:
        """Without the men after "Mme", without the women after "M."."""
        if civility not in self._feminine | self._masculine:
            return forms
        other = civility not in self._feminine
        return [(person, form) for person, form in forms if self._gazetteer.is_woman(person) is not other]

    @staticmethod
    def _governs(person: Person, moment: Moment) -> bool:
        """Whether somebody is at the head of a state or government."""
        return any(
            term.office in ("head_of_state", "head_of_government") for term in person.active(moment.middle)
        )

    def _now(self, moment: Moment | None, people: list[Person], only_in_office: bool = False) -> list[Person]:
        """The people to prefer at a moment: in office, or else (unless told not to) all."""
        unique = list({person.id: person for person in people}.values())
        if moment is None:
            return unique
        in_office = [person for person in unique if person.active(moment.middle)]
        return in_office or ([] if only_in_office else unique)

    def _with_honorific(self, text: str, tokens: list[Token], core: int, whole: bool) -> int:
        """Where the mention begins: "M. Erdogan", "Président Poutine", "le président Xi"; else the name alone."""
        first = core
        if first > 1 and tokens[first - 1].form == "." and tokens[first - 2].form in self._civilities:
            return first - 2
        if first and tokens[first - 1].form in self._civilities and is_capital(text, tokens[first - 1]):
            return first - 1
        if tokens[core].form in self._honorifics and first and tokens[first - 1].form in _ARTICLES:
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

    def _goes_on_plural(self, tokens: list[Token], index: int, found: list[NameMention]) -> bool:
        """Whether a name is the second of "MM. Erdogan et Macron"."""
        before = found[-1] if found else None
        return (
            before is not None
            and before.last == index - 1
            and tokens[before.last].form in ("et", ",")
            and tokens[before.first].form in ("mm", "mmes")
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
                joined = [replace(m, last=last, whole=False) if m.first == first else m for m in joined]
                mention = replace(mention, first=first, whole=False)
            joined.append(mention)
        return joined

    @staticmethod
    def _is_link(tokens: list[Token], last: int, mention: NameMention) -> bool:
        return mention.first == last + 1 and tokens[last].form in ("et", ",")


def _is_other_case(form: NameForm, text: str, tokens: list[Token], index: int) -> bool:
    """Whether initials ("ADO") stand there in small letters, or where all letters are capitals."""
    if form.kind != "alias" or not form.text.isupper():
        return False
    token = tokens[index]
    around = text[max(0, token.start - 30) : token.end + 30]
    return not text[token.start : token.end].isupper() or (
        around.isupper() and len(around) > 2 * len(form.text)
    )


def _is_french(people: list[Person]) -> bool:
    return all(person.terms[0].country == "FR" for person in people)


def _only(people: list[Person]) -> Person | None:
    return people[0] if len({person.id for person in people}) == 1 else None
