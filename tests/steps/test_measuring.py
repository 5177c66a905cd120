"""Gauges and sums: every name is in the table that the docs are made of, and the figures are the ledger's."""

import logging

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed
from vigie.metrics import GAUGES, STEPS, take_quantiles
from vigie.model import Sums
from vigie.settings import Settings
from vigie.steps.measuring import measure
from vigie.stores import open_stores

LONGEST = 63 - len("airflow.")
"""OpenTelemetry cuts longer names."""


def test_every_gauge_is_in_the_table_and_all_of_it_is_measured(desk: Desk, newsroom: Newsroom) -> None:
    items = [Item(link=newsroom.put(f"/p/{n}", html(f"Page {n}")), title=f"Page {n}") for n in range(2)]
    desk.follow(
        {"id": "f", "url": put_feed(newsroom, *items)}, {"id": "g", "url": f"{newsroom.base_url}/rien"}
    )
    desk.run()
    with open_stores(Settings(home=desk.folder / "home", now=desk.clock)) as stores:
        found = measure(stores)
    assert found.keys() <= {metric.name for metric in GAUGES}
    assert {metric.name for metric in GAUGES} - found.keys() == {
        "vigie.delay.published.p50",  # these pages say no date
        "vigie.delay.published.p95",
    }
    shown = {name: found[f"vigie.{name}"] for name in ("entries.total", "entries.indexed", "polls.hour")}
    assert shown == {"entries.total": 2, "entries.indexed": 2, "polls.hour": 2}
    assert (found["vigie.polls.failed"], found["vigie.feeds.failing"], found["vigie.feeds.ok"]) == (1, 1, 1)


def test_names_that_statsd_and_opentelemetry_take() -> None:
    names = [metric.name.replace("<step>", "alert_operators") for metric in (*GAUGES, *STEPS)]
    assert len(set(names)) == len(names)
    assert all(len(name) <= LONGEST and name.replace(".", "").replace("_", "").isalnum() for name in names)


def test_quantiles_by_nearest_rank() -> None:
    assert take_quantiles("seen", []) == {}
    assert take_quantiles("seen", [7]) == {"vigie.delay.seen.p50": 7, "vigie.delay.seen.p95": 7}
    found = take_quantiles("seen", list(range(1, 101))[::-1])
    assert found == {"vigie.delay.seen.p50": 50, "vigie.delay.seen.p95": 95}


def test_sums_as_a_log_says_them() -> None:
    assert str(Sums(taken=14, done=11, failed=1, refused={"déjà vu": 2, "vide": 0})) == (
        "11 done of 14, 1 failed, 2 déjà vu"
    )
    assert str(Sums()) == "0 done of 0"


def test_a_shell_logs_the_sums_of_each_step(
    desk: Desk, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    desk.follow(
        {"id": "f", "url": put_feed(newsroom, Item(link=newsroom.put("/p", html("Page")), title="Page"))}
    )
    caplog.set_level(logging.INFO, "vigie")
    assert desk.call("run", "--verbose").code == 0
    steps = [
        record.getMessage().partition(":")[0]
        for record in caplog.records
        if record.name == "vigie.steps.passes"
    ]
    assert steps[:3] == ["poll", "fetch", "health"]
    assert {"extract", "tag", "index", "count", "decide", "notify", "publish"} <= set(steps)
