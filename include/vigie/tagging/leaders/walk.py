"""One pass over a text: each name and phrase in order, with what was said before it, makes its mentions."""

from dataclasses import dataclass

from vigie.model import LeaderMention
from vigie.tagging.leaders.beside import Neighbours
from vigie.tagging.leaders.discourse import Discourse, Meant
from vigie.tagging.leaders.gazetteer import Gazetteer
from vigie.tagging.leaders.namefinder import NameMention
from vigie.tagging.leaders.phrases import Phrase
from vigie.tagging.leaders.resolve import Resolved, Resolver
from vigie.tagging.words import Token

_DATELESS = 0.6
"""How sure a name is without a date, at most."""


@dataclass(slots=True)
class Walk:
    """One pass over a text, from its first mention to its last."""

    text: str
    tokens: list[Token]
    gazetteer: Gazetteer
    resolver: Resolver
    said: Discourse
    beside: Neighbours

    def walk(self, names: list[NameMention], phrases: list[Phrase]) -> tuple[LeaderMention, ...]:
        """The mentions, in order."""
        mentions: list[LeaderMention] = []
        successions = {phrase.last: phrase for phrase in phrases if phrase.kind in ("next", "previous")}
        phrases = [phrase for phrase in phrases if not self.beside.is_named(phrase)]
        items: list[NameMention | Phrase] = [*names, *phrases]
        for item in sorted(items, key=lambda item: item.first):
            if isinstance(item, NameMention):
                mentions += self._take_name(item, successions.get(item.first - 1))
            else:
                mentions += self._take_phrase(item)
        return tuple(mentions)

    def _take_name(self, name: NameMention, succession: Phrase | None) -> list[LeaderMention]:
        meant = self.resolver.meant(name.person, self.said.moment)
        if meant is None:
            return []
        if succession and self.tokens[name.first - 1].form in ("de", "'"):
            self.said.mentioned.append(meant)
            resolved = self.resolver.resolve(succession, self.said)
            if resolved:
                return self._report(
                    resolved.people, succession.first, name.last, "periphrasis", resolved.sure
                )
        self.said.mentioned.append(meant)
        return self._report((meant,), name.first, name.last, "name", 1.0 if name.whole else 0.9)

    def _take_phrase(self, phrase: Phrase) -> list[LeaderMention]:
        if self.beside.is_title_of_name(phrase) or self._is_title_of_next(phrase):
            return []
        resolved = self.resolver.resolve(phrase, self.said)
        stranger = self.beside.stranger_after(phrase)
        if resolved and stranger:
            return self._take_stranger(resolved, stranger)
        if resolved is None or self._is_apposition(resolved) or self.beside.is_common(phrase):
            return []
        self.said.mentioned.extend(resolved.people)
        return self._report(resolved.people, phrase.first, phrase.last, resolved.via, resolved.sure)

    def _is_title_of_next(self, phrase: Phrase) -> bool:
        """Whether somebody who has that title is apposed: "le ministre de la Santé, Aurélien Rousseau"."""
        moment = self.said.moment
        return moment is not None and any(
            self.resolver.is_about(phrase, name.person, moment) for name in self.beside.names_after(phrase)
        )

    def _is_apposition(self, resolved: Resolved) -> bool:
        """Whether the same person is named right beside: "X, le président russe,"."""
        people = {meant.person.id for meant in resolved.people}
        return any(person.id in people for person in self.beside.people_beside(resolved.phrase))

    def _take_stranger(self, resolved: Resolved, name: tuple[int, int]) -> list[LeaderMention]:
        """The holder, when the name is nearly theirs; or else nobody we know."""
        meant = resolved.people[0]
        if not self.beside.is_spelling_of(name, meant.person):
            return []
        self.said.mentioned.append(meant)
        return self._report((meant,), *name, "name", 0.8)

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
            confidence=sure if self.said.moment else min(sure, _DATELESS),
        )
