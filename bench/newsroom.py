"""Thirteen invented newsrooms: a stream of titles and summaries in time order, of any length, the same every time.

Who, what and where follow Zipf's law over words of ours and names made of syllables, so that most names are rare and
some are there every day. Days have a rhythm, weekends are thin, and now and then something happens: for two days a name
that nobody knew, in several newsrooms.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from bench.press import DID, WHAT, WHERE, WHO, WHY

START = datetime(2023, 1, 2, tzinfo=UTC)  # a Monday
SOURCES = tuple(f"Rédaction {name}" for name in (
    "du Nord", "du Sud", "de l'Est", "de l'Ouest", "des Ports", "des Cimes", "du Fleuve", "des Plaines", "de la Côte",
    "du Soir", "du Matin", "des Îles", "de la Capitale",
))  # fmt: skip
GIVEN = (
    "Anne", "Paul", "Claire", "Hugo", "Inès", "Marc", "Louise", "Karim", "Élodie", "Jean", "Sofia", "Rémi", "Nora",
    "Yann", "Alice", "Bruno", "Fatou", "Gilles", "Zoé", "Victor",
)  # fmt: skip
OPENING = (
    "Bar",
    "Cour",
    "Del",
    "Fon",
    "Gar",
    "Lam",
    "Mor",
    "Per",
    "Roc",
    "Sau",
    "Tré",
    "Val",
    "Ver",
    "Bel",
    "Clau",
    "Noi",
)
MIDDLE = ("ba", "che", "di", "fé", "go", "li", "ma", "no", "re", "sa", "ti", "va", "zi", "ro", "lu", "mé")
ENDING = (
    "rac",
    "del",
    "gny",
    "court",
    "ville",
    "mont",
    "tier",
    "nac",
    "lin",
    "vet",
    "son",
    "reau",
    "bert",
    "zac",
    "dec",
    "nel",
)
THING = (
    "la hausse des loyers", "la pénurie de médicaments", "la réforme des retraites", "le prix de l'électricité",
    "la vague de chaleur", "la grève des transports", "la fermeture de maternités", "la crise du logement",
    "la sécheresse des sols", "la dette des communes", "la qualité de l'air", "l'accueil des élèves",
    "le financement de l'hôpital", "le recul des naissances", "l'exportation de blé", "le tournoi de tennis",
    "le marché du travail", "la transition énergétique", "la rentrée scolaire", "la pêche artisanale",
    "le budget de la défense", "l'accord commercial", "l'élection municipale", "le festival de théâtre",
    "l'enquête judiciaire", "la recherche médicale", "la sécurité routière", "l'intelligence artificielle",
    "la formation des médecins", "le trafic ferroviaire",
)  # fmt: skip
EVENT = ("incendie", "scandale", "effondrement", "naufrage", "procès", "accident", "rapport", "projet de loi")
SAID = (
    "inquiète les habitants", "divise les élus", "relance le débat", "préoccupe les médecins", "mobilise les syndicats",
    "surprend les experts", "coûte plus cher que prévu", "sera débattue à l'automne", "fait reculer le gouvernement",
)  # fmt: skip
HOURS = (1, 1, 1, 1, 2, 5, 9, 10, 9, 8, 8, 9, 9, 8, 8, 8, 9, 10, 8, 6, 4, 3, 2, 1)
"""How a day's articles fall on its hours, in parts."""
EVENT_DAYS = 4
"""Something happens every so many days."""
EVENT_SHARE = 0.04
"""Of the articles of its two days, so many are about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line that `vigie detect` reads; `keyphrases` are what a tagger would find, for when it is not what is measured."""

    id: str
    published_at: str
    source: str
    title: str
    text: str
    url: str
    keyphrases: tuple[str, ...]

    def to_line(self, *, tagged: bool) -> str:
        """Its JSON, with or without its tags."""
        fields = asdict(self)
        if not tagged:
            del fields["keyphrases"]
        return json.dumps(fields, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """So many entries a day from a seed."""

    per_day: int = 420
    weekend: float = 0.67
    """How many of a weekday's articles Saturday and Sunday have."""
    seed: int = 1

    def write(self, count: int) -> Iterator[Entry]:
        """The first `count` entries, in time order; a shorter stream is the beginning of a longer one."""
        chance = Random(self.seed)  # noqa: S311 - the same stream every time, no secret
        words = _Words(chance)
        day = number = 0
        while number < count:
            for at in self._times(chance, day):
                yield _entry(chance, words, number, at, words.event_of(day))
                number += 1
                if number == count:
                    return
            day += 1

    def _times(self, chance: Random, day: int) -> list[datetime]:
        """The moments of a day's articles, in order."""
        many = self.per_day if day % 7 < 5 else round(self.per_day * self.weekend)
        hours = chance.choices(range(24), HOURS, k=many)
        start = START + timedelta(days=day)
        return sorted(start + timedelta(hours=hour, seconds=chance.randrange(3600)) for hour in hours)


class _Words:
    """Names made of syllables; what is asked for often is asked for by Zipf's law."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._people = [f"{chance.choice(GIVEN)} {self._name()}" for _ in range(20_000)]
        self._towns = [self._name() for _ in range(5_000)]
        self._zipf = list(accumulate(1 / rank for rank in range(1, 20_001)))
        self._events: dict[int, str] = {}
        self.said: list[str] = []
        """What was asked for since the entry began."""

    def person(self) -> str:
        return self._pick(self._people)

    def town(self) -> str:
        return self._pick(self._towns)

    def choose(self, phrases: Sequence[str]) -> str:
        """One of our phrases; its article is no part of what it says."""
        phrase = self._chance.choice(phrases)
        self.said.append(phrase.removeprefix("l'").removeprefix("le ").removeprefix("la "))
        return phrase

    def event_of(self, day: int) -> str | None:
        """What two days in so many are about, and nothing before or after."""
        turn, into = divmod(day, EVENT_DAYS)
        if turn and into < 2:
            return self._events.setdefault(
                turn, f"{self._chance.choice(EVENT)} de {self._name()}-sur-{self._name()}"
            )
        return None

    def _pick(self, pool: list[str]) -> str:
        name = self._chance.choices(pool, cum_weights=self._zipf[: len(pool)])[0]
        self.said.append(name)
        return name

    def _name(self) -> str:
        chance = self._chance
        middle = "".join(chance.choices(MIDDLE, k=chance.randrange(3)))
        return chance.choice(OPENING) + middle + chance.choice(ENDING)


def _entry(chance: Random, words: _Words, number: int, at: datetime, event: str | None) -> Entry:
    source = chance.choice(SOURCES)
    words.said = []
    is_event = event is not None and chance.random() < EVENT_SHARE
    subject = (
        f"L'{event}" if is_event and event and event[0] in "aei" else f"Le {event}" if is_event else None
    )
    title = _headline(chance, words, subject)
    text = f"{_lead(chance, words)} {_headline(chance, words, subject)}, selon {words.person()}."
    return Entry(
        id=f"n{number}",
        published_at=at.isoformat(),
        source=source,
        title=title,
        text=text,
        url=f"https://{source.rsplit(' ', 1)[-1].lower()}.example/{number}",
        keyphrases=tuple(dict.fromkeys([*words.said, *([subject.split(" ", 1)[-1]] if subject else [])])),
    )


def _headline(chance: Random, words: _Words, subject: str | None) -> str:
    if subject:
        return f"{subject} {chance.choice(SAID)} à {words.town()}"
    if chance.random() < 0.5:
        return f"{words.person()} : {words.choose(THING)} {chance.choice(SAID)}"
    return f"À {words.town()}, {words.choose(THING)} {chance.choice(SAID)}"


def _lead(chance: Random, words: _Words) -> str:
    who = chance.choice(WHO) if chance.random() < 0.6 else f"{words.person()}, de {words.town()},"
    return f"{who} {chance.choice(DID)} {words.choose(WHAT)} {chance.choice(WHERE)} {chance.choice(WHY)}."
