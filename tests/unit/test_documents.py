"""The document of an article: what the index shows and filters by."""

from dataclasses import replace
from datetime import timedelta

from tests.builders import NOW, article, claim, tagged
from vigie.model import (
    ArticleId,
    Event,
    LeaderMention,
    NamedThing,
    PersonId,
    PersonTag,
    Quote,
    Tags,
    TopicId,
    TopicTag,
)
from vigie.search.documents import build_document, complete_document
from vigie.search.mapping import FIELDS, find_fault


def mention(start: int, **fields: str) -> LeaderMention:
    """The president, named at a place."""
    usual: dict[str, str] = {"id": "Q1", "name": "Une Présidente", "mention": "la présidente", "via": "title"}
    named = {**usual, **fields}
    return LeaderMention(
        id=PersonId(named["id"]),
        name=named["name"],
        mention=named["mention"],
        start=start,
        end=start + 5,
        via="title",
        role="présidente",
        country="FR",
        confidence=0.9,
    )


TAGS = Tags(
    leaders=(mention(0), mention(10), mention(20, id="Q2", name="Un Ministre")),
    topics=(
        TopicTag(id=TopicId("medtop:11000000"), label="Politique", score=0.9),
        TopicTag(id=TopicId("desk:agenda"), label="Agenda", score=0.4, words=("agenda",)),
    ),
    places=(
        NamedThing(name="Paris", mention="Paris", start=1, end=6),
        NamedThing(name="Paris", mention="Paname", start=9, end=15),
    ),
    keyphrases=("gel des prix",),
    people=(
        PersonTag(
            id=PersonId("Q1"), name="Une Présidente", role="hos", country="FR", mentions=2, subject=True
        ),
        PersonTag(id=PersonId("Q2"), name="Un Ministre", role="min", country="FR", mentions=1),
    ),
    events=(
        Event(kind="visit", text="sera à Pau", start=0, end=10, date="2026-02-27", last_date="2026-03-01"),
    ),
)


def test_the_index_takes_every_document() -> None:
    for item in (tagged(), tagged(article(published=claim()), TAGS)):
        document = build_document(item, indexed_at=NOW, copy_of=None)
        assert find_fault(document) is None
        assert set(document) == set(FIELDS)


def test_flat_lists_stand_beside_nested_ones_each_name_once() -> None:
    document = build_document(tagged(tags=TAGS), indexed_at=NOW, copy_of=ArticleId("a0"))
    assert len(document["leaders"]) == 3
    assert (document["leader_ids"], document["leader_names"]) == (
        ["Q1", "Q2"],
        ["Une Présidente", "Un Ministre"],
    )
    assert document["subject_ids"] == ["Q1"]
    assert document["event_dates"] == ["2026-02-27", "2026-02-28", "2026-03-01"]
    assert (document["topic_ids"], document["topic_labels"]) == (
        ["medtop:11000000", "desk:agenda"],
        ["Politique", "Agenda"],
    )
    assert (document["places"], document["keyphrases"]) == (["Paris"], ["gel des prix"])
    assert (document["copy_of"], document["source"], document["rules_version"]) == ("a0", "le-matin", "r1")


def test_dates_are_utc_and_keep_their_offset() -> None:
    published = claim(NOW, origin="json-ld", precision="minute", offset_minutes=-570)
    item = tagged(article(published=published, fetched_at=NOW + timedelta(microseconds=5)))
    document = build_document(item, indexed_at=NOW, copy_of=None)
    assert document["published_at"] == "2026-03-10T09:30:00Z"
    assert document["fetched_at"] == "2026-03-10T09:30:00.000005Z"
    assert (document["published_origin"], document["published_precision"]) == ("json-ld", "minute")
    assert document["published_offset_minutes"] == -570


def test_no_date_is_no_date() -> None:
    document = build_document(tagged(replace(article(), published=None)), indexed_at=NOW, copy_of=None)
    names = (
        "published_at",
        "published_origin",
        "published_precision",
        "published_offset_minutes",
    )
    assert [document[name] for name in names] == [None] * 4


def test_the_delay_is_from_publication_to_the_first_time_it_could_be_found() -> None:
    published = claim(NOW, origin="json-ld", precision="minute", offset_minutes=0)
    item = tagged(article(published=published, first_seen_at=NOW, fetched_at=NOW + timedelta(minutes=2)))
    first = build_document(item, indexed_at=NOW + timedelta(minutes=5), copy_of=None)
    assert first["delay_s"] == 300
    again = build_document(item, indexed_at=NOW + timedelta(days=90), copy_of=None, before=first)
    assert again["delay_s"] == 300
    assert build_document(item, indexed_at=NOW + timedelta(days=90), copy_of=None)["delay_s"] is None
    late = build_document(item, indexed_at=NOW - timedelta(minutes=1), copy_of=None)
    assert late["delay_s"] == 0


def test_what_says_nothing_of_a_delay_has_none() -> None:
    day = claim(NOW, origin="page", precision="day", offset_minutes=None)
    exact = claim(NOW, origin="json-ld", precision="second", offset_minutes=0)
    for item in (
        tagged(article(published=None)),
        tagged(article(published=day)),
        tagged(article(published=exact, origin="import")),
    ):
        assert build_document(item, indexed_at=NOW, copy_of=None)["delay_s"] is None


def test_flat_lists_of_speakers_and_countries() -> None:
    said = Quote(
        text="oui", start=0, end=3, speaker="Une Présidente", speaker_id=PersonId("Q1"), kind="direct"
    )
    reported = replace(said, speaker=None, speaker_id=None, kind="indirect")
    tags = replace(TAGS, quotes=(said, said), reported=(reported,))
    document = build_document(tagged(tags=tags), indexed_at=NOW, copy_of=None)
    assert document["quote_speaker_ids"] == ["Q1"]
    assert document["leader_countries"] == ["FR"]


def test_a_document_of_before_a_field_gets_it_and_keeps_the_rest() -> None:
    document = build_document(tagged(tags=TAGS), indexed_at=NOW, copy_of=ArticleId("a0"))
    old = {k: v for k, v in document.items() if k not in ("leader_countries", "delay_s", "quote_speaker_ids")}
    assert complete_document({**old, "places": ["Ailleurs"]}) == {**document, "places": ["Ailleurs"]}
