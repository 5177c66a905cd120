from datetime import timedelta
from random import Random

from tests.topics.streams import SOURCES, START, Item, background, plant, planted_stream, run, tagged
from vigie.topics.decisions import alerts_per_day, enough_sources, find_threshold
from vigie.topics.detector import Detector

DAY = timedelta(days=1)


def with_event(**changes: object) -> list[Item]:
    random = Random(7)
    event = {"day": 20, "hours": 10, "sources": list(SOURCES[:3]) * 2} | changes
    items = background(random, days=22) + plant(random, "Zorvane", "tempête inouïe", **event)
    return sorted(items, key=lambda item: item.at)


def test_an_alert_says_why() -> None:
    [alert] = run(with_event())
    assert alert.topic == "Ce que l'on sait : Zorvane"
    assert "Zorvane" in alert.terms
    assert alert.now == len(alert.article_ids) >= 3
    assert set(alert.sources) <= set(SOURCES[:3])
    assert len(alert.sources) > 1
    assert alert.before == 0
    assert alert.reason == (
        f"« {alert.terms[0]} » : {alert.now} articles de {len(alert.sources)} sources en {alert.window_h} h, "
        "contre 0,0 d'ordinaire (28 jours)."
    )
    assert alert.passages
    assert alert.passages[0].url.startswith("https://example.org/")
    assert START + 20 * DAY < alert.fired_at < START + 21 * DAY


def test_a_burst_that_goes_on_is_not_new_again() -> None:
    random = Random(7)
    more = [
        item
        for day in range(21, 30)
        for item in plant(
            random, "Zorvane", "reconstruction", day=day, hours=20, sources=list(SOURCES[:3]) * 3
        )
    ]
    assert len(run(sorted([*with_event(), *more], key=lambda item: item.at))) == 1


def test_the_first_days_are_for_learning() -> None:
    random = Random(7)
    items = background(random, days=3) + plant(
        random, "Zorvane", "tempête", day=1, hours=10, sources=list(SOURCES) * 2
    )
    assert run(sorted(items, key=lambda item: item.at)) == []


def test_one_source_alone_is_its_own_affair() -> None:
    assert run(with_event(sources=[SOURCES[0]] * 9)) == []


def test_a_communique_counts_as_two_articles() -> None:
    random = Random(7)
    press = plant(random, "Zorvane", "plan inédit", day=20, hours=5, sources=list(SOURCES[:2]))
    at = START + 20 * DAY + timedelta(hours=6)
    official = Item(tagged=tagged("c", at, "Élysée", ["Zorvane", "plan inédit"], kind="official"))
    routine = [
        Item(tagged=tagged(f"o{n}", START + n * DAY, "Élysée", [f"Visite{n}"], kind="official"))
        for n in range(20)
    ]
    quiet = background(random, days=22)
    stream = sorted([*quiet, *routine, *press, official], key=lambda item: item.at)
    assert [alert.sources[-1] for alert in run(stream)] == ["Élysée"]


def test_words_of_the_desk_head_no_alert() -> None:
    assert run(with_event(), never=["zorvanes", "Tempête inouïe"]) == []


def test_an_article_without_terms_is_no_matter() -> None:
    assert Detector().observe(tagged("a", START, "L'Écho", [])) == ()


def test_the_bar_rises_with_what_the_stream_brings() -> None:
    calm = find_threshold([3.5, 4.0], days=10, articles_per_day=400)
    busy = find_threshold([float(n) for n in range(3, 60)], days=10, articles_per_day=400)
    assert calm < busy
    assert alerts_per_day(18) < alerts_per_day(400) < 1


def test_a_stream_of_one_source_needs_no_second() -> None:
    assert enough_sources(1, active=1)
    assert not enough_sources(1, active=2)


def test_the_planted_stream_stays_under_one_alert_a_day() -> None:
    alerts = run(planted_stream(11))
    days = [alert.fired_at.date() for alert in alerts]
    assert len(days) < 42
