"""Decides who is meant by a phrase, given the moment, the country of the source and who was mentioned before.

A person unknown at a date is not guessed: a title needs a date, and one holder all through it. A bare title ("le
Premier ministre") goes to the country that the text speaks of, and that is a count of cues, not a default. Who is meant
by way of somebody else (counterparts, successors, former holders) is found in `antecedents.py`.
"""

from dataclasses import dataclass
from datetime import timedelta

from vigie.knowledge.types.leaders import Country
from vigie.model import Via
from vigie.tagging.leaders.antecedents import Antecedents, start_of
from vigie.tagging.leaders.discourse import Discourse, Meant
from vigie.tagging.leaders.gazetteer import Gazetteer, Person
from vigie.tagging.leaders.holders import HANDOVER, Holders
from vigie.tagging.leaders.phrases import Phrase
from vigie.tagging.leaders.spoken import ENOUGH, PRESIDENTS, Spoken
from vigie.tagging.leaders.titles import TitleForm
from vigie.tagging.leaders.when import past_of
from vigie.tagging.moment import Moment
from vigie.tagging.words import fold

_TAKEOVER = timedelta(days=150)
"""Between an election and the day of taking office: 104 days in Mexico, 78 in the United States."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The people that a phrase means."""

    phrase: Phrase
    people: tuple[Meant, ...]
    via: Via
    sure: float


class Resolver:
    """Gives phrases their people. Built once for a gazetteer; all that changes is in the `Discourse`."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._antecedents = Antecedents(gazetteer)
        self._holders = Holders(gazetteer, self._antecedents)
        self._spoken = Spoken(gazetteer, self._antecedents)

    def resolve(self, phrase: Phrase, said: Discourse) -> Resolved | None:
        """Who is meant, or None where that is not known."""
        said.hear(phrase.first)
        if said.moment is None:
            return None
        if phrase.kind == "counterpart":
            return _done(phrase, self._antecedents.counterparts(phrase, said), "pronoun-homologue", 0.85)
        if phrase.kind in ("next", "previous"):
            return _done(phrase, self._antecedents.successor(phrase, said), "pronoun-homologue", 0.7)
        past = (
            None
            if phrase.current or phrase.former
            else past_of(said.dates, said.tokens, phrase.first, phrase.last)
        )
        moment = past or said.moment
        if phrase.kind == "host":
            return _done(phrase, self._host(phrase, said, moment), "periphrasis", 0.95)
        if phrase.kind == "periphrasis":
            return _done(phrase, self._periphrasis(phrase, moment), "periphrasis", 0.9)
        return self._title(phrase, said, moment)

    def meant(self, person: Person, moment: Moment | None) -> Meant | None:
        """A person named, as the holder of the office that stands first at that moment."""
        standing = self._gazetteer.standing(person, moment)
        return (
            Meant(person=person, country=standing[1].country, office=standing[1].office) if standing else None
        )

    def is_about(self, phrase: Phrase, person: Person, moment: Moment) -> bool:
        """Whether a person has, had or will have the title of a phrase, near a moment: then the two are one mention."""
        countries = {country.code for group in phrase.countries for country in group}
        if phrase.kind == "counterpart":
            standing = self.meant(person, moment)
            return standing is not None and (not countries or standing.country in countries)
        return phrase.kind == "title" and any(
            term.office in self._gazetteer.offices_in(form, term.country)
            and (not countries or term.country in countries)
            and term.start <= moment.last + _TAKEOVER
            and (phrase.former or phrase.then or term.end is None or term.end >= moment.first - HANDOVER)
            for term in person.terms
            for form in phrase.titles
        )  # fmt: skip

    def _title(self, phrase: Phrase, said: Discourse, moment: Moment) -> Resolved | None:
        via: Via = "periphrasis" if phrase.titles[0].roundabout else "title"
        if phrase.then or phrase.former:
            return _done(phrase, self._antecedents.former(phrase, said, moment), via, 0.8)
        if phrase.possessive:
            return _done(phrase, self._possessed(phrase, said, moment), via, 0.8)
        if phrase.coming or phrase.titles[0].office == "president_elect":
            return _done(phrase, self._coming(phrase, said, moment), via, 0.85)
        if phrase.countries:
            if phrase.titles[0].plural and len(phrase.countries) < 2:
                return None  # "les dirigeants saoudiens" are many
            if all(form.office == "minister" and form.labels is None for form in phrase.titles):
                return _done(phrase, self._minister_of(phrase, said), via, 0.7)
            people = [
                m for group in phrase.countries for m in self._holders.titled(phrase, group, said, moment)[:1]
            ]
            return _done(phrase, people or self._placed_anywhere(phrase, said, moment), via, 0.95)
        if phrase.plural:
            return _done(phrase, self._several(phrase, said, moment), "pronoun-homologue", 0.7)
        return _done(phrase, self._bare(phrase, said, moment), via, 0.8)

    def _host(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        seat = phrase.seats[0] if phrase.seats else self._gazetteer.seat_before(said.tokens, phrase.first)
        if seat is None:
            return []
        if phrase.former:
            return self._antecedents.past_holder([seat.office], seat.country, said, phrase, moment)
        return self._holders.holder(seat.country, seat.office, said, moment)

    def _periphrasis(self, phrase: Phrase, moment: Moment) -> list[Meant]:
        for row in phrase.periphrases:
            if (row.start and moment.first < row.start) or (row.end and moment.last >= row.end):
                continue
            if row.person is None:
                holder = self._gazetteer.holder(row.country, row.office, moment)
                return [Meant(person=holder, country=row.country, office=row.office)] if holder else []
            return [Meant(person=self._gazetteer.named(row.person), country=row.country, office=row.office)]
        return []

    def _coming(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        """ "le président élu", "le futur chancelier": who takes over next, if that is soon."""
        for country in self._spoken.countries(phrase, said):
            for form in phrase.titles:
                for office in self._gazetteer.offices_for(form, country):
                    office = "head_of_state" if office == "president_elect" else office
                    elect = (
                        self._gazetteer.holder(country.code, "president_elect", moment)
                        if office == "head_of_state"
                        else None
                    )
                    person = elect or self._gazetteer.coming(country.code, office, moment, _TAKEOVER)
                    elected = phrase.elected or form.office == "president_elect"
                    if person and (elected or elect or said.has_mentioned(person)):
                        return [Meant(person=person, country=country.code, office=office)]
        return []

    def _several(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        """ "les deux présidents": the last mentioned who fit; who is missing comes from the countries spoken of."""
        count = self._antecedents.count(phrase, said.tokens)
        found = [meant for meant in said.latest() if self._antecedents.fits(meant, phrase.titles)][:count]
        for code in dict.fromkeys(said.order):
            if len(found) == count:
                break
            for meant in self._titled_there(phrase, self._gazetteer.countries.get(code), said, moment)[:1]:
                if meant.person.id not in {m.person.id for m in found}:
                    found.append(meant)
        order = {meant.person.id: index for index, meant in enumerate(reversed(said.mentioned))}
        found.sort(key=lambda meant: -order.get(meant.person.id, -1))
        return found if len(found) == count else []

    def _titled_there(
        self, phrase: Phrase, country: Country | None, said: Discourse, moment: Moment
    ) -> list[Meant]:
        """Who bears a title in a country; "les deux ministres" of two countries are those of foreign affairs."""
        if country is None:
            return []
        if any(form.office == "minister" and form.labels is None for form in phrase.titles):
            return self._holders.holder(country.code, "foreign_minister", said, moment)
        return self._holders.titled(phrase, (country,), said, moment)

    def _possessed(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        """ "son Premier ministre": of the country of who was mentioned last, or of "la Hongrie et" right before."""
        before = self._gazetteer.place_before(said.tokens, phrase.first)
        owners = said.latest(1)
        country = before or (self._gazetteer.countries.get(owners[0].country) if owners else None)
        if country is None or (before is None and fold(phrase.titles[0].form).split()[0] in PRESIDENTS):
            return []
        then = self._antecedents.at_their_time(owners[0], moment) if owners and before is None else moment
        found = self._holders.titled(phrase, (country,), said, then)
        if not found and before is None:
            cued = self._gazetteer.cued_before(said.tokens, start_of(said, phrase.first), phrase.first)
            found = self._holders.titled(phrase, (cued,), said, moment) if cued else []
        return [meant for meant in found if not owners or meant.person.id != owners[0].person.id][:1]

    def _bare(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        bodily = [form for form in phrase.titles if form.place is not None and form.office != "minister"]
        if bodily and len(bodily) == len(phrase.titles):
            return self._placed(phrase, bodily, said, moment)
        if not any(form.bare for form in phrase.titles):
            return self._nearest(phrase, said)
        for country in self._spoken.countries(phrase, said):
            people = self._holders.titled(phrase, (country,), said, moment)
            if people:
                said.called.append(people[0])
                return people[:1]
        home = self._gazetteer.countries.get(phrase.titles[0].default or "")
        return self._holders.titled(phrase, (home,), said, moment)[:1] if home else []

    def _placed(self, phrase: Phrase, forms: list[TitleForm], said: Discourse, moment: Moment) -> list[Meant]:
        """The office of one place; where its title is short ("le président de la Commission"), the place must be cued."""
        for form in forms:
            if form.place is not None and (form.bare or said.cues.get(form.place, 0.0) >= ENOUGH):
                found = self._holders.holder(form.place, form.office, said, moment, form.labels)
                if found:
                    return found
        return []

    def _minister_of(self, phrase: Phrase, said: Discourse) -> list[Meant]:
        """ "la ministre espagnole": of a country's many, the one mentioned."""
        return self._nearest(phrase, said, {country.code for group in phrase.countries for country in group})

    def _placed_anywhere(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        """ "le souverain pontife argentin": the office of one place, its holder from another."""
        placed = [form for form in phrase.titles if form.place is not None and form.labels is None]
        return self._placed(phrase, placed, said, moment) if len(placed) == len(phrase.titles) else []

    def _nearest(self, phrase: Phrase, said: Discourse, codes: set[str] | None = None) -> list[Meant]:
        """ "le ministre", "le souverain": whoever was mentioned last that it fits, of these countries if any."""
        if phrase.titles[0].office == "foreign_minister":
            return []
        return [
            meant
            for meant in said.latest()
            if self._antecedents.fits(meant, phrase.titles)
            and self._antecedents.agrees(phrase, meant.person)
            and (codes is None or meant.country in codes)
        ][:1]


def _done(phrase: Phrase, people: list[Meant], via: Via, sure: float) -> Resolved | None:
    return Resolved(phrase=phrase, people=tuple(people), via=via, sure=sure) if people else None
