"""Decides who is meant by a phrase, given the moment, the country of the source and who was mentioned before.

A person unknown at a date is not guessed: a title needs a date, and one holder all through it. A bare title ("le
Premier ministre") goes to the country that the text speaks of, and that is a count of cues, not a default.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from vigie.knowledge.types import Country
from vigie.model import Via
from vigie.tagging.leaders.gazetteer import Gazetteer, Person, TitleForm
from vigie.tagging.leaders.phrases import CountryGroup, Phrase
from vigie.tagging.moment import Moment
from vigie.tagging.words import Token

_SEAT_CUE, _NAME_CUE, _WORD_CUE = 2.0, 2.0, 1.0
_NEAREST_CUE, _HOME_PRIOR, _REPUBLIC_PRIOR = 2.5, 3.0, 8.0
_ENOUGH = 2.0
"""Weights of what tells the country of a bare title; chosen by hand, tried on the development texts. "Le
président" alone has no home; "le président de la République" hardly ever is another country's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The people that a phrase means; `office` and `country` are those by which each is meant there."""

    phrase: Phrase
    people: tuple["Meant", ...]
    via: Via
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """One person, meant as the holder of an office (None: as a person)."""

    person: Person
    country: str
    office: str


@dataclass(slots=True, kw_only=True)
class Discourse:
    """What a text has said so far. `cues` counts the countries of the whole text; `named` is everyone named in it."""

    home: str
    moment: Moment | None
    cues: Mapping[str, float]
    cue_order: list[Country]
    named: list[tuple[int, Person]]
    mentioned: list[Meant] = field(default_factory=list)

    def latest(self, count: int | None = None) -> list[Meant]:
        """Those mentioned last, each once, the latest first."""
        seen: dict[str, Meant] = {}
        for meant in reversed(self.mentioned):
            seen.setdefault(meant.person.id, meant)
        return list(seen.values())[:count]


def count_cues(
    gazetteer: Gazetteer, tokens: list[Token], named: list[Person]
) -> tuple[Mapping[str, float], list[Country]]:
    """How much a text speaks of each country, and the countries of its demonyms and names in order of appearance."""
    cues: defaultdict[str, float] = defaultdict(float)
    order: list[Country] = []
    for index in range(len(tokens)):
        for trie in (gazetteer.demonyms, gazetteer.places, gazetteer.capitals):
            for _, countries in trie.matches(tokens, index)[:1]:
                cues[countries[0].code] += _WORD_CUE
                order.append(countries[0])
        for _, seats in gazetteer.seats.matches(tokens, index)[:1]:
            cues[seats[0].country] += _SEAT_CUE
            order.append(gazetteer.countries[seats[0].country])
    for person in named:
        cues[person.terms[-1].country] += _NAME_CUE
    return cues, order


class Resolver:
    """Gives phrases their people. Built once for a gazetteer; all that changes is in the `Discourse`."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def resolve(self, phrase: Phrase, tokens: list[Token], said: Discourse) -> Resolved | None:
        """Who is meant, or None where that is not known."""
        if phrase.kind == "counterpart":
            return self._done(phrase, self._counterparts(phrase, said), "pronoun-homologue", 0.85)
        if phrase.kind in ("next", "previous"):
            return self._done(phrase, self._successor(phrase, said), "pronoun-homologue", 0.7)
        if said.moment is None:
            return None
        if phrase.kind == "host":
            return self._done(phrase, self._host(phrase, said, said.moment), "periphrasis", 0.95)
        if phrase.kind == "periphrasis":
            return self._done(phrase, self._periphrasis(phrase, said.moment), "periphrasis", 0.9)
        via: Via = "periphrasis" if phrase.titles[0].roundabout else "title"
        if phrase.former:
            return self._done(phrase, self._former(phrase, said, said.moment), via, 0.8)
        if phrase.countries:
            people = [
                m
                for group in phrase.countries
                for m in self._titled(phrase.titles, group, said, said.moment)[:1]
            ]
            return self._done(phrase, people, via, 0.95)
        if phrase.plural:
            return self._done(phrase, self._both(phrase, tokens, said, said.moment), "pronoun-homologue", 0.7)
        return self._done(phrase, self._bare(phrase, said, said.moment), via, 0.8)

    @staticmethod
    def _done(phrase: Phrase, people: list[Meant], via: Via, sure: float) -> Resolved | None:
        return Resolved(phrase=phrase, people=tuple(people), via=via, sure=sure) if people else None

    def meant(self, person: Person, said: Discourse) -> Meant | None:
        """A person named, as the holder of the office that stands first at that moment."""
        standing = self._gazetteer.standing(person, said.moment)
        return (
            Meant(person=person, country=standing[1].country, office=standing[1].office) if standing else None
        )

    def _holder(self, country: str, office: str, moment: Moment, label: str | None = None) -> list[Meant]:
        person = self._gazetteer.holder(country, office, moment, label)
        return [Meant(person=person, country=country, office=office)] if person else []

    def _titled(
        self, forms: tuple[TitleForm, ...], group: CountryGroup, said: Discourse, moment: Moment
    ) -> list[Meant]:
        """The holders of a title in the country of a demonym; of two countries, the one most spoken of first."""
        countries = sorted(group, key=lambda country: -said.cues.get(country.code, 0.0))
        return [
            meant
            for country in countries
            for form in forms
            for office in self._gazetteer.offices_for(form, country)
            for meant in self._holder(country.code, office, moment, form.label)
        ]

    def _host(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        seat = phrase.seats[0]
        if not phrase.former:
            return self._holder(seat.country, seat.office, moment)
        return self._past_holder([seat.office], seat.country, said, phrase, moment)

    def _periphrasis(self, phrase: Phrase, moment: Moment) -> list[Meant]:
        for row in phrase.periphrases:
            if (row.start and moment.first < row.start) or (row.end and moment.last >= row.end):
                continue
            if row.person is None:
                return self._holder(row.country, row.office, moment)
            return [Meant(person=self._gazetteer.named(row.person), country=row.country, office=row.office)]
        return []

    def _former(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        country = phrase.countries[0][0] if phrase.countries else None
        offices = [office for form in phrase.titles for office in self._gazetteer.offices_for(form, country)]
        if country or not _home_prior(phrase.titles[0].form):
            return self._past_holder(offices, country.code if country else None, said, phrase, moment)
        return self._past_holder(offices, said.home, said, phrase, moment)

    def _past_holder(
        self, offices: list[str], country: str | None, said: Discourse, phrase: Phrase, moment: Moment
    ) -> list[Meant]:
        """Of those named in the text, who held such an office and does no more: the nearest before, else after."""

        def held(person: Person) -> list[str]:
            day = moment.middle
            wanted = [t for t in person.terms if (t.office in offices or ("minister" in offices and t.office.endswith("minister")))
                      and country in (None, t.country)]  # fmt: skip
            return [t.country for t in wanted if t.start <= day and not any(o.covers(day) for o in wanted)]

        before = [person for at, person in reversed(said.named) if at < phrase.first]
        after = [person for at, person in said.named if at >= phrase.first]
        for person in (*before, *after):
            countries = held(person)
            if countries:
                return [Meant(person=person, country=countries[-1], office=offices[0])]
        return []

    def _both(self, phrase: Phrase, tokens: list[Token], said: Discourse, moment: Moment) -> list[Meant]:
        """ "les deux présidents": the last two mentioned who fit; who is missing comes from the countries spoken of."""
        if len([1 for t in tokens[phrase.first : phrase.last] if t.form == "trois"]):
            return []
        found = [meant for meant in said.latest() if self._fits(meant, phrase.titles)][:2]
        for country in said.cue_order:
            if len(found) == 2:
                break
            for meant in self._titled(phrase.titles, (country,), said, moment)[:1]:
                if meant.person.id not in {m.person.id for m in found}:
                    found.append(meant)
        order = [meant.person.id for meant in said.mentioned]
        found.sort(key=lambda meant: order.index(meant.person.id) if meant.person.id in order else len(order))
        return found if len(found) == 2 else []

    def _fits(self, meant: Meant, forms: tuple[TitleForm, ...]) -> bool:
        country = self._gazetteer.countries.get(meant.country)
        return any(
            meant.office in self._gazetteer.offices_for(form, country) or (form.form.startswith("ministre") and
            meant.office.endswith("minister")) for form in forms
        )  # fmt: skip

    def _bare(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        placed = [m for form in phrase.titles if form.place is not None
                  for m in self._holder(form.place, form.office, moment, form.label)]  # fmt: skip
        if placed and all(form.place is not None for form in phrase.titles):
            return placed[:1] if any(form.bare for form in phrase.titles) else []
        nearest = next((meant for meant in said.latest() if self._fits(meant, phrase.titles)), None)
        if not any(form.bare for form in phrase.titles):
            return [nearest] if nearest and phrase.titles[0].office != "foreign_minister" else []
        scores = defaultdict(float, said.cues)
        if nearest:
            scores[nearest.country] += _NEAREST_CUE
        scores[said.home] += _home_prior(phrase.titles[0].form)
        for code, score in sorted(scores.items(), key=lambda pair: -pair[1]):
            country = self._gazetteer.countries.get(code)
            if country and score >= _ENOUGH:
                people = self._titled(phrase.titles, (country,), said, moment)
                if people:
                    return people[:1]
        return []

    def _counterparts(self, phrase: Phrase, said: Discourse) -> list[Meant]:
        anchors = said.latest(2 if phrase.plural and len(phrase.countries) < 2 else 1)[::-1]
        if said.moment is None or not anchors:
            return []
        if phrase.countries:
            return [
                m
                for anchor in anchors
                for group in phrase.countries
                for m in self._equal(anchor, group, said.moment)[:1]
            ]
        others = [
            m for m in said.latest()[1:] if m.office == anchors[0].office and m.country != anchors[0].country
        ]
        return others[:1]

    def _equal(self, anchor: Meant, group: CountryGroup, moment: Moment) -> list[Meant]:
        """Who governs there, when the anchor governs here; else who holds the same office."""
        own = self._gazetteer.countries.get(anchor.country)
        heads = ("head_of_state", "head_of_government")
        for country in group:
            offices = [anchor.office]
            if own and anchor.office == own.leads:
                offices = [country.leads]
            elif anchor.office in heads:
                offices.append(country.leads)
            for office in offices:
                found = self._holder(country.code, office, moment)
                if found:
                    return found
        return []

    def _successor(self, phrase: Phrase, said: Discourse) -> list[Meant]:
        anchors = said.latest(1)
        if not anchors or said.moment is None:
            return []
        anchor, day = anchors[0], said.moment.last
        if phrase.kind == "next":
            elect = self._holder(anchor.country, "president_elect", said.moment)
            if elect and anchor.office == "head_of_state":
                return elect
        step = 1 if phrase.kind == "next" else -1
        person = self._gazetteer.neighbour(anchor.person, anchor.office, anchor.country, day, step)
        if person is None or (step == 1 and self._gazetteer.standing(person, said.moment) is None):
            return []
        return [Meant(person=person, country=anchor.country, office=anchor.office)]


def _home_prior(form: str) -> float:
    if form.endswith("de la République"):
        return _REPUBLIC_PRIOR
    return 0.0 if form in ("président", "présidente", "chancelier", "chancelière") else _HOME_PRIOR
