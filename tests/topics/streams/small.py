"""Streams of a few hundred articles, for tests of one thing: a calm background, and bursts that a test asks for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from random import Random

from tests.topics.streams.items import START, Item, sort_items, tagged
from tests.topics.streams.words import Words, Zipf

SOURCES = ("Le Quotidien des Vaux", "Plein Jour", "Radio Plaine", "Le Fanal")
COMMON = 400
DAYS = 26
EVENTS = {"Zorvane": 16, "affaire Bellecombe": 20, "barrage de Malpertuis": 22}
"""What happens in `planted`, with its day."""


def calm(seed: int, *, days: int = DAYS, per_source: int = 8) -> list[Item]:
    """Unrelated articles of four sources: common words, somebody who is there every day, and names used once."""
    random = Random(f"calm {seed}")
    words = Words(random)
    common = Zipf([f"mot{n}" for n in range(COMMON)])
    items = []
    for day in range(days):
        for source in SOURCES:
            for n in range(per_source):
                at = START + timedelta(days=day, seconds=random.randrange(86_400))
                terms = [common.draw(random) for _ in range(4)] + [words.name(), "Présidente Martin"]
                items.append(item(f"{day}-{source}-{n}", at, source, terms))
    return sort_items(items)


def item(name: str, at: datetime, source: str, terms: Sequence[str], *, about: str | None = None) -> Item:
    """One article with a title of its first term."""
    article = tagged(name, at, source, terms, title=f"Ce que l'on sait : {terms[0]}")
    return Item(tagged=article, arrives=at, about=about)


def burst(
    term: str,
    companion: str,
    *,
    day: int,
    hours: float,
    sources: Sequence[str],
    copy: bool = False,
    seed: int = 7,
) -> list[Item]:
    """One article of each of these sources, spread over some hours from a day on; all but the first may be copies."""
    random = Random(f"{term} {seed}")
    seconds = sorted(random.randrange(int(hours * 3600)) for _ in sources)
    items = [
        item(
            f"{term}-{day}-{n}", START + timedelta(days=day, seconds=s), source, [term, companion], about=term
        )
        for n, (s, source) in enumerate(zip(seconds, sources, strict=True))
    ]
    return [replace(found, copy=copy and n > 0) for n, found in enumerate(items)]


@cache
def planted(seed: int) -> tuple[Item, ...]:
    """Four calm weeks with the three `EVENTS`: two sudden ones and one of three days."""
    three = SOURCES[:3]
    return tuple(
        sort_items(
            [
                *calm(seed),
                *burst("Zorvane", "tempête inouïe", day=16, hours=14, sources=three * 3, seed=seed),
                *burst(
                    "affaire Bellecombe", "maire de Quincy", day=20, hours=20, sources=three * 2, seed=seed
                ),
                *burst(
                    "barrage de Malpertuis",
                    "vallée inondable",
                    day=22,
                    hours=70,
                    sources=three * 3,
                    seed=seed,
                ),
            ]
        )
    )
