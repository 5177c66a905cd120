"""Who is meant by way of somebody else: counterparts, successors, and those who held an office once.

These look back to who was mentioned before. "L'ancien président" and "le ministre d'alors" alone also take somebody
whom the text names only later: French articles often open so.
"""

from datetime import date, timedelta

from vigie.knowledge.types.leaders import Country
from vigie.tagging.leaders.discourse import Discourse, Meant
from vigie.tagging.leaders.gazetteer import Gazetteer, Person
from vigie.tagging.leaders.phrases import CountryGroup, Phrase
from vigie.tagging.leaders.titles import TitleForm
from vigie.tagging.leaders.when import date_in_sentence
from vigie.tagging.moment import Moment
from vigie.tagging.words import Token, fold

_HEADS = ("head_of_state", "head_of_government")
_LATELY = timedelta(days=3 * 365)
"""So long "l'ex-président brésilien" is taken for the one who left last, if the text names none."""
_NUMBERS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5}


class Antecedents:
    """Looks back. Built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    @staticmethod
    def count(phrase: Phrase, tokens: list[Token]) -> int:
        """How many a plural means: "les trois dirigeants"; two where it does not say."""
        return next((_NUMBERS[t.form] for t in tokens[phrase.first : phrase.last] if t.form in _NUMBERS), 2)

    def fits(self, meant: Meant, forms: tuple[TitleForm, ...]) -> bool:
        """Whether somebody, as they are meant, may be called so."""
        country = self._gazetteer.countries.get(meant.country)
        return any(
            meant.office in self._gazetteer.offices_for(form, country)
            or (form.office == "minister" and form.labels is None and meant.office.endswith("minister"))
            for form in forms
        )

    def former(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        """ "l'ancien président", "le ministre de l'Intérieur d'alors": somebody named; or who left last."""
        place = next((form.place for form in phrase.titles if form.place is not None), None)
        group = phrase.countries[0] if phrase.countries else ()
        country = group[0] if group else None
        offices = [office for form in phrase.titles for office in self._gazetteer.offices_for(form, country)]
        code = country.code if country else place
        if code is None and not fold(phrase.titles[0].form).startswith("president"):
            code = said.home
        then = date_in_sentence(said.dates, phrase.first) if phrase.then else None
        if then and offices:
            holder = self._gazetteer.holder(code or said.home, offices[0], then)
            return [Meant(person=holder, country=code or said.home, office=offices[0])] if holder else []
        owner = said.latest(1) if phrase.possessive else []
        code = owner[0].country if owner else code
        found = self.past_holder(offices, code, said, phrase, moment)
        if found or phrase.then or phrase.possessive:
            return found
        known = self._known_for(phrase, said, moment)
        if known or country is None:
            return known or self.past_holder(offices, None, said, phrase, moment, only_before=True)
        return self._last_left(offices, country.code, moment)

    def past_holder(
        self,
        offices: list[str],
        country: str | None,
        said: Discourse,
        phrase: Phrase,
        moment: Moment,
        only_before: bool = False,
    ) -> list[Meant]:
        """Of those named in the text, who held such an office and does no more: the nearest before, else after.

        "Guéant, sous l'autorité du ministre d'alors": whom its own sentence names before it is somebody else.
        """
        labels = (
            frozenset().union(*(form.labels or () for form in phrase.titles))
            if phrase.titles
            else frozenset()
        )
        start = start_of(said, phrase.first) if phrase.then else phrase.first
        before = [person for at, person in reversed(said.named) if at < start]
        after = [] if only_before else [person for at, person in said.named if at >= phrase.first]
        for person in (*before, *after, *([] if only_before else said.things)):
            countries = self._held(person, offices, country, labels, moment.middle)
            if countries and self.agrees(phrase, person):
                return [Meant(person=person, country=countries[-1], office=offices[0])]
        return []

    def _held(
        self, person: Person, offices: list[str], country: str | None, labels: frozenset[str], day: date
    ) -> list[str]:
        wanted = [
            t for t in person.terms
            if country in (None, t.country)
            and (t.office in offices or ("minister" in offices and not labels and t.office.endswith("minister")))
        ]  # fmt: skip
        if labels and offices == ["minister"] * len(offices):
            wanted = [t for t in wanted if any(fold(title) in labels for title in (t.label, *t.titles))]
        over = [t.country for t in wanted if t.start <= day]
        return over if not any(t.covers(day) for t in wanted) else []

    def agrees(self, phrase: Phrase, person: Person) -> bool:
        """Whether a person's sex is that of the words: "la Première ministre" is no man, "le ministre" no woman."""
        if not phrase.titles or phrase.titles[0].plural:
            return True
        woman = self._gazetteer.is_woman(person)
        if phrase.feminine or phrase.titles[0].feminine:
            return woman is not False
        return not (woman and phrase.masculine)

    def woman(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        """Who of those named was once what a feminine title says, where its holder is a man: "la chancelière allemande"."""
        if not phrase.titles[0].feminine or phrase.plural:
            return []
        country = phrase.countries[0][0]
        offices = [office for form in phrase.titles for office in self._gazetteer.offices_for(form, country)]
        return self.past_holder(offices, country.code, said, phrase, moment)

    def _known_for(self, phrase: Phrase, said: Discourse, moment: Moment) -> list[Meant]:
        """Somebody whom the desk's table gives for these words, where words of their affair stand in the sentence."""
        at = phrase.head - (2 if said.tokens[phrase.head - 1].form == "-" else 1)
        matches = self._gazetteer.affairs.matches(said.tokens, at)
        forms = {token.form for token in said.tokens[start_of(said, phrase.first) : said.ends[phrase.first]]}
        for row in matches[0][1] if matches else ():
            known = any(fold(word) in forms for word in row.near)
            if (
                known
                and row.person
                and not (row.start and moment.first < row.start)
                and not (row.end and moment.last >= row.end)
            ):
                return [
                    Meant(person=self._gazetteer.named(row.person), country=row.country, office=row.office)
                ]
        return []

    def at_their_time(self, owner: Meant, moment: Moment) -> Moment:
        """The moment, or the last day that somebody who has just gone was in office: "son Premier ministre" was theirs."""
        ends = [
            t.end
            for t in owner.person.terms
            if (t.office, t.country) == (owner.office, owner.country) and t.end
        ]
        if any(t.covers(moment.middle) for t in owner.person.terms) or not ends or max(ends) > moment.first:
            return moment
        last = max(ends) - timedelta(days=1)
        return Moment(last, last)

    def _last_left(self, offices: list[str], country: str, moment: Moment) -> list[Meant]:
        """Who left a country's highest office last, if that is not long ago and they do not hold it again."""
        for office in offices:
            holder = self._gazetteer.holder(country, office, moment) if office in _HEADS else None
            past = self._gazetteer.around(country, office, moment, _LATELY) if holder else []
            left = next((person for person in past if person is not holder), None)
            if left:
                return [Meant(person=left, country=country, office=office)]
        return []

    def counterparts(self, phrase: Phrase, said: Discourse) -> list[Meant]:
        """ "son homologue russe": the same office elsewhere, as who was mentioned last has here.

        "Macron verra son homologue libanais, puis son homologue espagnol": both answer to the first.
        """
        here = said.ends[phrase.first]
        others = [m for m in said.latest() if said.answering.get(m.person.id) != here]
        anchors = others[: 2 if phrase.plural and len(phrase.countries) < 2 else 1][::-1]
        if said.moment is None or not anchors:
            return []
        if phrase.countries:
            found = [
                m for a in anchors for group in phrase.countries for m in self._equal(a, group, said)[:1]
            ]
            said.answering.update({m.person.id: here for m in found})
            return list({m.person.id: m for m in found}.values())
        if phrase.plural:
            return []
        others = [
            m for m in said.latest()[1:] if m.office == anchors[0].office and m.country != anchors[0].country
        ]
        return others[:1]

    def _equal(self, anchor: Meant, group: CountryGroup, said: Discourse) -> list[Meant]:
        """Who holds the same office there, or governs there as the anchor governs here."""
        for country in group:
            offices = self._equal_offices(anchor, country)
            for office in offices:
                person = self._gazetteer.holder(country.code, office, said.moment) if said.moment else None
                if person and person.id != anchor.person.id:
                    return [Meant(person=person, country=country.code, office=office)]
        return []

    def _equal_offices(self, anchor: Meant, country: Country) -> list[str]:
        """The same office; for a president the one that bears that title there, else who governs."""
        if anchor.office not in _HEADS:
            return [anchor.office]
        presided = [
            o for o, titles in country.titles.items() if titles and fold(titles[0]).startswith("president")
        ]
        own = self._gazetteer.countries.get(anchor.country)
        if anchor.office == "head_of_state":
            return [*presided[:1], country.leads]
        governs = own is None or own.leads == anchor.office
        return [country.leads] if governs else [anchor.office, country.leads]

    def successor(self, phrase: Phrase, said: Discourse) -> list[Meant]:
        """ "son successeur", "son prédécesseur": of who was mentioned last, in their office.

        One whom the text speaks of goes first: "Meloni a reçu la clochette de Draghi. Son prédécesseur" is Draghi.
        """
        found = [self._after(phrase, anchor, said.moment) for anchor in said.latest(3)] if said.moment else []
        mentioned = [someone for someone in found if someone and said.has_mentioned(someone.person)]
        return [someone for someone in (*mentioned[:1], *found[:1]) if someone][:1]

    def _after(self, phrase: Phrase, anchor: Meant, moment: Moment) -> Meant | None:
        """Who came right after somebody in their office, or before."""
        if phrase.kind == "next":
            elect = self._gazetteer.holder(anchor.country, "president_elect", moment)
            if elect and anchor.office == "head_of_state":
                return Meant(person=elect, country=anchor.country, office="president_elect")
        step = 1 if phrase.kind == "next" else -1
        person = self._gazetteer.neighbour(anchor.person, anchor.office, anchor.country, moment.last, step)
        if person is None or (step == 1 and self._gazetteer.standing(person, moment) is None):
            return None
        return Meant(person=person, country=anchor.country, office=anchor.office)


def start_of(said: Discourse, index: int) -> int:
    """The first token of the sentence of a token."""
    while index and said.ends[index - 1] == said.ends[index]:
        index -= 1
    return index
