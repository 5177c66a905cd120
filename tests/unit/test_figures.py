"""What people said of the alerts of the last 30 days, as figures."""

from datetime import timedelta

from tests.builders import NOW, alert, lesson
from vigie.alerts.figures import count_figures

DAY = timedelta(days=1)


def test_figures_of_nothing() -> None:
    figures = count_figures([], [], NOW)
    assert (figures.alerts, figures.precision, figures.muted, figures.followed) == ({}, None, 0, 0)
    assert figures.since == NOW - 30 * DAY


def test_only_alerts_of_the_last_thirty_days_count_and_no_digest() -> None:
    alerts = [
        alert("a", fired_at=NOW - 30 * DAY),
        alert("b", fired_at=NOW),
        alert("c", kind="watch"),
        alert("old", fired_at=NOW - 31 * DAY),
        alert("ahead", fired_at=NOW + DAY),
        alert("digest", kind="digest"),
    ]
    rated = [lesson("rate", i, verdict=v) for i, v in (("a", "useful"), ("b", "useful"), ("c", "noise"))]
    rated += [lesson("rate", i, verdict="noise") for i in ("old", "digest")]
    figures = count_figures(alerts, rated, NOW)
    assert figures.alerts == {"topic": 2, "watch": 1}
    assert (figures.useful, figures.noise, figures.precision) == (2, 1, 0.667)


def test_wishes_that_are_over_are_not_counted() -> None:
    wishes = [
        lesson(),
        lesson("mute", "x", until=NOW),
        lesson("follow", "t"),
        lesson("follow", "u", until=NOW),
    ]
    figures = count_figures([], wishes, NOW)
    assert (figures.muted, figures.followed) == (1, 1)
