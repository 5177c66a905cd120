"""Clauses without a parser: the subject of each verb of a frame.

A verb's subject is the pronoun or the name behind it where it is inverted ("a déclaré X", "ajoute-t-elle"), the word
before "qui", else the nearest free mention before it; a verb joined to another ("et dénonce", "en dénonçant", "avant de
dénoncer") has the other's subject.
"""

from vigie.tagging.quotes.frames import Frame
from vigie.tagging.quotes.lexicon import Lexicon
from vigie.tagging.quotes.mentions import SPEAKERS, Mention
from vigie.tagging.quotes.verbs import Verb, VerbReader

_JOINERS = frozenset({"et", "ou", "puis", "mais"})
_SUBORDINATORS = frozenset({"que", "qu'", "si", "lorsque", "lorsqu'", "quand", "parce", "puisque", "puisqu'", "alors", "tandis", "dont", "ou", "quoique", "bien"})  # fmt: skip
_RELATIVES = frozenset({"qui", "que", "qu'", "dont", "ou", "lequel", "laquelle"})
_INVERTERS = frozenset({"comme", "que", "qu'", "ainsi"})
_SHOWN = frozenset({"leader", "person", "role"})
_AGREEING = ("ée", "ées", "és", "ie", "ies", "ue", "ues", "te", "tes", "ts", "se", "ses")
"""Endings of a participle that goes with a noun: ", jugée « injuste »" joins no verb."""
_TONIC = frozenset({"lui", "elle", "eux", "elles"})
_POINTING = frozenset({"celui-ci", "celle-ci", "ceux-ci", "celles-ci"})


class ClauseReader:
    """The verbs of one frame and their subjects."""

    def __init__(self, frame: Frame, mentions: list[Mention], lexicon: Lexicon) -> None:
        self.frame = frame
        self.units = frame.units
        self.mentions = mentions
        self._inside = {index: m for m in mentions for index in range(m.first, m.last)}
        self.verbs = VerbReader(frame.units, self._inside, lexicon).read()
        self._subjects: dict[int, Mention | None] = {}

    def subject(self, verb: Verb) -> Mention | None:
        """Whose act a verb is, as a mention of this frame; None where the frame does not say."""
        if verb.head not in self._subjects:
            self._subjects[verb.head] = None  # in case it asks for itself
            self._subjects[verb.head] = self._find_subject(verb)
        return self._subjects[verb.head]

    def _find_subject(self, verb: Verb) -> Mention | None:
        if verb.pronoun is not None:
            return self._inside.get(verb.pronoun)
        if verb.passive or (verb.mood == "past" and not self._is_joined(verb)):
            return self._agent(verb)
        if verb.mood in ("infinitive", "present") or self._is_joined(verb):
            return self._shared_subject(verb)
        if self._opens_incise(verb):
            found = self.subject_after(verb)
            if found and (found.kind in SPEAKERS - {"place"} or self._follows_quote(verb)):
                return found
        return self._subject_before(verb)

    def _follows_quote(self, verb: Verb) -> bool:
        return any(unit.quote is not None for unit in self.units[max(0, verb.first - 2) : verb.first])

    def _agent(self, verb: Verb) -> Mention | None:
        """ "qualifié de « … » par X", "accusé par X de « … »"; of a passive, never its subject."""
        end = next(
            (v.first for v in self.verbs if v.first > verb.head and v.mood == "finite"), len(self.units)
        )
        return next(
            (
                m
                for m in self.mentions
                if verb.last <= m.first < end and m.governed == "par" and m.kind in SPEAKERS
            ),
            None,
        )

    def _is_joined(self, verb: Verb) -> bool:
        """Whether a verb goes on from another: "et dénoncé", "puis dénonce", ", vanté X"."""
        at = verb.first - 1
        while at >= 0 and self.units[at].pos == "ADV" and self.units[at].form not in _JOINERS:
            at -= 1
        if at <= 0 or not any(v.head < at for v in self.verbs):
            return False
        listed = self.units[at].form == "," and verb.mood == "past" and verb.kind is not None
        agreeing = self.units[verb.head].written.lower().endswith(_AGREEING)
        return self.units[at].form in _JOINERS or (listed and not agreeing)

    def _shared_subject(self, verb: Verb) -> Mention | None:
        """The subject of the finite verb before, else of the one after ("Dénonçant …, X a claqué la porte")."""
        shown = next((m for m in self.mentions if m.last == verb.first and m.kind in _SHOWN), None)
        if shown is not None and verb.mood == "infinitive" and not shown.governed:
            return shown  # "on voit X dénoncer"
        start = self._clause_start(verb)
        before = [
            v
            for v in self.verbs
            if v.head < verb.first
            and v.mood == "finite"
            and v.head >= start
            and not self._in_closed_relative(v, verb)
        ]
        if before and self._is_joined(verb):
            before = [v for v in before if not self._is_incise(v)] or before
        if before:
            return self.subject(before[-1])
        after = [v for v in self.verbs if v.head > verb.head and v.mood == "finite"]
        if after:
            return self.subject(after[0])
        return next(
            (m for m in self.mentions if not m.governed and not m.object and m.kind in SPEAKERS), None
        )

    def _is_incise(self, verb: Verb) -> bool:
        """Whether the subject stands behind the verb: ", révèle X," carries nothing on."""
        subject = self.subject(verb)
        return subject is not None and subject.first > verb.head

    def _clause_start(self, verb: Verb) -> int:
        return next((i + 1 for i in range(verb.first - 1, -1, -1) if self.units[i].form == ";"), 0)

    def _in_closed_relative(self, inner: Verb, verb: Verb) -> bool:
        """Whether `inner` stands in ", qui …," that is closed before `verb`."""
        at = inner.first - 1
        while at >= 0 and self.units[at].form not in (",", ";"):
            if self.units[at].form in _RELATIVES and at > 0 and self.units[at - 1].form == ",":
                return any(self.units[i].form == "," for i in range(inner.last, verb.first))
            at -= 1
        return False

    def _opens_incise(self, verb: Verb) -> bool:
        """Whether the subject is to be looked for behind: after a quotation, a comma, "comme"."""
        at = verb.first - 1
        if at < 0:
            return bool(verb.kind)
        unit = self.units[at]
        if unit.quote is not None:
            return not (at > 0 and self._inside.get(at) is not None)
        if unit.form in _INVERTERS:
            return not (unit.form in ("que", "qu'") and at > 0 and self.units[at - 1].form in ("dit",))
        if unit.form not in (",", "-", "–", "—", "(", "…", "?", "!"):
            return False
        if at > 0 and self.units[at - 1].quote is not None:
            return True
        if at > 2 and self.units[at - 1].form in _TONIC and self.units[at - 2].form == ",":
            at -= 2  # "Alain Juppé, lui, | a jugé"
        return not self._subject_ends_at(at)

    def _subject_ends_at(self, at: int) -> bool:
        """Whether the words before a comma are a subject's: "Le maire, Anne Durand, | a dit"."""
        mention = self._inside.get(at - 1)
        return (
            mention is not None and not mention.governed and not mention.object and mention.kind in SPEAKERS
        )

    def subject_after(self, verb: Verb) -> Mention | None:
        """The first free mention behind an inverted verb, before the next clause; a thing only right behind it."""
        end = self._clause_end(verb)
        behind = [
            m
            for m in self.mentions
            if verb.last <= m.first < end and not m.governed and not self._is_others(m, verb)
        ]
        thing = next((m for m in behind[:1] if m.kind == "thing" and m.first - verb.last <= 1), None)
        if thing is not None and not self._follows_quote(verb):
            return thing
        speaker = next(
            (m for m in behind if m.kind in SPEAKERS and (m.kind != "pronoun" or m.head in _POINTING)), None
        )
        return self._paired_after(speaker, verb) if speaker else thing

    def _paired_after(self, mention: Mention, verb: Verb) -> Mention:
        """ "jugent X et Y": both."""
        second = next((m for m in self.mentions if m.first == mention.last + 1), None)
        if verb.plural and second and second.kind in SPEAKERS and self.units[mention.last].form == "et":
            second.partner = mention
            return second
        return mention

    def _is_others(self, mention: Mention, verb: Verb) -> bool:
        """Whether a mention is the object of another verb: "a lancé un appel en vue de créer une agence"."""
        if not mention.object:
            return False
        return any(v.head != verb.head and verb.last <= v.head < mention.first for v in self.verbs)

    def _clause_end(self, verb: Verb) -> int:
        for at in range(verb.last, len(self.units)):
            unit = self.units[at]
            if unit.quote is not None or unit.form in (";", ":") or unit.form in _SUBORDINATORS | {"qui"}:
                return at
            if any(v.first == at and v.mood == "finite" for v in self.verbs):
                return at
        return len(self.units)

    def _subject_before(self, verb: Verb) -> Mention | None:
        before = [m for m in self.mentions if m.last <= verb.first]
        at = verb.first - 1
        if at >= 0 and self.units[at].form == "qui":
            found = next((m for m in reversed(before) if m.last <= at and self._agrees(m, verb)), None)
            return found.inner if found and found.kind == "thing" and found.inner else found
        thing: Mention | None = None
        for mention in reversed(before):
            if any(unit.form in (";", ":") for unit in self.units[mention.last : verb.first]):
                break
            if (
                mention.governed
                or mention.object
                or not self._agrees(mention, verb)
                or self._in_aside(mention, verb)
            ):
                continue
            if mention.kind in SPEAKERS:
                return self._paired(mention, verb) if thing is None or self._is_far(thing, verb) else thing
            thing = thing or mention
        return thing

    def _paired(self, mention: Mention, verb: Verb) -> Mention:
        """ "X et Y": the second of two with a plural verb stands for both."""
        index = self.mentions.index(mention)
        before = self.mentions[index - 1] if index else None
        joined = (
            before is not None and before.last == mention.first - 1 and self.units[before.last].form == "et"
        )
        if verb.plural and not mention.plural and joined:
            mention.partner = before
        return mention

    def _is_far(self, thing: Mention, verb: Verb) -> bool:
        """Whether a comma parts a thing from the verb: then it is no subject."""
        return any(unit.form == "," for unit in self.units[thing.last : verb.first])

    def _in_aside(self, mention: Mention, verb: Verb) -> bool:
        """Whether a mention stands in a relative clause or an aside that commas close before the verb."""
        if not any(unit.form == "," for unit in self.units[mention.last : verb.first]):
            return False
        at = mention.first - 1
        while at >= 0 and self.units[at].form not in (",", ";"):
            if self.units[at].form in _RELATIVES:
                return True
            at -= 1
        return False

    def _agrees(self, mention: Mention, verb: Verb) -> bool:
        if verb.plural is None or mention.kind == "body" or mention.plural == verb.plural:
            return True
        return verb.plural and mention.first > 0 and self.units[mention.first - 1].form == "et"
