"""Who writes: newsrooms with their volumes, their nights and their week-ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from random import Random

from tests.topics.streams.items import START
from vigie.model import FeedKind

HOURS = (2, 1, 1, 1, 2, 6, 10, 12, 12, 11, 11, 11, 10, 9, 10, 10, 11, 13, 12, 10, 8, 7, 5, 3)
"""How the 24 hours share a day's articles: few by night, most at breakfast and at six."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher: articles on a working day, what is left of them on Saturdays and Sundays, first and last days."""

    name: str
    volume: float
    weekend: float = 0.55
    kind: FeedKind = "press"
    joins: int = -1
    leaves: int = 10_000

    def count(self, random: Random, day: int) -> int:
        """How many articles it brings that day."""
        if not self.is_there(day):
            return 0
        mean = self.volume * (self.weekend if is_weekend(day) else 1.0)
        return max(0, round(random.gauss(mean, sqrt(mean))))

    def is_there(self, day: int) -> bool:
        """Whether it is heard that day."""
        return self.joins <= day < self.leaves


def is_weekend(day: int) -> bool:
    """The first day is a Monday."""
    return day % 7 > 4


def moment(random: Random, day: int, *, since_h: float = 0.0) -> datetime:
    """A moment of a day, by the rhythm of newsrooms, no earlier than that hour."""
    first = int(since_h)
    hour = random.choices(range(first, 24), HOURS[first:])[0]
    seconds = random.randrange(3600)
    return START + timedelta(days=day, hours=max(hour, since_h), seconds=seconds)


PRESS = tuple(
    Source(name=name, volume=volume, weekend=weekend)
    for name, volume, weekend in (
        ("Le Quotidien des Vaux", 70, 0.6),
        ("Plein Jour", 60, 0.7),
        ("Horizon Infos", 52, 0.9),
        ("La Tribune du Fleuve", 44, 0.5),
        ("Radio Plaine", 38, 0.6),
        ("Le Courrier de Malvaux", 32, 0.3),
        ("L'Écho des Landes", 26, 0.5),
        ("Canal Septième", 20, 0.8),
        ("Le Matin Vert", 15, 0.4),
        ("La Gazette des Îles", 11, 0.5),
        ("Minuit Moins Une", 8, 0.5),
        ("Le Fanal", 5, 0.2),
    )
)
PRESIDENCY = Source(name="Présidence", volume=3, weekend=0.2, kind="official")
