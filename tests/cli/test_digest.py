"""`vigie digest` and `vigie atom`, as a script and a person see them."""

from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import lxml.html
import pytest

from tests.builders import alert, entry
from tests.cli.desk import Desk
from tests.digests.happened import HOSTILE
from tests.ledger.flow import SOURCES, poll
from tests.ledger.test_digests import decide
from vigie.adapters.ledger import open_ledger
from vigie.adapters.ledger.feeds import sync_feeds

MORNING = datetime.fromisoformat("2026-11-23T07:00:00+01:00")
EVENING = MORNING - timedelta(hours=11)


@pytest.fixture
def told(tmp_path: Path) -> Desk:
    """A desk whose ledger has alerts of the last evening, and one of last week."""
    desk = Desk(tmp_path)
    (tmp_path / "home").mkdir()
    ledger = open_ledger(f"sqlite:///{tmp_path}/home/ledger.db")
    sync_feeds(ledger, SOURCES, EVENING)
    poll(ledger, entry("une"), at=EVENING)
    decide(ledger, alert("a1", fired_at=EVENING, trend=(0, 1, 6)), EVENING)
    decide(ledger, alert("a2", fired_at=EVENING, topic=HOSTILE.replace("\ud800", ""), kind="watch"), EVENING)
    decide(ledger, alert("a3", fired_at=EVENING, topic="Flux muet", kind="operator"), EVENING)
    earlier = EVENING - timedelta(days=5)
    decide(ledger, alert("a0", fired_at=earlier, topic="Mardi"), earlier)
    ledger.close()
    return desk


def test_the_last_digest_for_people_and_machines(told: Desk) -> None:
    shown = told.call("digest")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("Vigie, lundi 23 novembre 2026 : 1 sujet nouveau\n")
    assert "Malpertuis : des plaintes" in shown.out
    assert all(char.isprintable() or char == "\n" for char in shown.out)
    found = told.ask("digest")
    assert found["id"] == "digest-daily-2026-11-23"
    assert (found["start"], found["end"]) == ("2026-11-22T06:00:00Z", "2026-11-23T06:00:00Z")
    assert (found["kind"], found["cadence"], found["pictures"]) == ("digest", "daily", 1)
    assert found["text"].startswith(found["topic"])
    assert told.ask("alerts")["alerts"][-1]["id"] != found["id"]  # to look is not to write


def test_a_week_and_another_day(told: Desk) -> None:
    week = told.ask("digest", "--weekly")
    assert week["id"] == "digest-weekly-2026-11-23"
    assert "Mardi" in week["text"]
    assert told.ask("digest", "--day", "2026-11-18")["topic"].endswith("1 sujet nouveau")
    assert told.ask("digest", "--day", "2026-11-20")["topic"].endswith("rien de nouveau")
    assert told.ask("digest", "--weekly", "--day", "2026-11-19")["id"] == week["id"]


def test_its_html_to_look_at_has_its_pictures_in_it(told: Desk, tmp_path: Path) -> None:
    file = tmp_path / "vu" / "digest.html"
    assert told.call("digest", "--html", str(file)).code == 0
    page = lxml.html.fromstring(file.read_text())
    assert [image.get("src")[:22] for image in page.iter("img")] == ["data:image/png;base64,"]
    assert not list(page.iter("script"))


def test_a_digest_that_was_written_is_shown_as_it_was(told: Desk) -> None:
    (told.folder / "channels.yml").write_text(
        "channels: [{id: mail, address: 'json://127.0.0.1:9/x', kinds: [digest]}]"
    )
    told.settings["VIGIE_CHANNELS_FILE"] = str(told.folder / "channels.yml")
    told.follow()
    told.run()
    found = told.ask("digest", VIGIE_DIGEST_HOUR="7")
    assert found["id"] in {one["id"] for one in told.ask("alerts", "--kind", "digest")["alerts"]}


def test_the_feed_of_alerts(told: Desk, tmp_path: Path) -> None:
    shown = told.call("atom")
    feed = feedparser.parse(shown.out)
    assert not feed.bozo
    assert {one.id for one in feed.entries} == {f"urn:vigie:alert:a{n}" for n in (0, 1, 2)}
    file = tmp_path / "fil.atom"
    found = told.ask("atom", "--kind", "operator", "--kind", "topic", "--last", "2", "--out", str(file))
    assert found["kinds"] == ["topic", "operator"]
    assert [one["alert_id"] for one in found["entries"]] == ["a3", "a1"]
    assert [one.id for one in feedparser.parse(file.read_bytes()).entries] == [
        one["id"] for one in found["entries"]
    ]


def test_a_pass_leaves_the_feed_in_the_home(told: Desk) -> None:
    told.follow()
    assert told.run()["feed"]["done"] == 1
    assert (told.folder / "home" / "alerts.atom").read_text() == told.call("atom").out
    assert told.run()["feed"]["done"] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("digest", "--day", "hier"),
        ("digest", "--html", "/proc/nulle/part.html"),
        ("atom", "--kind", "rumeur"),
        ("atom", "--last", "0"),
        ("atom", "--out", "/proc/nulle/part.atom"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(told: Desk, arguments: tuple[str, ...]) -> None:
    outcome = told.call(*arguments)
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
    assert arguments[1] in outcome.err
