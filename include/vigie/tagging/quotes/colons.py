"""A colon before a quotation, a headline's colon behind it, a signature: who stands at the other side."""

from vigie.tagging.quotes.clauses import ClauseReader
from vigie.tagging.quotes.lexicon import Lexicon
from vigie.tagging.quotes.mentions import SPEAKERS, Mention

DASHES = frozenset({"-", "–", "—"})
_OWN = frozenset({"son", "sa", "ses", "leur", "leurs"})


class ColonReader:
    """Who speaks by the signs around a quotation alone."""

    def __init__(self, clauses: ClauseReader, lexicon: Lexicon) -> None:
        self._clauses = clauses
        self._units = clauses.units
        self._lexicon = lexicon

    def speaker(self, at: int) -> Mention | None:
        """Who says the quotation at unit `at`; None where no such sign stands beside it."""
        return self._colon(at) or self._title(at)

    def _colon(self, at: int) -> Mention | None:
        """ "X n'en démord pas : « … »", "Le mot de X : « … »", "Sa réponse : « … »"."""
        if at == 0 or (self._units[at - 1].form not in (":", ",") and self._units[at - 1].form not in DASHES):
            return None
        if self._units[at - 1].form != ":" and at > 3:
            return None
        end = at - 1
        finite = [v for v in self._clauses.verbs if v.head < end and v.mood == "finite"]
        own = self._own_saying(end)
        for verb in reversed(finite):
            subject = self._clauses.subject(verb)
            if subject is not None and subject.kind in SPEAKERS and subject.kind != "document":
                return subject
        if own:
            return own
        said = [m for m in self._clauses.mentions if m.last <= end and m.kind in SPEAKERS]
        free = [m for m in said if not m.governed and not m.object]
        return free[0] if free else said[-1] if said else self._inside_saying(end)

    def _inside_saying(self, end: int) -> Mention | None:
        return next(
            (
                m.inner
                for m in reversed(self._clauses.mentions)
                if m.last <= end and m.inner and m.inner.kind in SPEAKERS
            ),
            None,
        )

    def _own_saying(self, end: int) -> Mention | None:
        """ "Sa réponse": of whoever was spoken of last, as a pronoun without a gender."""
        for mention in self._clauses.mentions:
            first = self._units[mention.first].form
            if (
                mention.last <= end
                and first in _OWN
                and self._lexicon.noun(mention.head) in ("saying", "document")
            ):
                unit = self._units[mention.first]
                return Mention(
                    mention.first,
                    mention.first + 1,
                    unit.start,
                    unit.end,
                    "pronoun",
                    head=first,
                    plural=first.startswith("leur"),
                )
        return None

    def _title(self, at: int) -> Mention | None:
        """ "« … » : X réagit" and "« … » (X)": a headline's order, a signature."""
        if at + 2 >= len(self._units):
            return None
        sign, after = self._units[at + 1].form, self._mention_at(at + 2)
        if after and after.kind in SPEAKERS and not after.governed:
            if sign == ":" and at <= 1:
                return after
            closed = after.last < len(self._units) and self._units[after.last].form == ")"
            if (sign == "(" and closed) or (sign in DASHES and after.last >= len(self._units) - 1):
                return after
        return None

    def _mention_at(self, unit: int) -> Mention | None:
        return next((m for m in self._clauses.mentions if m.first == unit), None)
