"""The streams: thirteen newsrooms, a front page, and a thin stream of more than a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tests.topics.streams.daily import Everyday
from tests.topics.streams.desk import Desk
from tests.topics.streams.events import Planted, plant
from tests.topics.streams.habits import (
    write_anniversary,
    write_columns,
    write_dated_event,
    write_fixtures,
    write_horoscopes,
    write_obituary,
    write_series,
)
from tests.topics.streams.items import Item, sort_items
from tests.topics.streams.mishaps import (
    write_copies,
    write_joining,
    write_late,
    write_layout_change,
    write_single_source,
)
from tests.topics.streams.sources import PRESIDENCY, PRESS, Source

NEWSROOM_DAYS = 49
FRONT_PAGE_DAYS = 84
YEAR_DAYS = 430
LEARNT_D = 14
"""Figures start here: two of each weekday have been seen. What a new installation tells before that has a floor of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Items in the order they arrive, the events planted among them, and the class of each term that is not new."""

    name: str
    days: int
    items: Sequence[Item]
    events: Sequence[Planted]
    classes: Mapping[str, str]


def newsrooms(seed: int) -> Stream:
    """Twelve newsrooms and the presidency, about 400 entries a working day, for seven weeks."""
    sources = [*PRESS, PRESIDENCY]
    sources[5] = replace(sources[5], leaves=30)
    desk, days = Desk(f"newsrooms {seed}", sources), NEWSROOM_DAYS
    write_layout_change(desk, day=26, sources=1, prefix="Fil Continu")
    write_layout_change(desk, day=39, sources=2, prefix="Grand Angle")
    Everyday(desk, days=days).write()
    write_columns(desk, days=days)
    write_horoscopes(desk, days=days)
    write_fixtures(desk, days=days)
    write_series(desk, first=22)
    write_joining(desk, day=24, days=days, names=("Radio Neuve",), volume=20)
    write_joining(desk, day=37, days=days, names=("Nord Vif", "Sud Vif"), volume=10)
    _write_not_new(desk)
    events = [
        *plant(desk, "returns", day=16, size=18),
        *plant(desk, "sudden", day=18, size=30),
        *plant(desk, "slow", day=19, size=10),
        *plant(desk, "as a source joins", day=24, size=14),
        *plant(desk, "as a layout changes", day=26, size=14),
        *plant(desk, "on a Sunday", day=27, size=12),
        *plant(desk, "as a source vanishes", day=30, size=14),
        *plant(desk, "vague first", day=32, size=16),
        *plant(desk, "communique", day=35, size=12),
        *plant(desk, "dispatch", day=38, size=16),
        *plant(desk, "slow", day=37, size=12),
        *plant(desk, "sudden", day=40, size=10),
        *plant(desk, "of a known person", day=22, size=12),
        *plant(desk, "small", day=29, size=5),
        *plant(desk, "small", day=42, size=6),
        *plant(desk, "of a known person", day=43, size=9),
        *plant(desk, "sudden", day=44, size=45),
    ]
    return _stream(f"newsrooms {seed}", desk, days, events)


def _write_not_new(desk: Desk) -> None:
    """What comes once and is no new subject."""
    write_single_source(desk, day=20, count=8)
    write_single_source(desk, day=33, count=14)
    write_copies(desk, day=25, count=9)
    write_copies(desk, day=36, count=11)
    write_late(desk, day=29, age=12, count=14)
    write_late(desk, day=43, age=20, count=10)
    write_dated_event(desk, day=31, count=12)
    write_obituary(desk, day=23, count=6)
    write_obituary(desk, day=41, count=8)
    write_anniversary(desk, [f"affaire {desk.words.name()}", "dix ans après"], day=34, count=7)


def front_page(seed: int, *, one_source: bool = False) -> Stream:
    """Eighteen titles a day for twelve weeks, of five outlets or all of one, and nothing but titles."""
    names = ("La Une",) if one_source else tuple(s.name for s in PRESS[:5])
    sources = [Source(name=name, volume=15 / len(names), weekend=0.8) for name in names]
    name = f"front page {seed}{' of one source' if one_source else ''}"
    desk, days = Desk(name, sources, titles_only=True), FRONT_PAGE_DAYS
    Everyday(desk, days=days).write()
    write_obituary(desk, day=33, count=2)
    write_obituary(desk, day=61, count=3)
    write_dated_event(desk, day=52, count=4)
    write_copies(desk, day=47, count=len(names))
    shapes = ("sudden", "slow", "vague first", "sudden", "slow", "returns", "sudden", "on a Sunday")
    events = [
        event
        for n, shape in enumerate(shapes)
        for event in plant(desk, shape, day=15 + 7 * n - (shape == "on a Sunday") * 2, size=4 + n % 3)
    ]
    return _stream(name, desk, days, events)


def year(seed: int) -> Stream:
    """A dozen articles a day for fourteen months: feasts and fairs come back on their day, events do not."""
    sources = [Source(name=s.name, volume=2.5, weekend=0.7) for s in PRESS[:5]]
    desk, days = Desk(f"year {seed}", sources), YEAR_DAYS
    Everyday(desk, days=days).write()
    feasts = [[f"Fête de {desk.words.name()}", desk.words.rare_phrase()] for _ in range(5)]
    for n, feast in enumerate(feasts):
        day = 20 + 9 * n
        desk.cover(day, feast, count=9, about="first feast")
        desk.cover(day + 1, feast, count=4, about="first feast")
        desk.cover(day + 366, feast, count=9, about="anniversary")
    events = [event for day in range(40, days - 10, 60) for event in plant(desk, "sudden", day=day, size=8)]
    return _stream(f"year {seed}", desk, days, events)


def fortnight(seed: int) -> Stream:
    """A dozen articles a day with their texts, few enough for a real tagger, and one event near the end."""
    sources = [Source(name=s.name, volume=2.5, weekend=0.8) for s in PRESS[:5]]
    desk, days = Desk(f"fortnight {seed}", sources), 15
    Everyday(desk, days=days).write()
    return _stream(f"fortnight {seed}", desk, days, plant(desk, "sudden", day=12, size=10))


def _stream(name: str, desk: Desk, days: int, events: Sequence[Planted]) -> Stream:
    return Stream(
        name=name, days=days, items=sort_items(desk.items), events=tuple(events), classes=dict(desk.classes)
    )
