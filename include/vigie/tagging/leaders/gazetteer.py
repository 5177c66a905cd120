"""The gazetteer, compiled: who is meant by an office at a moment, and which words may be a name, a title, a country."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from vigie.knowledge.types import Country, Knowledge, Periphrasis, Seat, Term
from vigie.model import PersonId
from vigie.tagging.leaders.names import NameForm, name_forms
from vigie.tagging.moment import Moment
from vigie.tagging.words import Trie, fold

_ROLE_ORDER = ("hos", "hog", "pope", "royal", "elect", "io", "fm", "dm", "min", "parl", "party", "region")
_SOON = timedelta(days=730)
"""Somebody who takes office within two years is already somebody: a candidate, as a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with one term of office at least; terms by start."""

    id: PersonId
    name: str
    terms: tuple[Term, ...]

    def active(self, day: date) -> tuple[Term, ...]:
        """The terms that run on that day."""
        return tuple(term for term in self.terms if term.covers(day))


@dataclass(frozen=True, slots=True)
class TitleForm:
    """One title as one office has it. `label` narrows it to the terms of that label."""

    office: str
    form: str
    plural: bool = False
    own: tuple[str, ...] = ()
    place: str | None = None
    bare: bool = False
    generic: bool = False
    roundabout: bool = False
    label: str | None = None


class Gazetteer:
    """Lookups over the desk's knowledge; built once, never changed."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.grammar = knowledge.grammar
        self.homonyms = frozenset(fold(word) for word in knowledge.grammar.homonyms)
        self.countries: dict[str, Country] = {country.code: country for country in knowledge.countries}
        self._roles = {name: office.role for name, office in knowledge.offices.items()}
        self.people = _people(knowledge.terms)
        self._by_name = {person.name: person for person in self.people.values()}
        self._terms: dict[tuple[str, str], list[Term]] = defaultdict(list)
        for term in knowledge.terms:
            self._terms[term.country, term.office].append(term)
        self.names = self._compile_names(knowledge)
        self.titles = _compile_titles(knowledge)
        self.demonyms: Trie[Country] = Trie()
        self.places: Trie[Country] = Trie()
        self.capitals: Trie[Country] = Trie()
        for country in knowledge.countries:
            for trie, words in (
                (self.demonyms, country.demonyms),
                (self.places, country.names),
                (self.capitals, country.capitals),
            ):
                for word in words:
                    trie.add(word, country)
        self.seats: Trie[Seat] = Trie()
        for seat in knowledge.seats:
            self.seats.add(seat.name, seat)
        self.periphrases: Trie[Periphrasis] = Trie()
        for periphrasis in knowledge.periphrases:
            self.periphrases.add(periphrasis.phrase, periphrasis)

    def holder(self, country: str, office: str, moment: Moment, label: str | None = None) -> Person | None:
        """Who holds an office all through a moment; None when it is nobody, several, or unknown."""
        terms = [
            term
            for term in self._terms.get((country, office), ())
            if term.covers(moment.first) and term.covers(moment.last) and label in (None, fold(term.label))
        ]
        newest = [term for term in terms if term.start == max(term.start for term in terms)]
        people = {term.person for term in newest}
        return self.people[people.pop()] if len(people) == 1 else None

    def neighbour(self, person: Person, office: str, country: str, day: date, step: int) -> Person | None:
        """Who followed (`step` 1) or preceded (-1) a person in an office, counted from that day."""
        terms = sorted(self._terms.get((country, office), ()), key=lambda term: term.start)
        own = [index for index, term in enumerate(terms) if term.person == person.id and term.start <= day]
        if not own or not 0 <= own[-1] + step < len(terms):
            return None
        return self.people[terms[own[-1] + step].person]

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
            return (country.leads,)
        if not form.own:
            return (form.office,)
        own = tuple(fold(word) for word in form.own)
        return tuple(
            office
            for office, titles in country.titles.items()
            if any(fold(t).startswith(own) for t in titles)
        )

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
        for person in self.people.values():
            aliases = knowledge.aliases.people.get(person.name, ())
            for form in name_forms(
                person.name, person.terms[0].country, aliases, knowledge.aliases.spellings
            ):
                names.add(form.text, (person, form))
        return names


def _people(terms: tuple[Term, ...]) -> dict[PersonId, Person]:
    grouped: dict[PersonId, list[Term]] = defaultdict(list)
    for term in sorted(terms, key=lambda term: term.start):
        grouped[term.person].append(term)
    return {key: Person(id=key, name=own[-1].name, terms=tuple(own)) for key, own in grouped.items()}


def _compile_titles(knowledge: Knowledge) -> Trie[TitleForm]:
    titles: Trie[TitleForm] = Trie()
    for form in _title_forms(knowledge):
        titles.add(form.form, form)
    return titles


def _title_forms(knowledge: Knowledge) -> Iterator[TitleForm]:
    for name, office in knowledge.offices.items():
        for title in office.titles:
            for plural, forms in ((False, title.titles), (True, title.plural)):
                for form in forms:
                    yield TitleForm(
                        name,
                        form,
                        plural,
                        title.own,
                        title.place,
                        title.bare,
                        title.generic,
                        title.roundabout,
                    )
    for label, office_name, country in sorted(
        {(term.label, term.office, term.country) for term in knowledge.terms}
    ):
        if office_name in ("minister", "party_leader", "senate_leader"):
            yield TitleForm(office_name, label, place=country, bare=True, label=fold(label))
