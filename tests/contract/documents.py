"""Documents for the contract: complete, small, each different only where a test says so."""

from typing import Any

EMPTY_LISTS = (
    *("authors", "leaders", "leader_ids", "leader_names", "topics", "topic_ids", "topic_labels"),
    *("places", "place_countries", "organizations", "quotes", "reported", "events", "event_dates"),
    *("keyphrases", "people", "subject_ids", "tag_limits", "leader_countries", "quote_speaker_ids"),
)
NULLS = ("url", "published_origin", "published_precision", "published_offset_minutes", "copy_of", "delay_s")


def document(article_id: str, **fields: Any) -> dict[str, Any]:
    """A document that the index takes."""
    plain: dict[str, Any] = {
        "id": article_id,
        "version": 1,
        "origin": "page",
        "title": "Sans titre",
        "standfirst": "",
        "text": "Rien à signaler.",
        "language": "fr",
        "source": "le-matin",
        "publisher": "Le Matin",
        "kind": "press",
        "country": "FR",
        "published_at": "2026-03-10T08:00:00+00:00",
        "first_seen_at": "2026-03-10T08:05:00+00:00",
        "fetched_at": "2026-03-10T08:06:00.123456+00:00",
        "indexed_at": "2026-03-10T08:07:00Z",
        "rules_version": "1",
    }
    return {**plain, **{name: [] for name in EMPTY_LISTS}, **dict.fromkeys(NULLS), **fields}


def full_document(article_id: str) -> dict[str, Any]:
    """A document with something in every field."""
    leader = {
        "id": "Q3052772",
        "name": "Emmanuel Macron",
        "mention": "le chef de l'État",
        "start": 0,
        "end": 17,
    }
    said = {"speaker": None, "speaker_id": None, "mention": None}
    return document(
        article_id,
        url="https://exemple.fr/a?b=c#d",
        title="L’Élysée répond\u202f: « oui »",
        standfirst="Ce que l’on sait.",
        text='le chef de l\'État a dit "oui" <b>hier</b> \u0000 \u2028 \U0001f5fc.',
        authors=["Zoé Ïle"],
        published_origin="json-ld",
        published_precision="second",
        published_offset_minutes=-120,
        leaders=[{**leader, "via": "periphrasis", "role": "président", "country": "FR", "confidence": 0.1}],
        leader_ids=["Q3052772"],
        leader_names=["Emmanuel Macron"],
        leader_countries=["FR"],
        delay_s=3_000_000_000,
        topics=[{"id": "medtop:11000000", "label": "Politique", "score": 0.123456789, "words": ["chef"]}],
        topic_ids=["medtop:11000000"],
        topic_labels=["Politique"],
        places=["Paris"],
        organizations=["Élysée"],
        place_countries=["FR"],
        quotes=[{**said, "text": "oui", "start": 25, "end": 28, "kind": "direct"}],
        reported=[{**said, "text": "hier", "start": 33, "end": 37, "kind": "indirect", "mention": "il"}],
        events=[
            {
                **{"kind": "call", "text": "a dit", "start": 18, "end": 23},
                **{"date": "2026-03-09", "last_date": None, "place": "Paris", "country": "FR"},
                **{"participants": ["Emmanuel Macron"], "participant_ids": ["Q3052772"]},
            }
        ],
        event_dates=["2026-03-09"],
        people=[
            {
                **{"id": "Q3052772", "name": "Emmanuel Macron", "role": "hos", "country": "FR"},
                **{"mentions": 1, "subject": True},
            }
        ],
        subject_ids=["Q3052772"],
        keyphrases=["chef de l'état"],
        copy_of="autre",
    )
