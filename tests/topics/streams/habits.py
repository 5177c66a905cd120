"""What comes back by the calendar and is never new: columns, horoscopes, fixtures, series, dated events, anniversaries."""

from collections.abc import Sequence

from tests.topics.streams.desk import Desk
from tests.topics.streams.sources import moment

SIGNS = (
    "Bélier",
    "Taureau",
    "Gémeaux",
    "Cancer",
    "Lion",
    "Vierge",
    "Balance",
    "Scorpion",
    "Sagittaire",
    "Capricorne",
    "Verseau",
    "Poissons",
)
CLUBS = 24


def write_columns(desk: Desk, *, days: int) -> None:
    """Each Monday a column of one outlet, each Friday one that six articles of several outlets have."""
    desk.class_of(
        "weekly column", "Jardins du lundi", "Grand Tirage", "Carnet de saison", "tirage du vendredi"
    )
    for day in range(days):
        if day % 7 == 0:
            _of_one(desk, day, ["Jardins du lundi", "Carnet de saison"], count=3, about="weekly column")
        if day % 7 == 4:
            desk.cover(
                day, ["Grand Tirage", "tirage du vendredi"], count=6, about="weekly column", since_h=17
            )


def write_horoscopes(desk: Desk, *, days: int) -> None:
    """Each day three outlets head their horoscope with another sign."""
    desk.class_of("horoscope", "Horoscope du jour", *(f"Lune en {sign}" for sign in SIGNS))
    for day in range(days):
        sign = desk.random.choice(SIGNS)
        desk.cover(day, ["Horoscope du jour", f"Lune en {sign}"], count=3, about="horoscope", odds=0.9)


def write_fixtures(desk: Desk, *, days: int) -> None:
    """Each week-end six matches of a championship, each Wednesday two of a cup with clubs that are seldom seen."""
    clubs = [desk.words.name() for _ in range(CLUBS)]
    abroad = [desk.words.name() for _ in range(CLUBS)]
    desk.class_of("fixture", *clubs, *abroad)
    for day in range(days):
        if day % 7 in (5, 6):
            playing = desk.random.sample(clubs, 6)
            for home, away in zip(playing[::2], playing[1::2], strict=True):
                _match(desk, day, home, away, f"{day // 7 + 3}e journée", articles=(3, 7))
        if day % 7 == 2:
            home, away = desk.random.choice(clubs), desk.random.choice(abroad)
            _match(desk, day, home, away, "huitièmes de finale", articles=(5, 9))


def _match(desk: Desk, day: int, home: str, away: str, round_: str, *, articles: tuple[int, int]) -> None:
    coach = desk.words.name()
    desk.class_of("fixture", round_, coach, f"{home} {away}", f"{home}-{away}")
    terms = [home, away, round_, "football", "championnat", coach]
    if day:
        desk.cover(day - 1, [home, away, round_, "football"], count=2, about="fixture", odds=0.6)
    desk.cover(day, terms, count=desk.random.randint(*articles), about="fixture", since_h=15)


def write_series(desk: Desk, *, first: int) -> None:
    """One outlet's summer series: two episodes a day for five days, each under the same title."""
    desk.class_of("series", "Les Chemins d'Ombeline", "Ombeline", "épisode")
    for day in range(first, first + 5):
        _of_one(desk, day, ["Les Chemins d'Ombeline", "Ombeline", "épisode"], count=2, about="series")


def write_dated_event(desk: Desk, *, day: int, count: int) -> None:
    """A fair that was announced: a few words each third day, and all on the day it opens."""
    terms = [f"Salon de {desk.words.name()}", desk.words.rare_phrase(), "exposants"]
    desk.class_of("dated event", *terms[:2])
    for before in range(day - 15, day, 3):
        desk.cover(before, terms, count=1, about="dated event")
    for after, share in enumerate((1.0, 0.6, 0.4)):
        desk.cover(day + after, terms, count=max(1, round(count * share)), about="dated event")


def write_obituary(desk: Desk, *, day: int, count: int) -> None:
    """Somebody whom old readers knew has died: a day of articles, and nothing after it."""
    terms = [desk.words.person(), desk.words.rare_phrase(), "obsèques"]
    desk.class_of("obituary", *terms[:2], terms[0].split()[-1])
    desk.cover(day, terms, count=count, about="obituary", since_h=8)


def write_anniversary(desk: Desk, terms: Sequence[str], *, day: int, count: int) -> None:
    """Years after a thing that no baseline remembers, several outlets look back on the same day."""
    desk.class_of("anniversary", *terms)
    desk.cover(day, terms, count=count, about="anniversary")


def _of_one(desk: Desk, day: int, terms: Sequence[str], *, count: int, about: str) -> None:
    source = desk.sources[1]
    for _ in range(count):
        desk.write(terms, at=moment(desk.random, day), source=source, about=about)
