"""Tagged French articles by the hundred thousand, made directly: what the index holds, without the tagging.

Titles, leads, dates and sources are those of the invented newsrooms; the text goes on with sentences whose words follow
Zipf's law, so that some stand in every article and most in few. Leaders and topics do too. The same every time.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from bench.newsroom import ENDING, MIDDLE, OPENING, SOURCES, Entry, Newsroom
from bench.press import DID, WHAT, WHERE, WHO, WHY
from vigie.adapters.knowledge_files import load_knowledge
from vigie.model import (
    Article,
    ArticleId,
    DateClaim,
    FeedId,
    LeaderMention,
    NamedThing,
    PersonId,
    PersonTag,
    Quote,
    TaggedArticle,
    Tags,
    TopicId,
    TopicTag,
)

PER_DAY = 1_000
PARAGRAPHS = 7
SENTENCES = 3
"""Of a paragraph: some 3,500 characters an article, which is usual for a newspaper."""
OFFICIAL_SHARE = 0.03
KNOWLEDGE = load_knowledge()
LEADERS = tuple(dict.fromkeys((term.person, term.name) for term in KNOWLEDGE.terms if term.end is None))[:400]
TOPICS = tuple((rule.id, rule.label) for rule in KNOWLEDGE.topics.rules)[:150]
PLACES = tuple(f"{start}{end}" for start in OPENING for end in ENDING)


class Corpus:
    """Words and names with their weights, and the articles made of them."""

    def __init__(self, seed: int = 7) -> None:
        chance = Random(seed)  # noqa: S311 - the same corpus every time, no secret
        self.words = tuple(dict.fromkeys(_word(chance) for _ in range(12_000)))
        """Most frequent first."""
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(self.words))))
        self._seed = seed

    def write(self, count: int) -> Iterator[TaggedArticle]:
        """The first `count` articles, in time order; a shorter corpus is the beginning of a longer one."""
        for number, entry in enumerate(Newsroom(per_day=PER_DAY, seed=self._seed).write(count)):
            yield self._tag(entry, Random(self._seed * 1_000_003 + number))  # noqa: S311 - as above

    def _tag(self, entry: Entry, chance: Random) -> TaggedArticle:
        people = _pick(chance, LEADERS, chance.randrange(4))
        said = f"Nous ferons ce qu'il faut {chance.choice(WHY)}"
        names = [name for _id, name in people]
        text = "\n".join(
            [entry.text, *self._paragraphs(chance, names), f"« {said} », a dit {chance.choice(WHO).lower()}."]
        )
        at = datetime.fromisoformat(entry.published_at) + timedelta(seconds=1)
        return TaggedArticle(
            article=_article(entry, text, at, "official" if chance.random() < OFFICIAL_SHARE else "press"),
            tags=_tags(chance, entry, text, people, said),
            rules_version="bench",
        )

    def _paragraphs(self, chance: Random, names: Sequence[str]) -> list[str]:
        return [" ".join(self._sentence(chance, names) for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)]

    def _sentence(self, chance: Random, names: Sequence[str]) -> str:
        who = chance.choice(names) if names and chance.random() < 0.3 else chance.choice(WHO)
        rest = " ".join(chance.choices(self.words, cum_weights=self._weights, k=12))
        return f"{who} {chance.choice(DID)} {chance.choice(WHAT)} {chance.choice(WHERE)}, {rest}."


def _word(chance: Random) -> str:
    return (
        chance.choice(OPENING)
        + "".join(chance.choices(MIDDLE, k=chance.randrange(1, 3)))
        + chance.choice(ENDING)
    ).lower()


def _pick(chance: Random, pool: Sequence[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    """Different ones, the first of the pool most often."""
    return list(dict.fromkeys(pool[int(len(pool) ** chance.random()) - 1] for _ in range(count)))


def _article(entry: Entry, text: str, at: datetime, kind: str) -> Article:
    claim = DateClaim(at=at, origin="feed", precision="second", offset_minutes=60, raw=entry.published_at)
    number = SOURCES.index(entry.source)
    return Article(
        id=ArticleId(f"{int(entry.id[1:]):024x}"), version=1, feed_id=FeedId(f"journal-{number}"),
        publisher=entry.source, kind="official" if kind == "official" else "press", country="FR", url=entry.url,
        title=entry.title, text=text, authors=("Camille Martin",), language="fr", published=claim, dates=(claim,),
        first_seen_at=at, fetched_at=at, origin="page", standfirst=entry.text.partition(".")[0] + ".",
    )  # fmt: skip


def _tags(chance: Random, entry: Entry, text: str, people: Sequence[tuple[str, str]], said: str) -> Tags:
    at = text.find(said)
    speaker = people[0] if people else None
    return Tags(
        leaders=tuple(_mention(text, PersonId(i), name) for i, name in people),
        people=tuple(
            PersonTag(id=PersonId(i), name=name, role="hog", country="FR", mentions=2, subject=rank == 0)
            for rank, (i, name) in enumerate(people)
        ),
        topics=tuple(
            TopicTag(id=TopicId(i), label=label, score=0.8, words=("marché",))
            for i, label in _pick(chance, TOPICS, 1 + chance.randrange(4))
        ),
        places=tuple(NamedThing(name=place, mention=place, start=0, end=0, country="FR") for place in chance.sample(PLACES, 2)),
        quotes=(Quote(text=said, start=at, end=at + len(said), speaker=speaker[1] if speaker else None),),
        keyphrases=entry.keyphrases,
    )  # fmt: skip


def _mention(text: str, person: PersonId, name: str) -> LeaderMention:
    at = max(text.find(name), 0)
    return LeaderMention(
        id=person, name=name, mention=name, start=at, end=at + len(name), via="name", role="hog", country="FR",
        confidence=0.9,
    )  # fmt: skip
