"""Writes the articles of a stream: from terms, a title and two sentences, with the background that stands around them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from random import Random

from tests.topics.streams.items import START, Item, tagged
from tests.topics.streams.sources import Source, moment
from tests.topics.streams.words import ADJECTIVES, NOUNS, Words, Zipf

TITLES = (
    "{b} : ce que l'on sait de {a}",
    "Pourquoi {a} fait débat",
    "Après {b}, {a} au centre des questions",
    "« Il faut en parler » : {a} vu par les habitants",
    "Avec {a}, {b} change la donne",
    "Le point sur {a} et {b}",
    "Entre {b} et {a}, une semaine de doutes",
)
SENTENCES = (
    "On en sait davantage sur {a}, alors que {b} reste discuté.",
    "Les habitants parlent de {a} et de {b} depuis le matin.",
    "Interrogés sur {a}, plusieurs élus renvoient à {b}.",
    "Une réunion a porté sur {b}, puis sur {a}.",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


class Desk:
    """Makes the items of one stream; everything random comes from its seed.

    `titles_only` is a front page: what stands in a title is all there is of an article.
    """

    def __init__(self, seed: str, sources: Sequence[Source], *, titles_only: bool = False) -> None:
        self.random = Random(seed)
        self.words = Words(self.random)
        self.sources = tuple(sources)
        self.titles_only = titles_only
        self.items: list[Item] = []
        self.classes: dict[str, str] = dict.fromkeys((*WEEKDAYS, *MONTHS), "weekday or month")
        """What each term that is not new is: its class, by the term's form."""
        self.prefixes: dict[str, tuple[int, str]] = {}
        """From which day every title of a source opens with these words."""
        self._phrases = Zipf(self._shuffled([f"{n} {a}" for n in NOUNS for a in ADJECTIVES]))
        self._nouns = Zipf(self._shuffled(NOUNS))
        self._names = Zipf([self.words.place() for _ in range(1500)])

    def _shuffled(self, items: Iterable[str]) -> list[str]:
        items = list(items)
        self.random.shuffle(items)
        return items

    def around(self) -> list[str]:
        """What an article has beside its subject: phrases, a noun and a name of every day."""
        terms = [self._phrases.draw(self.random) for _ in range(2)] + [self._nouns.draw(self.random)]
        return [*terms, self._names.draw(self.random)] if self.random.random() < 0.6 else terms

    def write(
        self,
        terms: Sequence[str],
        *,
        at: datetime,
        source: Source,
        about: str | None = None,
        copy: bool = False,
        arrives: datetime | None = None,
    ) -> None:
        """One article on these terms, most important first."""
        day_terms = [*terms, *self.around()]
        a, b, *rest = day_terms
        title = self.random.choice(TITLES).format(a=a, b=b)
        since, prefix = self.prefixes.get(source.name, (10_000, ""))
        shown = [a, b, *rest]
        if prefix and (at - START).days >= since:
            title, shown = f"Dossiers {prefix} | {title}", [*shown, prefix]
        kept = (
            shown[:2] + [t for t in shown if t == prefix] if self.titles_only else [*shown, *self._dates(at)]
        )
        text = "" if self.titles_only else self._text(shown)
        name = f"a{len(self.items)}"
        article = tagged(name, at, source.name, kept, title=title, text=text, kind=source.kind)
        self.items.append(Item(tagged=article, arrives=arrives or at, copy=copy, about=about))

    def _text(self, terms: Sequence[str]) -> str:
        pairs = zip(terms, [*terms[1:], terms[0]], strict=True)
        return " ".join(self.random.choice(SENTENCES).format(a=a, b=b) for a, b in pairs)

    def _dates(self, at: datetime) -> list[str]:
        chance = self.random.random()
        weekday = [WEEKDAYS[at.weekday()]] if chance < 0.12 else []
        return [*weekday, MONTHS[at.month - 1]] if 0.08 < chance < 0.16 else weekday

    def class_of(self, kind: str, *terms: str) -> None:
        """Say that an alert on these terms is a false one of that class."""
        self.classes.update(dict.fromkeys(terms, kind))

    def pick_sources(self, day: int, count: int, *, distinct: bool = False) -> list[Source]:
        """Press sources heard that day, the big ones more often."""
        there = [s for s in self.sources if s.kind == "press" and s.is_there(day)]
        if distinct:
            ranked = sorted(there, key=lambda s: -(self.random.random() ** (1 / s.volume)))
            return ranked[:count]
        return self.random.choices(there, [s.volume**0.7 for s in there], k=count)

    def cover(
        self,
        day: int,
        terms: Sequence[str],
        *,
        count: int,
        about: str | None,
        since_h: float = 5,
        odds: float = 0.5,
    ) -> None:
        """So many articles of a day on one subject: its first term nearly always, the others by chance."""
        for source in self.pick_sources(day, count):
            lead = terms[:1] if self.random.random() < 0.9 else []
            rest = [t for t in terms[1:] if self.random.random() < odds]
            chosen = [*lead, *rest] or list(terms[:1])
            self.write(chosen, at=moment(self.random, day, since_h=since_h), source=source, about=about)
