""" "Selon X", "d'après X", "aux yeux de X", "pour X": where a frame says so, and which quotations that is said of."""

from dataclasses import dataclass

from vigie.tagging.quotes.clauses import ClauseReader
from vigie.tagging.quotes.frames import Unit
from vigie.tagging.quotes.lexicon import Lexicon, as_tokens
from vigie.tagging.quotes.mentions import SPEAKERS, Mention

LIGHT = frozenset({",", ";", "-", "–", "—", ")", "…", "!", "?", ".", "("})
"""Signs that may stand between a quotation and what says whose it is."""
_DOUBTED = SPEAKERS - {"place", "document"}
_NEAR = 8
"""Units between a quotation and "selon X" at most, when no verb stands there."""
_BEFORE_CLAUSE = frozenset({",", "et", "mais", "car", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class According:
    """ "selon X" over the units `first` to `last` (not in it); `sure` where the words mean nothing else ("pour" may)."""

    first: int
    last: int
    mention: Mention
    sure: bool


class AccordingReader:
    """The "selon X" of one frame."""

    def __init__(self, clauses: ClauseReader, lexicon: Lexicon) -> None:
        self._clauses = clauses
        self._units: list[Unit] = clauses.units
        self._lexicon = lexicon
        self.found = self._read()

    def beside(self, at: int) -> According | None:
        """The "selon X" behind a quotation, or before it in the frame, that says whose it is."""
        behind = next((row for row in self.found if row.first > at and self._is_behind(at, row)), None)
        before = next((row for row in reversed(self.found) if self._is_before(at, row)), None)
        return behind or before

    def holds(self, unit: int) -> bool:
        """Whether a unit is one of the words themselves: "à en croire X" has no verb of speech."""
        return any(row.first <= unit < row.last for row in self.found)

    def _read(self) -> list[According]:
        tokens = as_tokens(unit.form for unit in self._units)
        found: list[According] = []
        for index in range(len(tokens)):
            matches = self._lexicon.according.matches(tokens, index)
            if not matches or (found and tokens[index].start < found[-1].last):
                continue
            last, (sure, *_) = matches[0]
            mention = self._mention_near(tokens[last].start) if last < len(tokens) else None
            if mention and (mention.kind in _DOUBTED or sure):
                found.append(According(tokens[index].start, mention.last, mention, sure))
        return found

    def _mention_near(self, unit: int) -> Mention | None:
        """The mention at a unit, behind "de" and an article, or inside a phrase ("l'avis de X")."""
        for mention in self._clauses.mentions:
            if unit <= mention.first <= unit + 1:
                return mention
            if mention.first < unit < mention.last and mention.inner and mention.inner.first >= unit - 1:
                return mention.inner
            if mention.first == unit - 1 and unit < mention.last and mention.inner is None:
                return mention
        return None

    def _is_before(self, at: int, row: According) -> bool:
        """Whether "Selon X, …" opens the clause of a quotation."""
        if row.last > at or row.mention.kind not in SPEAKERS:
            return False
        if any(unit.form == ";" for unit in self._units[row.last : at]):
            return False
        comma = self._units[row.last].form in (",", ":")
        return row.sure or row.last == at or (comma and self._opens_clause(row.first))

    def _opens_clause(self, at: int) -> bool:
        before = self._units[at - 1] if at else None
        return before is None or before.form in _BEFORE_CLAUSE or before.quote is not None

    def _is_behind(self, at: int, row: According) -> bool:
        """Whether "selon X" follows a quotation: at once, or after a few words without a verb."""
        between = self._units[at + 1 : row.first]
        if any(unit.quote is not None for unit in between) or (not row.sure and row.mention.kind == "thing"):
            return False
        if all(unit.form in LIGHT for unit in between):
            return True
        verbs = any(at < verb.first < row.first and verb.mood == "finite" for verb in self._clauses.verbs)
        return row.sure and len(between) <= _NEAR and not verbs
