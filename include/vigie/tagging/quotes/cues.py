"""Cues: what in a frame says whose words a quotation is.

Tried in this order: a verb of speech that governs it ("X a dénoncé « … »"), a verb that follows it ("« … », a dit X"),
"selon X" beside it, a colon ("X hausse les épaules : « … »"), an attribution of the whole sentence ("…, a dit X"), and
whoever is the subject of what is being told.
"""

from dataclasses import dataclass
from typing import Literal

from vigie.tagging.quotes.according import LIGHT, AccordingReader
from vigie.tagging.quotes.clauses import ClauseReader
from vigie.tagging.quotes.colons import DASHES, ColonReader
from vigie.tagging.quotes.frames import Frame
from vigie.tagging.quotes.lexicon import Lexicon
from vigie.tagging.quotes.mentions import SPEAKERS, Mention
from vigie.tagging.quotes.verbs import Verb

_PARTICIPLE_REACH = 6
"""Units from a participle alone to the words that it governs, at most."""
_HELD = frozenset({"a", "ont", "avait", "avaient", "aurait", "auraient"})
_HOLDERS = frozenset({"que", "qu'", "si", "comment", "pourquoi"})
_PARTERS = frozenset({"et", "mais", "que", "quand", "pendant", "puis"})
_LEADS = frozenset({"comme", "ainsi", "que", "l'", "le", "a", "aussi", "-", "–"})
_PLAIN = frozenset({"saying", "manner"})
CueKind = Literal["verb", "incise", "according", "colon", "sentence", "subject"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Who speaks by which sign. `mention` is None where the sign is there and names nobody ("a été jugé « … »").

    `verb` is the one that governs; `gap` the number of units between it and the quotation.
    """

    kind: CueKind
    mention: Mention | None
    verb: Verb | None = None
    gap: int = 0


class CueReader:
    """The cues of one frame."""

    def __init__(self, clauses: ClauseReader, lexicon: Lexicon) -> None:
        self._clauses = clauses
        self._lexicon = lexicon
        self._frame: Frame = clauses.frame
        self._units = clauses.units
        self._mentions = clauses.mentions
        self._colons = ColonReader(clauses, lexicon)
        self._according = AccordingReader(clauses, lexicon)
        self.according = self._according.found

    def cue(self, at: int) -> Cue | None:
        """The cue of the quotation at unit `at`."""
        held = self._held(at)
        if held:
            return held
        governing = self._governing(at)
        weak = governing is not None and governing.verb is not None and governing.verb.kind == "weak"
        somebody = (
            governing is not None and governing.mention is not None and governing.mention.kind in SPEAKERS
        )
        if somebody and not weak:
            return governing
        according = self._according.beside(at)
        doubted = according is not None and not according.sure and somebody
        return (
            self._incise(at)
            or (Cue("according", according.mention) if according and not doubted else None)
            or (None if weak else governing)
            or self._by_colon(at)
            or self._sentence(at)
            or governing
            or self._subject(at)
        )

    # Verbs

    def _held(self, at: int) -> Cue | None:
        """ "X a « souhaité … »": the verb stands inside the marks, its auxiliary before them."""
        before = self._units[at - 1] if at else None
        if (
            before is None
            or before.form not in ("a", "ont", "avait", "avaient", "aurait")
            or before.written == "à"
        ):
            return None
        verb = Verb(at - 1, at - 1, at, "finite", "saying", plural=before.form in ("ont", "avaient"))
        subject = self._clauses.subject(verb)
        return Cue("verb", subject, verb) if subject and subject.kind in SPEAKERS else None

    def _governing(self, at: int) -> Cue | None:
        """The nearest verb of speech before, in the same stretch of telling."""
        start = self._stretch_start(at)
        colon = self._units[at - 1].form == ":"
        verbs = [
            v
            for v in self._clauses.verbs
            if start <= v.head < at and v.kind and not self._according.holds(v.head)
        ]
        speech = [v for v in verbs if v.kind in ("saying", "judging") or (v.kind == "manner" and colon)]
        weak = [v for v in verbs if v.kind == "weak" and at - v.last <= 4]
        verb = speech[-1] if speech else None
        if weak and (verb is None or (weak[-1].head > verb.head and not self._holds(verb, weak[-1]))):
            verb = weak[-1]
        if verb is None or self._is_done(verb, at):
            return None
        subject = self._clauses.subject(verb)
        if verb.mood == "infinitive" or (verb.passive and subject is None):
            verb = self._telling_that(verbs, verb) or verb
            subject = self._clauses.subject(verb)
        return Cue("verb", subject, verb, at - verb.last)

    def _telling_that(self, verbs: list[Verb], inner: Verb) -> Verb | None:
        """The verb whose "que" holds an infinitive: "X juge que Paris doit dénoncer une « faute »" is of X."""
        for verb in reversed(verbs):
            if (
                verb.head < inner.head
                and verb.kind == "saying"
                and verb.mood == "finite"
                and self._holds(verb, inner)
            ):
                return verb
        return None

    def _holds(self, verb: Verb, inner: Verb) -> bool:
        """Whether "que" or "de" stands between: what the inner verb says is said by the outer one's subject."""
        held = {unit.form for unit in self._units[verb.last : inner.first + 1]}
        return bool(held & {"que", "qu'"}) or (inner.passive and bool(held & {"de", "d'"}))

    def _is_done(self, verb: Verb, at: int) -> bool:
        """Whether a new clause with its own subject and verb begins between a verb of speech and a quotation.

        "…, a dit X, et Y s'est levé : « … »" is no longer of what X said.
        """
        if verb.mood == "past" and at - verb.last > _PARTICIPLE_REACH:
            return True
        return any(self._begins_anew(verb, other, at) for other in self._clauses.verbs)

    def _begins_anew(self, verb: Verb, other: Verb, at: int) -> bool:
        if not (verb.last <= other.first and other.head < at and other.mood == "finite"):
            return False
        subject = self._clauses.subject(other)
        if subject is None or subject.first < verb.last or subject.kind not in SPEAKERS:
            return False
        held = any(unit.form in _HOLDERS for unit in self._units[verb.last : other.first])
        before = self._units[subject.first - 1].form
        parted = before in _PARTERS and any(
            unit.form == "," for unit in self._units[verb.last : subject.first]
        )
        return (self._units[at - 1].form == ":" and not held) or (parted and subject.kind != "pronoun")

    def _stretch_start(self, at: int) -> int:
        return next((i + 1 for i in range(at - 1, -1, -1) if self._units[i].form == ";"), 0)

    def _incise(self, at: int) -> Cue | None:
        """ "« … », a déclaré X", "« … » déclare-t-il", "« … », comme le dit X"."""
        index = at + 1
        while index < len(self._units) and self._units[index].form in LIGHT:
            index += 1
        verb = next((v for v in self._clauses.verbs if index <= v.first <= index + 3), None)
        if verb is None or verb.mood != "finite" or verb.passive or self._is_mute(verb):
            return None
        beside, lead = index == at + 1, {unit.form for unit in self._units[index : verb.first]}
        if not lead <= _LEADS or (verb.kind is None and verb.pronoun is None and beside):
            return None
        mention = self._inverted(verb)
        if mention is None or (mention.kind not in SPEAKERS and (beside or verb.kind not in _PLAIN)):
            return None
        return Cue("incise", mention, verb)

    def _inverted(self, verb: Verb) -> Mention | None:
        """The subject behind a verb."""
        return self._clauses.subject(verb) if verb.pronoun is not None else self._clauses.subject_after(verb)

    def _is_mute(self, verb: Verb) -> bool:
        return self._units[verb.head].form in self._lexicon.mute

    def inner_incise(self) -> Cue | None:
        """The incise between two commas of a quotation's own words: ", a-t-il ajouté,"."""
        for verb in self._clauses.verbs:
            if verb.kind not in ("saying", "manner") or verb.mood != "finite" or verb.first == 0:
                continue
            if self._units[verb.first - 1].form != "," and self._units[verb.first - 1].form not in DASHES:
                continue
            mention = (
                self._clauses.subject(verb) if verb.pronoun is not None else self._clauses.subject_after(verb)
            )
            if mention is None or mention.kind not in SPEAKERS or mention.head == "je":
                continue
            closed = next(
                (u.form for u in self._units[max(verb.last, mention.last) :] if u.pos not in ("ADV",)), ","
            )
            if closed in (",", "-", "–", "—"):
                return Cue("incise", mention, verb)
        return None

    # Whole sentences

    def _by_colon(self, at: int) -> Cue | None:
        mention = self._colons.speaker(at)
        return Cue("colon", mention) if mention else None

    def _sentence(self, at: int) -> Cue | None:
        """ "La réunion doit « … », a déclaré X.": the frame's last clause, when it is an incise of speech."""
        for verb in self._clauses.verbs:
            if (
                verb.head <= at
                or verb.kind not in ("saying", "manner")
                or verb.mood != "finite"
                or verb.first == 0
            ):
                continue
            before = self._units[verb.first - 1]
            if before.form == "," or before.quote is not None:
                mention = (
                    self._clauses.subject(verb)
                    if verb.pronoun is not None
                    else self._clauses.subject_after(verb)
                )
                if mention and mention.kind in SPEAKERS:
                    return Cue("sentence", mention, verb)
        for row in self.according:
            if row.first > at and row.sure and row.mention.kind in SPEAKERS:
                return Cue("sentence", row.mention)
        return None

    def _subject(self, at: int) -> Cue | None:
        """The subject of the verb that stands nearest, when it is somebody."""
        before = [v for v in self._clauses.verbs if v.head < at and v.mood == "finite"]
        after = [v for v in self._clauses.verbs if v.head > at and v.mood == "finite"]
        for verb in (*reversed(before), *after[:1]):
            subject = self._clauses.subject(verb)
            if subject is not None and subject.kind in SPEAKERS and subject.kind not in ("document", "place"):
                return Cue("subject", subject, verb, at - verb.last)
        return None
