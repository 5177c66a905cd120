"""The first stream of all: four outlets, an even background, and three events planted in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from vigie.model import Alert, Article, ArticleId, DateClaim, FeedId, FeedKind, TaggedArticle, Tags
from vigie.topics.detector import Detector

START = datetime(2024, 1, 1, tzinfo=UTC)  # a Monday
DAYS = 42
SOURCES = ("Le Courrier", "La Dépêche du Soir", "Radio Plaine", "L'Écho")


def tagged(
    name: str,
    at: datetime,
    source: str,
    phrases: Iterable[str],
    *,
    title: str = "",
    kind: FeedKind = "press",
) -> TaggedArticle:
    """An article that has these keyphrases and nothing else."""
    claim = DateClaim(at=at, origin="feed", precision="second", offset_minutes=0, raw=at.isoformat())
    article = Article(
        id=ArticleId(name),
        version=1,
        feed_id=FeedId(source),
        publisher=source,
        kind=kind,
        country="FR",
        url=f"https://example.org/{name}",
        title=title,
        text=" ".join(phrases),
        authors=(),
        language="fr",
        published=claim,
        dates=(claim,),
        first_seen_at=at,
        fetched_at=at,
        origin="feed",
    )
    return TaggedArticle(article=article, tags=Tags(keyphrases=tuple(phrases)), rules_version="1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article of a stream; `copy` as the caller of the detector would say it."""

    tagged: TaggedArticle
    copy: bool = False

    @property
    def at(self) -> datetime:
        return self.tagged.article.date


def run(items: Iterable[Item], **lists: Iterable[str]) -> list[Alert]:
    """Every alert of a stream."""
    detector = Detector(**{k: tuple(v) for k, v in lists.items()})
    return [alert for item in items for alert in detector.observe(item.tagged, copy=item.copy)]


def background(random: Random, *, days: int = DAYS, per_source: int = 10) -> list[Item]:
    """Unrelated articles of four sources: common words by Zipf's law, and names that are each used once or twice.

    The last source goes silent after 25 days; "Radio Neuve" joins on the 28th with a series of its own.
    """
    items = []
    for day in range(days):
        sources = [*SOURCES[: 3 if day >= 25 else 4], *(["Radio Neuve"] if day >= 28 else [])]
        for source in sources:
            for n in range(per_source):
                at = START + timedelta(days=day, seconds=random.randrange(86_400))
                words = [f"Ordinaire{int(random.paretovariate(1.0)) % 400}" for _ in range(4)]
                words += [f"Passant{random.randrange(20_000)}", "Présidente Martin"]
                if source == "Radio Neuve":
                    words.append("Carnets de Neuve")
                items.append(Item(tagged=tagged(f"{day}-{source}-{n}", at, source, words)))
    return items


def plant(
    random: Random, term: str, companion: str, *, day: int, hours: int, sources: list[str], copy: bool = False
) -> list[Item]:
    """One article of each of these sources, spread over some hours from a day on; all but the first may be copies."""
    times = sorted(START + timedelta(days=day, seconds=random.randrange(hours * 3600)) for _ in sources)
    return [
        Item(
            tagged=tagged(
                f"{term}-{day}-{n}", at, source, [term, companion], title=f"Ce que l'on sait : {term}"
            ),
            copy=copy and n > 0,
        )
        for n, (at, source) in enumerate(zip(times, sources, strict=True))
    ]


def planted_stream(seed: int) -> list[Item]:
    """Six weeks with two sudden events, a slow one, and five things that are not new subjects."""
    random = Random(seed)
    items = background(random)
    three = list(SOURCES[:3])
    items += plant(random, "Zorvane", "tempête Zorvane", day=30, hours=14, sources=three * 3)
    items += plant(random, "affaire Bellecombe", "maire de Quincy", day=36, hours=20, sources=three * 2)
    items += plant(random, "barrage de Malpertuis", "vallée inondable", day=33, hours=70, sources=three * 2)
    items += plant(random, "Feuilleton d'Ombeline", "saison dix", day=31, hours=20, sources=three[:1] * 8)
    items += plant(random, "Dépêche Vorlay", "préfet muet", day=38, hours=3, sources=three * 2, copy=True)
    for week in range(6):
        items += plant(
            random, "Jardins du lundi", "semis", day=7 * week, hours=12, sources=three[:2] + three[:1]
        )
    return sorted(items, key=lambda item: (item.at, item.tagged.article.id))
