import pytest

from vigie.model import Event
from vigie.search.agenda_days import days_of


def event(first: str | None, last: str | None = None) -> Event:
    return Event(kind="visit", text="x", start=0, end=1, date=first, last_date=last)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (None, None, ()),
        ("2026", None, ("2026",)),
        ("2026-04", None, ("2026-04",)),
        ("2026-04-02", None, ("2026-04-02",)),
        ("2026-02-27", "2026-03-01", ("2026-02-27", "2026-02-28", "2026-03-01")),
        ("2026-04-02", "2026-04-02", ("2026-04-02",)),
        ("2026-04-02", "2026-06-20", ("2026-04-02", "2026-04", "2026-05", "2026-06", "2026-06-20")),
        ("2026-11", "2027-01", ("2026-11", "2026-12", "2027-01")),
        ("2025", "2027", ("2025", "2026", "2027")),
        ("2026-04", "2027", ("2026-04", "2026", "2027")),
        ("2026-04-20", "2026-04-02", ("2026-04-20", "2026-04-02")),
    ],
)
def test_an_event_is_found_by_its_days(first: str | None, last: str | None, days: tuple[str, ...]) -> None:
    assert days_of(event(first, last)) == days


def test_a_long_event_stays_few() -> None:
    assert len(days_of(event("1914-01-01", "2026-12-31"))) == 2
    assert len(days_of(event("1914", "2026"))) < 15
