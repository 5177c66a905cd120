"""Names in a frame: of leaders and bodies, which the taggers before us have found, and of anybody else.

The model's people are mended: a span that runs two things together is none, one that is cut short goes on over the
capitals. A usual given name and another capital are a person, and a capital in the middle of a sentence is somebody.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from spacy.tokens import Doc

from vigie.model import LeaderMention, NamedThing
from vigie.tagging.quotes.frames import Unit
from vigie.tagging.quotes.grammar import CIVILITIES, DETERMINERS, PRONOUNS, gender_of
from vigie.tagging.quotes.lexicon import Lexicon
from vigie.tagging.quotes.mentions import Mention, MentionKind
from vigie.tagging.words import fold

_PARTICLES = frozenset({"von", "van", "al", "el", "ben", "der", "bin", "ould"})


@dataclass(slots=True)
class Names:
    """The names of a text by the character they begin at."""

    leaders: dict[int, list[LeaderMention]] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)
    bodies: dict[int, NamedThing] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)


def read_names(doc: Doc) -> Names:
    """What the model and the taggers before us have named."""
    names = Names(bodies={thing.start: thing for thing in doc._.organizations})
    whole = {tuple(fold(ent.text).split()[-2:]) for ent in doc.ents if ent.label_ == "PER"}
    for leader in doc._.leaders:
        if not _is_namesake(leader, whole):
            names.leaders.setdefault(leader.start, []).append(leader)
    for ent in doc.ents:
        if ent.label_ == "PER":
            names.people[ent.start_char] = ent.end_char
        elif ent.label_ == "LOC":
            names.places[ent.start_char] = ent.end_char
    return names


def _is_namesake(leader: LeaderMention, whole: Collection[tuple[str, ...]]) -> bool:
    """Whether "Mme Durand" is the Anne Durand whom the text names in whole, not the Durand in office."""
    words, name = fold(leader.mention).split(), fold(leader.name).split()
    if (
        leader.via != "name"
        or words[-1] != name[-1]
        or (len(words) > 1 and words[-2].rstrip(".") not in CIVILITIES)
    ):
        return False
    given = {pair[0] for pair in whole if len(pair) == 2 and pair[1] == name[-1]} - set(CIVILITIES) - {"m."}
    return bool(given) and name[-2] not in given if len(name) > 1 else False


class NameReader:
    """Reads the name that begins at a unit; `units` are those of the frame in hand."""

    def __init__(self, text: str, lexicon: Lexicon, names: Names) -> None:
        self._text = text
        self._lexicon = lexicon
        self._names = names
        self.units: list[Unit] = []

    def read(self, index: int) -> Mention | None:
        """The name at a unit; None where there is none."""
        unit = self.units[index]
        leader = self._names.leaders.get(unit.start)
        if leader:
            return self._leader(index, leader)
        if unit.form in CIVILITIES and (unit.capital or unit.form in ("monsieur", "madame")):
            return self._civil(index)
        if unit.start in self._names.bodies:
            return self._body(index, self._names.bodies[unit.start])
        if not unit.capital:
            return None
        if unit.start in self._names.people and not self._is_broken(index):
            return self._person(index, self._end_index(index, self._names.people[unit.start]))
        return self._known_given(index) or self._place(index) or self._unknown_name(index)

    def _body(self, index: int, thing: NamedThing) -> Mention:
        last, gender = self._end_index(index, thing.end), self.units[index].gender
        end = self.units[last - 1].end
        name = thing.name if end == thing.end else self._cut(index, last)  # "CGT-Journalistes" is not the CGT
        return Mention(index, last, thing.start, end, "body", name=name, gender=gender)

    def _place(self, index: int) -> Mention | None:
        unit = self.units[index]
        if unit.start not in self._names.places:
            return None
        last = self._end_index(index, self._names.places[unit.start])
        return Mention(
            index, last, unit.start, self.units[last - 1].end, "place", name=self._cut(index, last)
        )

    def _leader(self, index: int, leaders: list[LeaderMention]) -> Mention:
        longest = max(leaders, key=lambda leader: leader.end)
        people = tuple(leader for leader in leaders if leader.end == longest.end)
        last = self._end_index(index, longest.end)
        return Mention(
            index, last, longest.start, longest.end, "leader", head=self._head_of(index, last), name=people[0].name,
            gender=gender_of(self.units[index].form), plural=len(people) > 1, people=people,
        )  # fmt: skip

    def _head_of(self, first: int, last: int) -> str:
        """The noun of a leader's title, by which others may be told from them."""
        for at in range(first, last):
            if self._lexicon.noun(self.units[at].form) == "role":
                return self.units[at].form
        return ""

    def _civil(self, index: int) -> Mention | None:
        at = index + 1
        if at < len(self.units) and self.units[at].form == ".":
            at += 1
        last = self._capitals(at)
        if last == at:
            return None
        mention = self._person(index, last)
        mention.gender = CIVILITIES[self.units[index].form] or mention.gender
        mention.civility = self.units[index].form
        mention.name = self._cut(at, last)
        return mention

    def _person(self, index: int, last: int) -> Mention:
        """A person by name; the model's span is mended: it goes on over capitals, and starts at one."""
        last = max(last, self._capitals(index))
        while last > index + 1 and not self.units[last - 1].capital:
            last -= 1
        if (
            len(self.units[last - 1].form) == 1
            and last + 1 < len(self.units)
            and self.units[last].form == "."
        ):
            last += 1  # "Liliane B."
        gender = self._lexicon.given.get(self.units[index].form, "")
        start, end = self.units[index].start, self.units[last - 1].end
        return Mention(index, last, start, end, "person", name=self._cut(index, last), gender=gender)

    def _is_broken(self, index: int) -> bool:
        """Whether the model ran two things together: "Menacé, Yannick Morez"."""
        last = self._end_index(index, self._names.people[self.units[index].start])
        first = self.units[index].form
        if self._lexicon.noun(first) is not None or first in self._lexicon.works:
            return True  # "Affaire Bétharram"
        return any(unit.form in (",", ":", ";", "et") for unit in self.units[index:last])

    def _known_given(self, index: int) -> Mention | None:
        """A name that the model did not see as a person's: a usual given name and another capital."""
        last = self._capitals(index)
        if self.units[index].form in self._lexicon.given and last - index > 1:
            return self._person(index, last)
        return None

    def _unknown_name(self, index: int) -> Mention | None:
        """A capital in the middle of a frame, or one that the model takes for a name: somebody or something."""
        unit = self.units[index]
        if len(unit.form) < 2 or (unit.pos not in ("PROPN", "X") and not self._is_inside(index)):
            return None
        last = self._capitals(index)
        if index == 0 and last == 1 and not self._is_subject_like(last):
            return None
        gender, end = self._lexicon.given.get(unit.form), self.units[last - 1].end
        kind: MentionKind = "person" if gender else "body"
        return Mention(index, last, unit.start, end, kind, name=self._cut(index, last), gender=gender or "")

    def _is_inside(self, index: int) -> bool:
        """Whether a capital stands in the middle of a sentence: then it is some name, whatever the model says."""
        before = self.units[index - 1] if index else None
        unit = self.units[index]
        if (
            unit.form in DETERMINERS
            or unit.form in PRONOUNS
            or unit.form in self._lexicon.prepositions
            or unit.form.isdigit()
        ):
            return False
        return before is not None and before.quote is None and before.form[0].isalnum()

    def _is_subject_like(self, at: int) -> bool:
        """Whether a verb, a comma or a colon follows: else a frame's first word is no name."""
        after = self.units[at] if at < len(self.units) else None
        return after is not None and (
            after.pos in ("VERB", "AUX", "PRON") or after.form in (":", "(", "ne", "n'")
        )

    def _capitals(self, index: int) -> int:
        """Past the capitalised words that begin here, particles between them included."""
        units, last = self.units, index
        while last < len(units):
            if (
                units[last].quote is None
                and units[last].capital
                and (last == index or not self._names_other(last))
            ):
                last += 1
            elif (
                last > index
                and units[last].form in _PARTICLES
                and last + 1 < len(units)
                and units[last + 1].capital
            ):
                last += 2
            else:
                break
        return last

    def _names_other(self, index: int) -> bool:
        start = self.units[index].start
        return start in self._names.leaders or start in self._names.bodies

    def _end_index(self, index: int, end: int) -> int:
        last = index + 1
        while last < len(self.units) and self.units[last].start < end and self.units[last].quote is None:
            last += 1
        return last

    def _cut(self, first: int, last: int) -> str:
        return self._text[self.units[first].start : self.units[last - 1].end]

    def is_known_body(self, index: int) -> bool:
        """Whether a unit begins the name of a body that the places tagger knows."""
        return self.units[index].start in self._names.bodies

    def leader_at(self, index: int) -> Mention | None:
        """The leader whom the leader tagger has found at a unit, under whatever name."""
        leaders = self._names.leaders.get(self.units[index].start) if index < len(self.units) else None
        return self._leader(index, leaders) if leaders else None
