"""What is in the news every day: the background of a stream, its persons, its long stories, its small ones."""

from tests.topics.streams.desk import Desk
from tests.topics.streams.sources import Source, moment

DAILY_PERSONS = 12
MINISTERS = 14
LONG_STORIES = 6
STOCK_SHARE = 0.25
"""How many of a long story's articles have the stock phrase of its week, beside its names."""


class Everyday:
    """The background of one stream, day by day. `share` is how much of each source's volume it makes."""

    def __init__(self, desk: Desk, *, days: int) -> None:
        self.desk = desk
        self.days = days
        words = desk.words
        self.persons = [words.person() for _ in range(DAILY_PERSONS)]
        self.ministers = [words.person() for _ in range(MINISTERS)]
        self.stories = [
            [words.place(), words.person(), words.name(), words.phrase()] for _ in range(LONG_STORIES)
        ]
        desk.class_of("daily person", *self.persons, *self.ministers)
        desk.class_of("running story", *(term for story in self.stories for term in story))
        self._fashion: list[str] = []
        self._spoken = ""

    def write(self) -> None:
        """Every day of the stream."""
        for day in range(self.days):
            self._turn(day)
            for source in self.desk.sources:
                for _ in range(source.count(self.desk.random, day)):
                    self._write_one(source, day)

    def _turn(self, day: int) -> None:
        """Monday brings each long story a new stock phrase; each day has nouns that stand in unrelated articles."""
        random = self.desk.random
        if day % 7 == 0:
            for story in self.stories:
                story[3:] = [self.desk.words.rare_phrase()]
                self.desk.class_of("running story", story[3])
        self._fashion = [self.desk.words.noun() for _ in range(2)]
        self.desk.class_of("pool", *self._fashion)
        minister = random.choice(self.ministers)
        self._spoken = minister if random.random() < 0.6 else ""

    def _write_one(self, source: Source, day: int) -> None:
        random = self.desk.random
        chance = random.random()
        at = moment(random, day)
        if source.kind == "official":
            self.desk.write([self.desk.words.name(), "déplacement"], at=at, source=source)
        elif chance < 0.14:
            story = self.stories[min(int(random.expovariate(0.6)), LONG_STORIES - 1)]
            names = [t for t in story[:3] if random.random() < 0.6] or story[:1]
            stock = [story[3]] if random.random() < STOCK_SHARE else []
            self.desk.write([*names, *stock], at=at, source=source, about="running story")
        elif chance < 0.30:
            person = self.persons[min(int(random.expovariate(0.35)), DAILY_PERSONS - 1)]
            self.desk.write([person, self.desk.words.phrase()], at=at, source=source, about="daily person")
        elif chance < 0.31 and self._spoken:
            self.desk.write(
                [self._spoken, self.desk.words.phrase()], at=at, source=source, about="daily person"
            )
        elif chance < 0.34:
            self.desk.write([random.choice(self._fashion)], at=at, source=source)
        elif chance < 0.40:
            self._small_story(source, day)
        else:
            lead = [self.desk.words.name()] if chance < 0.75 else []
            self.desk.write([*lead, self.desk.words.phrase()], at=at, source=source)

    def _small_story(self, source: Source, day: int) -> None:
        """A name that one, two or three outlets have for a day: nobody would call it a subject."""
        random = self.desk.random
        terms = [self.desk.words.name(), self.desk.words.rare_phrase()]
        self.desk.class_of("small story", *terms)
        since = random.uniform(5, 16)
        for other in [source, *self.desk.pick_sources(day, random.choice((0, 0, 0, 0, 1, 1, 2)))]:
            at = moment(random, day, since_h=since)
            self.desk.write(terms[: random.choice((1, 2))], at=at, source=other, about="small story")
