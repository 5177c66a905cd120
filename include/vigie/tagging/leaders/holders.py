"""Who holds the office that a title means in a country, at a moment."""

from datetime import timedelta

from vigie.knowledge.types.leaders import Country
from vigie.tagging.leaders.antecedents import Antecedents
from vigie.tagging.leaders.discourse import Discourse, Meant
from vigie.tagging.leaders.gazetteer import Gazetteer
from vigie.tagging.leaders.phrases import CountryGroup, Phrase
from vigie.tagging.leaders.titles import TitleForm
from vigie.tagging.moment import Moment

HANDOVER = timedelta(days=10)
"""So long after a change the press may still give the title to who had it, if the text names them."""


class Holders:
    """Looks holders up. Built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer, antecedents: Antecedents) -> None:
        self._gazetteer = gazetteer
        self._antecedents = antecedents

    def holder(
        self,
        country: str,
        office: str,
        said: Discourse,
        moment: Moment,
        labels: frozenset[str] | None = None,
        strict: bool = False,
    ) -> list[Meant]:
        """The holder of an office; unless `strict`, in the days after a change, who had it till then if the text speaks of them."""
        holder = self._gazetteer.holder(country, office, moment, labels)
        if not strict and (holder is None or not said.has_mentioned(holder)):
            recent = self._gazetteer.around(country, office, moment, HANDOVER, labels)
            holder = next((person for person in recent if said.has_mentioned(person)), holder)
        return [Meant(person=holder, country=country, office=office)] if holder else []

    def titled(self, phrase: Phrase, group: CountryGroup, said: Discourse, moment: Moment) -> list[Meant]:
        """The holders of a title in the country of a demonym; of two countries, the one most spoken of first."""
        countries = sorted(group, key=lambda country: -said.cues.get(country.code, 0.0))
        found = [
            meant
            for country in countries
            for form in phrase.titles
            for office in self._gazetteer.offices_for(form, country)
            for meant in self.holder(country.code, office, said, moment, form.labels, form.strict)
        ]
        found = found or self._called(phrase.titles[0], countries, said, moment)
        if phrase.titles[0].generic:  # "le dirigeant libyen" may be the other of a country's two heads
            found.sort(key=lambda meant: not said.has_mentioned(meant.person))
        if phrase.countries:
            return (
                [m for m in found if self._antecedents.agrees(phrase, m.person)]
                or self._antecedents.woman(phrase, said, moment)
                or found
            )
        return [meant for meant in found if self._antecedents.agrees(phrase, meant.person)]

    def _called(
        self, form: TitleForm, countries: list[Country], said: Discourse, moment: Moment
    ) -> list[Meant]:
        """Who bore a title that their country's office has no more, or not yet, by their own term."""
        return [
            meant
            for country in countries
            for office in ("head_of_state", "head_of_government")
            for meant in self.holder(country.code, office, said, moment)
            if self._gazetteer.was_called(meant.person, office, country.code, form, moment.last)
        ]
