"""Days as French says them: "jeudi 24 mai 2018", "du 12 au 14 mars 2018", "semaine du 12 mars 2018", "mai 2018"."""

from datetime import date, timedelta

_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def say_days(first: str, last: str | None = None) -> str:
    """ISO dates, whole or cut ("2018-05"), in French; what is no date is given back as it is."""
    try:
        if not last:
            return _say(first, with_weekday=True)
        if len(first) == len(last) == len("2018-05-24"):
            return _say_span(date.fromisoformat(first), date.fromisoformat(last))
        if len(first) == len("2018-05") and first[:4] == last[:4]:
            return f"{_MONTHS[int(first[5:]) - 1]} à {_say(last)}"
        return f"{_say(first)} à {_say(last)}"
    except (ValueError, IndexError):
        return f"{first} à {last}" if last else first


def _say(written: str, *, with_weekday: bool = False) -> str:
    if len(written) == len("2018"):
        return written
    if len(written) == len("2018-05"):
        return f"{_MONTHS[int(written[5:]) - 1]} {written[:4]}"
    day = date.fromisoformat(written)
    said = f"{_number(day)} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_WEEKDAYS[day.weekday()]} {said}" if with_weekday else said


def _say_span(first: date, last: date) -> str:
    if first.weekday() == 0 and last == first + timedelta(days=6):
        return f"semaine du {_say(first.isoformat())}"
    begin = _number(first)
    if (first.year, first.month) != (last.year, last.month):
        begin += f" {_MONTHS[first.month - 1]}"
    if first.year != last.year:
        begin += f" {first.year}"
    return f"du {begin} au {_say(last.isoformat())}"


def _number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)
