"""How the page says a date that is only partly known, days, a country, a share: in the reader's language. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta, timezone
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_percent

from vigie.dates.saying import say_days
from vigie.model import DateClaim
from vigie.page.drawing.language import Language, say_moment, words

_PATTERNS = {"year": "y", "month": "MMMM y"}
_LENGTHS = {4: "year", 7: "month"}
_FIRST = "0000-01-01"
"""What completes a date that ends before it: the first month, the first day."""
_DAY, _WEEKDAY = "d MMMM y", "EEEE d MMMM y"


@dataclass(frozen=True, slots=True)
class Teller:
    """Words of one language, in one zone. Templates have it as `tell`."""

    language: Language
    zone: ZoneInfo

    def word(self, text: str) -> str:
        """A word that stands in no template, translated where it can be. Plain text: `_()` in a template gives markup."""
        return words(self.language).gettext(text)

    def dated(self, claim: DateClaim) -> str:
        """A date as far as it is known: no midnight that nobody wrote, and the day that was meant where it was written."""
        if claim.precision in ("second", "minute"):
            return say_moment(claim.at, self.language, self.zone)
        offset = claim.offset_minutes
        zone = self.zone if offset is None else timezone(timedelta(minutes=offset))
        day = claim.at.astimezone(zone).date()
        return format_date(day, _PATTERNS.get(claim.precision, _WEEKDAY), locale=self.language)

    def days(self, first: str, last: str | None = None) -> str:
        """ISO dates that may be cut ("2018-05"); what is no date is given back as it is."""
        if self.language == "fr":
            return say_days(first, last)
        return f"{self._part(first)} to {self._part(last)}" if last else self._part(first)

    def term(self, start: str, end: str, running: str) -> str:
        """From a day, month or year up to another, or `running` where there is no end."""
        return f"{self._part(start, _DAY)} – {self._part(end, _DAY) if end else running}"

    def country(self, code: str) -> str:
        """A country's name, or the code where it is no country's."""
        name: str = Locale(self.language).territories.get(code.upper(), code)
        return name

    def share(self, part: float) -> str:
        """ "95 %"."""
        return format_percent(part, locale=self.language)

    def _part(self, written: str, day: str = _WEEKDAY) -> str:
        try:
            whole = date.fromisoformat(f"{written}{_FIRST[len(written) :]}")
        except ValueError:
            return written
        return format_date(whole, _PATTERNS.get(_LENGTHS.get(len(written), ""), day), locale=self.language)
