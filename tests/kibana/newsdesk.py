"""A week of a desk, made by the code that makes documents: what the dashboards draw in the tests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from tests.builders import NOW, alert, article, claim, tagged, trend
from tests.contract.test_standings import FEED, STATE
from vigie.adapters.index.port import Index
from vigie.model import LeaderMention, PersonId, PersonTag, Quote, Tags, TopicId, TopicTag
from vigie.search.documents import Document, build_document
from vigie.search.findings import FindingKind, build_alert_document, build_topic_document
from vigie.search.standings import build_feed_document, build_state_document

PEOPLE = (
    ("Q3052772", "Emmanuel Macron", "FR"),
    ("Q61053", "Olaf Scholz", "DE"),
    ("Q2105", "Élisabeth Borne", "FR"),
)
SOURCES = (
    ("elysee", "Élysée", "official"),
    ("le-matin", "Le Matin", "press"),
    ("le-soir", "Le Soir", "press"),
)


def fill(index: Index) -> None:
    """Put all of it; nothing is refused."""
    assert index.put(list(make_articles())) == ()
    for kind, documents in make_findings().items():
        assert index.findings(kind).put(documents) == ()


def make_articles() -> Iterator[Document]:
    """Twelve articles of six days, of three sources, about two of three people each."""
    for number in range(12):
        feed_id, publisher, kind = SOURCES[number % 3]
        published = NOW - timedelta(hours=10 * number)
        made = article(
            f"a{number}",
            **{"feed_id": feed_id, "publisher": publisher, "kind": kind, "published": claim(published)},
            **{"first_seen_at": published, "fetched_at": published + timedelta(minutes=2)},
        )
        indexed_at = published + timedelta(minutes=3 + number)
        yield build_document(tagged(made, make_tags(number)), indexed_at=indexed_at, copy_of=None)


def make_tags(number: int) -> Tags:
    """Two people, the first of whom is quoted; a topic and a keyphrase."""
    pair = [PEOPLE[number % 3], PEOPLE[(number + 1) % 3]]
    (first, name, country), topic = pair[0], ("Politique", "Énergie")[number % 2]
    mention = {"mention": name, "start": 0, "end": 5, "via": "name", "role": "hos", "confidence": 0.9}
    return Tags(
        people=tuple(
            PersonTag(id=PersonId(i), name=n, role="hos", country=c, mentions=1, subject=i == first)
            for i, n, c in pair
        ),
        leaders=(LeaderMention(id=PersonId(first), name=name, country=country, **mention),),  # type: ignore[arg-type]
        quotes=(Quote(text="C'est fait.", start=0, end=5, speaker=name, speaker_id=first),),
        topics=(TopicTag(id=TopicId(f"medtop:{number % 2:08d}"), label=topic, score=0.9),),
        keyphrases=("réforme des retraites",),
    )


def make_findings() -> dict[FindingKind, list[Document]]:
    """Alerts of three kinds, two topics that were told and one that was not, feeds well and ill, entries in each state."""
    ill = replace(FEED, last_entry_at=NOW - timedelta(days=2))
    well = replace(FEED, id="elysee", health="ok", condition="ok", last_entry_at=NOW, failures=0)
    states = [
        ("indexed", None),
        ("duplicate", None),
        ("rejected", "robots.txt"),
        ("waiting", None),
        ("failed", None),
    ]
    return {
        "alerts": [
            build_alert_document(alert(kind, kind=kind)) for kind in ("topic", "communique", "operator")
        ],
        "topics": [
            build_topic_document(each)
            for each in (trend("s"), trend("t", label="Autre"), trend("u", told_at=None, alert_id=None))
        ],
        "feeds": [
            build_feed_document(each) for each in (ill, well, replace(well, id="neuf", last_polled_at=None))
        ],
        "states": [build_state_document(replace(STATE, state=name, reason=why)) for name, why in states],
    }
