"""The gazetteer, compiled: who is meant by an office at a moment, and which words may be a name, a title, a country."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from vigie.knowledge.types.leaders import Country, Periphrasis, Seat, Term
from vigie.knowledge.types.whole import Knowledge
from vigie.model import PersonId
from vigie.tagging.leaders.names import NameForm, Speller, name_forms
from vigie.tagging.leaders.titles import FEMININE, MASCULINE, Portfolios, TitleForm, compile_titles, labels_of
from vigie.tagging.leaders.tries import HeadedTrie
from vigie.tagging.moment import Moment
from vigie.tagging.words import Token, Trie, fold

_ROLE_ORDER = ("hos", "hog", "pope", "royal", "elect", "io", "fm", "dm", "min", "parl", "party", "region")
_SOON = timedelta(days=4 * 365)
"""Somebody who takes office within four years is already somebody: a candidate, as a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with one term of office at least; terms by start."""

    id: PersonId
    name: str
    terms: tuple[Term, ...]

    def active(self, day: date) -> tuple[Term, ...]:
        """The terms that run on that day."""
        return tuple(term for term in self.terms if term.covers(day))


class Gazetteer:
    """Lookups over the desk's knowledge; built once, never changed."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.grammar = knowledge.grammar
        self.honorifics = frozenset(fold(word) for word in knowledge.grammar.honorifics)
        self.homonyms = frozenset(fold(word) for word in knowledge.grammar.homonyms)
        self.countries: dict[str, Country] = {country.code: country for country in knowledge.countries}
        self._roles = {name: office.role for name, office in knowledge.offices.items()}
        self.people = _people(knowledge.terms)
        self._by_name = {person.name: person for person in self.people.values()}
        self._terms: dict[tuple[str, str], list[Term]] = defaultdict(list)
        for term in knowledge.terms:
            self._terms[term.country, term.office].append(term)
        self.names = self._compile_names(knowledge)
        self.titles = compile_titles(knowledge)
        self.portfolios = Portfolios(knowledge)
        self._women, self._men = _genders(knowledge.terms)
        self.demonyms: HeadedTrie[Country] = HeadedTrie()
        self.places: HeadedTrie[Country] = HeadedTrie()
        self.capitals: HeadedTrie[Country] = HeadedTrie()
        for country in knowledge.countries:
            for trie, words in (
                (self.demonyms, country.demonyms),
                (self.places, country.names),
                (self.capitals, country.capitals),
            ):
                for word in words:
                    trie.add(word, country)
        self.seats: HeadedTrie[Seat] = HeadedTrie()
        for seat in knowledge.seats:
            self.seats.add(seat.name, seat)
        self.bodies: HeadedTrie[str] = HeadedTrie()
        for code, words in knowledge.grammar.bodies.items():
            for word in words:
                self.bodies.add(word, code)
        self.periphrases: HeadedTrie[Periphrasis] = HeadedTrie()
        self.affairs: Trie[Periphrasis] = Trie()
        for periphrasis in knowledge.periphrases:
            (self.affairs if periphrasis.near else self.periphrases).add(periphrasis.phrase, periphrasis)

    @cached_property
    def cue_heads(self) -> frozenset[str]:
        """The words with which a cue of a country or body may begin."""
        tries = (self.demonyms, self.places, self.capitals, self.seats, self.bodies)
        return frozenset().union(*(trie.heads for trie in tries))

    def holder(
        self, country: str, office: str, moment: Moment, labels: frozenset[str] | None = None
    ) -> Person | None:
        """Who holds an office all through a moment; None when it is nobody, several, or unknown."""
        terms = [
            term
            for term in self._terms.get((country, office), ())
            if term.covers(moment.first) and term.covers(moment.last) and _bears(term, labels)
        ]
        newest = [term for term in terms if term.start == max(term.start for term in terms)]
        people = {term.person for term in newest}
        return self.people[people.pop()] if len(people) == 1 else None

    def around(
        self,
        country: str,
        office: str,
        moment: Moment,
        margin: timedelta,
        labels: frozenset[str] | None = None,
    ) -> list[Person]:
        """Who holds an office at any time of a moment or within a margin before it, the latest first."""
        terms = [
            term
            for term in self._terms.get((country, office), ())
            if term.start <= moment.last
            and (term.end is None or term.end >= moment.first - margin)
            and _bears(term, labels)
        ]
        return [self.people[term.person] for term in sorted(terms, key=lambda t: t.start, reverse=True)]

    def coming(self, country: str, office: str, moment: Moment, margin: timedelta) -> Person | None:
        """Who is to take over an office within a margin after a moment."""
        terms = [
            t for t in self._terms.get((country, office), ()) if moment.last < t.start <= moment.last + margin
        ]
        return self.people[min(terms, key=lambda t: t.start).person] if terms else None

    def neighbour(self, person: Person, office: str, country: str, day: date, step: int) -> Person | None:
        """Who followed (`step` 1) or preceded (-1) a person in an office, counted from that day."""
        terms = sorted(self._terms.get((country, office), ()), key=lambda term: term.start)
        own = [index for index, term in enumerate(terms) if term.person == person.id and term.start <= day]
        if not own or not 0 <= own[-1] + step < len(terms):
            return None
        return self.people[terms[own[-1] + step].person]

    def seat_before(self, tokens: list[Token], index: int) -> Seat | None:
        """The seat named last before a token: what "le maître des lieux" stands for."""
        found = (self.seats.matches(tokens, at) for at in range(index - 1, -1, -1))
        return next((matches[0][1][0] for matches in found if matches), None)

    def place_before(self, tokens: list[Token], index: int) -> Country | None:
        """The country of which "et" joins something to it at a token: "la Hongrie et son président"."""
        if index < 2 or tokens[index - 1].form != "et":
            return None
        found = (self.places.matches(tokens, at) for at in range(max(0, index - 5), index - 1))
        return next((m[1][0] for matches in found for m in matches if m[0] == index - 1), None)

    def cued_before(self, tokens: list[Token], first: int, last: int) -> Country | None:
        """The country whose seat, name or capital stands last between two tokens: "la Maison Blanche envoie son…"."""
        for at in range(last - 1, first - 1, -1):
            for seats in self.seats.matches(tokens, at)[:1]:
                return self.countries.get(seats[1][0].country)
            for countries in (*self.places.matches(tokens, at)[:1], *self.capitals.matches(tokens, at)[:1]):
                return countries[1][0]
        return None

    def was_called(self, person: Person, office: str, country: str, form: TitleForm, day: date) -> bool:
        """Whether a term that somebody began by that day bears a title: "le président afghan" before 2021."""
        own = tuple(fold(word) for word in form.own)
        terms = [t for t in person.terms if (t.office, t.country) == (office, country) and t.start <= day]
        return bool(own and terms) and any(fold(label).startswith(own) for label in labels_of(terms[-1]))

    def is_woman(self, person: Person) -> bool | None:
        """By the titles they have borne; None where those do not say."""
        return True if person.id in self._women else False if person.id in self._men else None

    def named(self, name: str) -> Person:
        """The person of that very name; a `KeyError` when there is none."""
        return self._by_name[name]

    def standing(self, person: Person, moment: Moment | None) -> tuple[str, Term] | None:
        """A person's role and the term that gives it: at a moment, or ever where there is none.

        `ex` once the last term is over, `party` shortly before the first, None long before it.
        """
        day = moment.middle if moment else None
        terms = person.active(day) if day else person.terms
        if terms:
            best = min(terms, key=self._rank)
            return self._role(best), best
        past = [term for term in person.terms if day and term.start <= day]
        if past:
            return "ex", max(past, key=lambda term: (term.end or date.max, term.start))
        first = person.terms[0]
        return ("party", first) if day and first.start - day <= _SOON else None

    def offices_for(self, form: TitleForm, country: Country | None) -> tuple[str, ...]:
        """The offices that a title means in a country; empty when that country has no such title."""
        if country is None or form.place is not None:
            return (form.office,) if country is None or form.place == country.code else ()
        if form.generic:
            return tuple(
                sorted(("head_of_government", "head_of_state"), key=lambda office: office != country.leads)
            )
        if not form.own:
            return (form.office,)
        own = tuple(fold(word) for word in form.own)
        borne = (
            office
            for office, titles in country.titles.items()
            if any(fold(t).startswith(own) for t in titles)
        )
        return tuple(borne)

    def offices_in(self, form: TitleForm, code: str) -> tuple[str, ...]:
        """The same by a country's code, or a body's."""
        country = self.countries.get(code)
        if country is None:
            return (form.office,) if form.place == code else ()
        return self.offices_for(form, country)

    def _rank(self, term: Term) -> tuple[int, bool, bool]:
        """The order of several terms at once: by role, then where the office governs (Macron is also coprince of
        Andorra), then the United Kingdom (its monarch reigns over fourteen other realms)."""
        country = self.countries.get(term.country)
        governs = country is not None and country.leads == term.office
        return _ROLE_ORDER.index(self._role(term)), not governs, term.country != "GB"

    def _role(self, term: Term) -> str:
        """A head of government whom the press calls president (Iran) counts as a head of state."""
        if term.office == "head_of_government" and term.label in ("président", "présidente"):
            return "hos"
        return self._roles[term.office]

    def _compile_names(self, knowledge: Knowledge) -> Trie[tuple[Person, NameForm]]:
        names: Trie[tuple[Person, NameForm]] = Trie()
        speller = Speller(knowledge.aliases.spellings)
        for person in self.people.values():
            aliases = knowledge.aliases.people.get(person.name, ())
            for form in name_forms(person.name, person.terms[0].country, aliases, speller):
                names.add(form.text, (person, form))
        return names


def _people(terms: tuple[Term, ...]) -> dict[PersonId, Person]:
    grouped: dict[PersonId, list[Term]] = defaultdict(list)
    for term in sorted(terms, key=lambda term: term.start):
        grouped[term.person].append(term)
    return {key: Person(id=key, name=own[-1].name, terms=tuple(own)) for key, own in grouped.items()}


def _bears(term: Term, labels: frozenset[str] | None) -> bool:
    return labels is None or any(fold(label) in labels for label in labels_of(term))


def _genders(terms: tuple[Term, ...]) -> tuple[frozenset[PersonId], frozenset[PersonId]]:
    """Those whom a title of theirs shows to be women; and of the others, those whom one shows to be men."""
    first = [(term.person, fold(term.label).split()[0]) for term in terms]
    women = frozenset(person for person, word in first if word in FEMININE)
    return women, frozenset(person for person, word in first if word in MASCULINE) - women
