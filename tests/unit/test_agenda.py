"""The agenda: documents in, rows out; and days as French says them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.documents import document
from vigie.dates.saying import say_days
from vigie.model import Event
from vigie.search.agenda import Wanted, build_agenda, days_asked, is_wanted
from vigie.wire import dump_object

MARCH = Wanted(first=date(2026, 3, 1), last=date(2026, 3, 31))


def event(kind: str = "visit", date: str | None = "2026-03-12", **others: Any) -> Event:
    """An event of March 2026."""
    return Event(kind=kind, text="", start=0, end=0, date=date, **others)


def telling(article_id: str, *events: Event, **fields: Any) -> dict[str, Any]:
    """The document of an article that tells of events."""
    return document(article_id, events=[dump_object(each) for each in events], **fields)


def test_the_same_event_in_several_articles_is_one_row() -> None:
    full = event(
        participants=("Emmanuel Macron", "Friedrich Merz"), participant_ids=("Q3052772", "Q1"), place="Berlin"
    )
    less = event(participants=("Emmanuel Macron",), participant_ids=("Q3052772",))
    (row,) = build_agenda(
        [
            telling("a", less),
            telling("b", full, publisher="Le Soir"),
            telling("c", full, publisher="Le Soir"),
        ],
        MARCH,
    )
    assert row.event == full
    assert [article.id for article in row.articles] == ["b", "c", "a"]
    assert row.sources == ("Le Soir", "Le Matin")


def test_a_copy_is_no_source_of_its_own() -> None:
    same = event(participants=("Emmanuel Macron",))
    (row,) = build_agenda([telling("a", same), telling("b", same, publisher="Copiste", copy_of="a")], MARCH)
    assert row.sources == ("Le Matin",)
    (row,) = build_agenda([telling("b", same, publisher="Copiste", copy_of="a")], MARCH)
    assert row.sources == ("Copiste",)


@pytest.mark.parametrize(
    "other",
    [
        event(kind="meeting", participants=("Emmanuel Macron",)),
        event(date="2026-03-13", participants=("Emmanuel Macron",)),
        event(participants=("Friedrich Merz",)),
        event(participants=()),
    ],
)
def test_what_may_be_another_event_stays_apart(other: Event) -> None:
    one = event(participants=("Emmanuel Macron",))
    assert len(build_agenda([telling("a", one), telling("b", other)], MARCH)) == 2


def test_a_day_told_less_exactly_is_the_same() -> None:
    one = event(participants=("Emmanuel Macron",))
    month = event(date="2026-03", participants=("Emmanuel Macron",))
    (row,) = build_agenda([telling("a", month), telling("b", one)], MARCH)
    assert row.event.date == "2026-03-12"


def test_the_window_holds_all_that_touches_it() -> None:
    inside = [
        event(date="2026-02-27", last_date="2026-03-01"),
        event(date="2026-03-31"),
        event(date="2026-03"),
    ]
    outside = [event(date="2026-02-28"), event(date="2026-04"), event(date="2026"), event(date=None)]
    assert [is_wanted(each, MARCH) for each in [*inside, *outside]] == [True] * 3 + [False] * 4
    whole_year = Wanted(first=date(2026, 1, 1), last=date(2026, 12, 31))
    assert is_wanted(event(date="2026"), whole_year)


def test_what_is_asked_for() -> None:
    documents = [
        telling(
            "a",
            event(participants=("Friedrich Merz",), participant_ids=("Q1",), place="Berlin", country="DE"),
        ),
        telling("b", event(kind="strike", place="Évian")),
    ]

    def found(**asked: Any) -> list[str]:
        rows = build_agenda(documents, Wanted(first=MARCH.first, last=MARCH.last, **asked))
        return [row.articles[0].id for row in rows]

    assert found() == ["b", "a"] or found() == ["a", "b"]
    assert found(kinds=frozenset({"strike"})) == ["b"]
    assert found(who="merz") == found(who="Q1") == found(place="berlin") == found(place="DE") == ["a"]
    assert found(place="evian") == ["b"]
    assert found(who="Macron") == []


def test_days_asked_are_days_months_and_years() -> None:
    asked = days_asked(Wanted(first=date(2025, 12, 31), last=date(2026, 1, 1)))
    assert asked == ("2025-12-31", "2026-01-01", "2025-12", "2026-01", "2025", "2026")


def test_documents_of_before_the_fields_were_there() -> None:
    old = document("a", events=[{"kind": "visit", "text": "", "start": 0, "end": 0, "date": "2026-03-12"}])
    (row,) = build_agenda([old], MARCH)
    assert row.event.participants == ()


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2018-05-24", None, "jeudi 24 mai 2018"),
        ("2018-05-01", None, "mardi 1er mai 2018"),
        ("2018-05", None, "mai 2018"),
        ("2018", None, "2018"),
        ("2018-03-12", "2018-03-14", "du 12 au 14 mars 2018"),
        ("2018-03-30", "2018-04-02", "du 30 mars au 2 avril 2018"),
        ("2018-12-30", "2019-01-02", "du 30 décembre 2018 au 2 janvier 2019"),
        ("2018-03-12", "2018-03-18", "semaine du 12 mars 2018"),
        ("2018-09", "2018-11", "septembre à novembre 2018"),
        ("2018-12", "2019-02", "décembre 2018 à février 2019"),
        ("junk", None, "junk"),
    ],
)
def test_days_are_said_in_french(first: str, last: str | None, said: str) -> None:
    assert say_days(first, last) == said


EVENTS = st.builds(
    event,
    kind=st.sampled_from(("visit", "vote")),
    date=st.sampled_from(("2026-03-12", "2026-03", "2026-03-14", None)),
    participants=st.sampled_from(((), ("A B",), ("C D",), ("A B", "C D"))),
    place=st.sampled_from((None, "Berlin", "Paris")),
)


@given(st.lists(EVENTS, max_size=12), st.randoms())
def test_no_article_is_lost_and_order_does_not_matter(events: list[Event], random: Any) -> None:
    documents = [telling(f"a{number:02}", each) for number, each in enumerate(events)]
    rows = build_agenda(documents, MARCH)
    told = {article.id for row in rows for article in row.articles}
    assert told == {one["id"] for one, each in zip(documents, events, strict=True) if each.date}
    random.shuffle(documents)
    again = build_agenda(documents, MARCH)
    assert {article.id for row in again for article in row.articles} == told
    assert [row.event.date for row in rows] == sorted(row.event.date or "" for row in rows)
