"""Who is in an article, how often, and whether it is about them."""

from tests.tagging.taggers import tag
from vigie.model import LeaderMention, PersonId
from vigie.tagging.leaders.people import count_people


def mention(key: str, start: int) -> LeaderMention:
    return LeaderMention(
        id=PersonId(key), name=key, mention=key, start=start, end=start + 2, via="name", role="hos", country="FR",
        confidence=1.0,
    )  # fmt: skip


def test_people_are_counted_most_mentioned_first_then_by_appearance() -> None:
    tags = count_people([], [mention("Q1", 0), mention("Q2", 10), mention("Q3", 20), mention("Q2", 30)])
    assert [(tag.id, tag.mentions) for tag in tags] == [("Q2", 2), ("Q1", 1), ("Q3", 1)]


def test_who_stands_in_the_headline_is_the_subject() -> None:
    tags = count_people([mention("Q1", 0)], [mention("Q2", 0)] * 5)
    assert {tag.id for tag in tags if tag.subject} == {"Q1", "Q2"}


def test_who_is_only_late_in_the_text_is_no_subject() -> None:
    tags = count_people([], [mention("Q1", 0), mention("Q2", 900), mention("Q2", 950)])
    assert [tag.id for tag in tags if tag.subject] == ["Q1"]


def test_who_is_in_the_lead_once_of_many_is_no_subject() -> None:
    tags = count_people([], [mention("Q1", 0)] * 4 + [mention("Q2", 5)])
    assert [tag.id for tag in tags if tag.subject] == ["Q1"]


def test_nobody_gives_nothing() -> None:
    assert count_people([], []) == ()


def test_an_article_says_whom_it_is_about() -> None:
    tags = tag(
        "Le président russe a reçu Angela Merkel. M. Poutine s'est dit satisfait.",
        title="Vladimir Poutine reçoit la chancelière",
    )
    assert [(person.name, person.mentions, person.subject) for person in tags.people] == [
        ("Vladimir Poutine", 3, True),
        ("Angela Merkel", 2, True),
    ]
