"""Alerts go out: by kind, gathered, once, on channels that are there and channels that are not."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.adapters.receivers import HookServer, Inbox, hook_server, is_genuine, smtp_server
from tests.builders import NOW, alert
from vigie.adapters.ledger import alerts
from vigie.model import Alert, AlertKind
from vigie.settings import PROJECT, Settings
from vigie.steps.digesting import last_digest_period, make_digest
from vigie.steps.notifying import notify_channels
from vigie.stores import Stores, open_stores

SECRET = "un-secret-de-32-octets-au-moins-!"
QUIET = {"from": "22:00", "to": "07:00", "zone": "Europe/Paris"}


@pytest.fixture
def receiver() -> Iterator[HookServer]:
    with hook_server() as server:
        yield server


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with smtp_server() as server:
        yield server


class Newsdesk:
    """A ledger, a channels file and a clock."""

    def __init__(self, folder: Path, *rows: dict[str, Any], page_url: str | None = None) -> None:
        self.folder, self.now, self.page_url = folder, NOW, page_url
        (folder / "channels.yml").write_text(yaml.safe_dump({"channels": list(rows)}))

    @contextmanager
    def open(self) -> Iterator[Stores]:
        settings = Settings(
            home=self.folder,
            channels_file=self.folder / "channels.yml",
            now=self.now,
            page_url=self.page_url,
        )
        with open_stores(settings) as stores:
            yield stores

    def decide(self, *told: Alert) -> None:
        with self.open() as stores:
            for item in told:
                alerts.record_decision(stores.ledger, [], [item], stores.channels_for(item.kind), self.now)

    def notify(self, at: datetime | None = None) -> dict[str, Any]:
        self.now = at or self.now
        with self.open() as stores:
            sums = notify_channels(stores)
        return {"taken": sums.taken, "done": sums.done, "failed": sums.failed, "refused": dict(sums.refused)}


WORKER = """
from vigie.settings import read_settings
from vigie.steps.notifying import notify_channels
from vigie.stores import open_stores

with open_stores(read_settings()) as stores:
    print(notify_channels(stores).done)
"""


def start_worker(folder: Path) -> subprocess.Popen[bytes]:
    """A process that notifies; it prints how many alerts it sent."""
    environment = {
        **os.environ,
        "VIGIE_HOME": str(folder),
        "VIGIE_CHANNELS_FILE": str(folder / "channels.yml"),
        "VIGIE_NOW": NOW.isoformat(),
    }
    command = [sys.executable, "-c", WORKER]
    return subprocess.Popen(command, env=environment, cwd=PROJECT, stdout=subprocess.PIPE)


def kinds_of(bodies: list[dict[str, Any]]) -> list[str]:
    return sorted(body["kind"] for body in bodies)


def test_each_channel_has_its_kinds(tmp_path: Path, receiver: HookServer, inbox: Inbox) -> None:
    desk = Newsdesk(
        tmp_path,
        {"id": "outil", "address": receiver.address(), "kinds": ["topic", "watch"]},
        {"id": "courriel", "address": inbox.address(), "kinds": ["communique", "operator"]},
    )
    kinds: tuple[AlertKind, ...] = ("topic", "watch", "communique", "operator")
    desk.decide(*(alert(kind, kind=kind) for kind in kinds))
    assert desk.notify() == {"taken": 4, "done": 4, "failed": 0, "refused": {}}
    assert kinds_of(receiver.bodies) == ["topic", "watch"]
    assert sorted(mail["Subject"].split(" : ")[0] for mail in inbox.mails) == [
        "Communiqué",
        "Vigie, exploitation",
    ]
    assert desk.notify()["taken"] == 0


def test_messages_lead_to_the_page_where_its_address_is_set(
    tmp_path: Path, receiver: HookServer, inbox: Inbox
) -> None:
    rows = ({"id": "outil", "address": receiver.address()}, {"id": "courriel", "address": inbox.address()})
    desk = Newsdesk(tmp_path, *rows, page_url="https://airflow.example/vigie/")
    desk.decide(alert("a1", about="t1"))
    assert desk.notify()["done"] == 2
    assert receiver.bodies[0]["topic_page_url"] == "https://airflow.example/vigie/topics/t1"
    assert "https://airflow.example/vigie/alerts/a1" in inbox.mails[0].get_content()


def test_a_night_s_alerts_come_in_the_morning_as_one_mail(tmp_path: Path, inbox: Inbox) -> None:
    desk = Newsdesk(tmp_path, {"id": "c", "address": inbox.address(), "quiet_hours": QUIET})
    desk.now = NOW.replace(hour=22)
    desk.decide(*(alert(f"n{n}", topic=f"Sujet {n}") for n in range(5)))
    assert desk.notify()["taken"] == 0
    morning = (NOW + timedelta(days=1)).replace(hour=6, minute=0)
    assert desk.notify(morning - timedelta(minutes=1))["taken"] == 0
    assert desk.notify(morning) == {"taken": 5, "done": 5, "failed": 0, "refused": {}}
    (mail,) = inbox.mails
    assert mail["Subject"].startswith("5 alertes : Sujet 0 ; Sujet 1")
    for n in range(5):
        assert f"Nouveau sujet : Sujet {n}" in mail.get_content()


def test_more_than_the_limit_are_gathered_and_signed(
    tmp_path: Path, receiver: HookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEY", SECRET)
    row = {"id": "outil", "address": receiver.address(), "most_per_hour": 3, "secret_from": "env:KEY"}
    desk = Newsdesk(tmp_path, row)
    desk.decide(*(alert(f"n{n}") for n in range(8)))
    assert desk.notify()["done"] == 8
    assert kinds_of(receiver.bodies) == ["gathered", "topic", "topic"]
    assert len(receiver.bodies[-1]["alerts"]) == 6
    for got in receiver.received:
        assert is_genuine(SECRET, got.headers, got.body, NOW.timestamp())
    desk.decide(alert("plus"))
    assert desk.notify(NOW + timedelta(minutes=59))["taken"] == 0
    assert desk.notify(NOW + timedelta(minutes=60))["done"] == 1


def test_a_channel_that_is_down_for_a_day_is_said_on_the_other(
    tmp_path: Path, receiver: HookServer, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk = Newsdesk(
        tmp_path,
        {"id": "outil", "address": receiver.address("s3cr3t-chemin"), "kinds": ["topic", "operator"]},
        {"id": "courriel", "address": inbox.address(), "kinds": ["operator"]},
    )
    receiver.status = 503
    desk.decide(alert("a"))
    refused = 0
    for hour in range(27):
        refused += sum(desk.notify(NOW + timedelta(hours=hour))["refused"].values())
    assert refused == 1
    assert len(receiver.received) == 25  # once a look, and no more after the day
    (mail,) = inbox.mails
    assert mail["Subject"] == "Vigie, exploitation : Canal sans réponse : outil"
    assert "1 alerte en un jour" in mail.get_content()
    told = caplog.text + mail.as_string() + _ledger_text(desk)
    assert "s3cr3t" not in told
    assert "given up after a day: channel outil" in caplog.text


def _ledger_text(desk: Newsdesk) -> str:
    return (desk.folder / "ledger.db").read_bytes().decode("latin-1")


def test_one_channel_that_is_down_keeps_nothing_from_another(
    tmp_path: Path, receiver: HookServer, inbox: Inbox
) -> None:
    receiver.status = 500
    desk = Newsdesk(
        tmp_path,
        {"id": "outil", "address": receiver.address()},
        {"id": "courriel", "address": inbox.address()},
    )
    desk.decide(*(alert(f"n{n}") for n in range(4)))
    assert desk.notify() == {"taken": 5, "done": 4, "failed": 1, "refused": {}}
    assert (len(receiver.received), len(inbox.mails)) == (1, 4)  # one try says that it is down
    receiver.status = 200
    assert desk.notify(NOW + timedelta(minutes=6))["done"] == 4
    assert len(receiver.received) == 5


def test_two_workers_at_once_send_each_message_once(
    tmp_path: Path, receiver: HookServer, inbox: Inbox
) -> None:
    desk = Newsdesk(
        tmp_path,
        {"id": "outil", "address": receiver.address(), "most_per_hour": 20},
        {"id": "courriel", "address": inbox.address()},
    )
    desk.decide(*(alert(f"n{n:02}") for n in range(30)))
    workers = [start_worker(tmp_path) for _ in range(2)]
    done = [int(worker.communicate(timeout=120)[0]) for worker in workers]
    assert sum(done) == 60
    told = [one["alert_id"] for body in receiver.bodies for one in body.get("alerts", [body])]
    assert sorted(told) == [f"n{n:02}" for n in range(30)]
    assert len(receiver.bodies) == 20
    assert len({mail["X-Vigie-Id"] for mail in inbox.mails}) == len(inbox.mails) == 30


def test_a_gathered_message_whose_worker_is_killed_comes_again_under_its_id(
    tmp_path: Path, receiver: HookServer
) -> None:
    """The receiver has it and does not answer; the worker is killed while it waits."""
    desk = Newsdesk(tmp_path, {"id": "outil", "address": receiver.address(), "most_per_hour": 1})
    desk.decide(*(alert(f"n{n}") for n in range(5)))
    receiver.delay_s = 8.0
    worker = start_worker(tmp_path)
    _await(receiver)
    worker.send_signal(signal.SIGKILL)
    assert worker.wait(30) == -signal.SIGKILL
    receiver.delay_s = 0.0
    desk.decide(alert("plus-tard"))
    desk.notify(NOW + timedelta(minutes=1))
    first, second = receiver.bodies
    assert first == second
    assert first["alert_id"] == receiver.received[1].headers["x-vigie-id"]
    assert len(first["alerts"]) == 5
    desk.notify(NOW + timedelta(minutes=62))
    assert [body["alert_id"] for body in receiver.bodies[2:]] == ["plus-tard"]


def _await(receiver: HookServer) -> None:
    ends = time.monotonic() + 50
    while not receiver.received and time.monotonic() < ends:
        time.sleep(0.05)


def test_a_digest_that_cannot_be_made_keeps_nothing_back(
    tmp_path: Path, receiver: HookServer, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Newsdesk(tmp_path, {"id": "outil", "address": receiver.address(), "kinds": ["digest", "topic"]})
    desk.decide(alert("0", kind="digest", window_h=10**12), alert("a"), alert("b"))
    assert desk.notify()["failed"] == 1
    assert "digest 0 cannot be made" in caplog.text
    assert desk.notify(NOW + timedelta(minutes=6))["done"] == 2
    assert [body["alert_id"] for body in receiver.bodies] == ["a", "b"]


def test_a_digest_comes_alone_by_mail_and_what_waits_beside_it_is_gathered(
    tmp_path: Path, inbox: Inbox
) -> None:
    desk = Newsdesk(
        tmp_path,
        {"id": "c", "address": inbox.address(), "kinds": ["digest", "topic"], "quiet_hours": QUIET},
    )
    desk.now = NOW.replace(hour=23)
    with desk.open() as stores:
        period = last_digest_period(stores, "daily")
        digest = make_digest(stores, period)
    desk.decide(digest, alert("a"), alert("b"))
    desk.notify((NOW + timedelta(days=1)).replace(hour=6, minute=30))
    gathered, alone = sorted(inbox.mails, key=lambda mail: mail["X-Vigie-Id"] == digest.id)
    assert gathered["Subject"].startswith("2 alertes : ")
    assert alone["X-Vigie-Id"] == digest.id
    assert {part.get_content_type() for part in alone.walk()} >= {"text/plain", "text/html"}
