"""What an alert says, and what a stream must have for one."""

from dataclasses import replace
from datetime import timedelta

from tests.topics.streams import START, Item, make_detector, run, sort_items, tagged
from tests.topics.streams.small import EVENTS, SOURCES, burst, calm, planted
from vigie.model import Alert
from vigie.topics.detector import Detector

DAY = timedelta(days=1)
THREE = SOURCES[:3]


def with_event(**changes: object) -> list[Item]:
    event = {"day": 20, "hours": 10, "sources": THREE * 2} | changes
    return sort_items([*calm(7, days=22), *burst("Zorvane", "tempête inouïe", **event)])  # type: ignore[arg-type]


def told_of(items: list[Item], detector: Detector | None = None) -> list[Alert]:
    """The alerts of the planted event: a calm stream may tell a coincidence of its own, which is no matter here."""
    return [a for a in run(items, detector) if any(str(i).startswith("Zorvane") for i in a.article_ids)]


def test_an_alert_says_why() -> None:
    [alert] = told_of(with_event())
    assert alert.topic == "Ce que l'on sait : Zorvane"
    assert alert.terms[0] in ("Zorvane", "tempête inouïe")
    assert "Zorvane" in alert.terms
    assert alert.now == len(alert.article_ids) >= 3
    assert all(article_id.startswith("Zorvane") for article_id in alert.article_ids)
    assert set(alert.sources) <= set(THREE)
    assert len(alert.sources) > 1
    assert alert.before == 0
    assert f"{alert.now} articles de {len(alert.sources)} sources" in alert.reason
    assert alert.passages
    assert alert.passages[0].url == f"https://example.org/{alert.passages[0].article_id}"
    assert START + 20 * DAY < alert.fired_at < START + 21 * DAY


def test_a_burst_that_goes_on_is_not_new_again() -> None:
    more = [
        found
        for day in range(21, 30)
        for found in burst("Zorvane", "reconstruction", day=day, hours=20, sources=THREE * 3)
    ]
    told = told_of(
        sort_items([*with_event(), *more, *(i for i in calm(7, days=30) if i.arrives > START + 22 * DAY)])
    )
    assert len([alert for alert in told if alert.update is None]) == 1


def test_the_first_days_are_for_learning() -> None:
    event = burst("Zorvane", "tempête inouïe", day=1, hours=10, sources=SOURCES * 2)
    assert told_of(sort_items([*calm(7, days=3), *event])) == []


def test_one_source_alone_is_its_own_affair() -> None:
    assert told_of(with_event(sources=SOURCES[:1] * 9)) == []


def test_copies_of_one_dispatch_are_one_article() -> None:
    assert told_of(with_event(copy=True)) == []


def test_a_communique_beside_two_articles_is_enough() -> None:
    press = burst("Zorvane", "plan inédit", day=20, hours=5, sources=SOURCES[:2])
    at = START + 20 * DAY + timedelta(hours=6)
    official = tagged("c", at, "Présidence", ["Zorvane", "plan inédit"], kind="official")
    routine = [
        Item(
            tagged=tagged(f"o{n}", START + n * DAY, "Présidence", [f"Visite{n}"], kind="official"),
            arrives=START + n * DAY,
        )
        for n in range(20)
    ]
    stream = [*calm(7, days=22), *routine, *press]
    assert told_of(sort_items(stream)) == []
    [alert] = told_of(sort_items([*stream, Item(tagged=official, arrives=at)]))
    assert alert.sources[-1] == "Présidence"


def test_words_of_the_desk_head_no_alert() -> None:
    detector = Detector(never=("zorvanes", "Tempête inouïe"))
    assert told_of(with_event(), detector) == []


def test_an_article_without_terms_is_no_matter() -> None:
    assert make_detector().observe(tagged("a", START, "Le Fanal", [])) == ()


def test_a_name_that_is_there_every_day_is_never_new() -> None:
    everywhere = [
        replace(i, about="Présidente Martin")
        for i in burst("Présidente Martin", "discours", day=20, hours=10, sources=SOURCES * 3)
    ]
    told = run(sort_items([*calm(7, days=22), *everywhere]))
    assert not [a.terms for a in told if a.terms[0] == "Présidente Martin"]


def test_each_planted_event_is_told_once() -> None:
    told = run(planted(1))
    assert sorted(name for alert in told for name in EVENTS if name in alert.terms) == sorted(EVENTS)
