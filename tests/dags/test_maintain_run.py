"""`maintain` run by Airflow on a ledger that does not add up: the run fails, operators hear of it, metrics arrive."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

from tests.adapters.receivers import HookServer, hook_server
from vigie.settings import PROJECT, Settings
from vigie.stores import open_stores

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

RUN = """
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.observability import stats
from airflow.sdk.observability.metrics import stats_utils

# As Airflow does it when a task's process begins.
stats.initialize(factory=stats_utils.get_stats_factory(), export_legacy_names=False)
dags = DagBag("dags").dags
dags["collect_pages"].get_task("due_feeds").python_callable()
run = dags["maintain"].test()
print("STATES", run.state, *sorted(f"{one.task_id}={one.state}" for one in run.get_task_instances()))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of the run: states as printed, what operators were sent, and the metrics by name."""

    states: str
    told: list[dict[str, object]]
    metrics: Mapping[str, float]


@pytest.fixture(scope="module")
def receiver() -> Iterator[HookServer]:
    with hook_server() as server:
        yield server


@pytest.fixture(scope="module")
def outcome(receiver: HookServer, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("maintain")
    spoil_ledger(folder / "home")
    environment = airflow_environment(folder, receiver)
    for command in (
        [str(Path(sys.executable).parent / "airflow"), "db", "migrate"],
        [sys.executable, "-c", RUN],
    ):
        done = subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=250, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    [states] = [line for line in done.stdout.splitlines() if line.startswith("STATES")]
    told = [request.json for request in receiver.received if request.path == "/hook"]
    bodies = [request.body for request in receiver.received if request.path == "/v1/metrics"]
    return Outcome(states=states, told=told, metrics=read_metrics(bodies))


def spoil_ledger(home: Path) -> None:
    """A tally that no row stands behind."""
    with open_stores(Settings(home=home)) as stores:
        stores.ledger.close()
    with sqlite3.connect(home / "ledger.db") as connection:
        connection.execute("UPDATE tallies SET rows = rows + 1 WHERE table_name = 'polls'")
    connection.close()


def airflow_environment(folder: Path, receiver: HookServer) -> dict[str, str]:
    (folder / "feeds.yml").write_text("feeds: []\n")
    return {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("VIGIE_", "AIRFLOW_", "OTEL_"))
        },
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": "include",
        "AIRFLOW_HOME": str(folder / "airflow"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder}/airflow.db",
        "AIRFLOW__METRICS__OTEL_ON": "True",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{receiver.server_port}",
        "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL": "http/protobuf",
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE": "delta",
        "VIGIE_HOME": str(folder / "home"),
        "VIGIE_FEEDS": str(folder / "feeds.yml"),
        "VIGIE_CHANNELS": receiver.address(),
    }


def read_metrics(bodies: list[bytes]) -> dict[str, float]:
    """The last value of a gauge, the sum of a counter, the number of times of a timer."""
    found: dict[str, float] = {}
    for body in bodies:
        for metric in metrics_of(ExportMetricsServiceRequest.FromString(body)):
            kind = metric.WhichOneof("data")
            for point in getattr(metric, kind).data_points:
                value = point.count if kind.endswith("histogram") else point.as_double or point.as_int
                found[metric.name] = value + (0 if kind == "gauge" else found.get(metric.name, 0))
    return found


def metrics_of(request: ExportMetricsServiceRequest) -> Iterator[object]:
    for resource in request.resource_metrics:
        for scope in resource.scope_metrics:
            yield from scope.metrics


def test_the_run_fails_with_the_audit_although_operators_were_told(outcome: Outcome) -> None:
    assert outcome.states == (
        "STATES failed alert_operators=success audit=failed check_feeds=success notify=success"
    )


def test_operators_are_told_once_and_why(outcome: Outcome) -> None:
    [alert] = outcome.told
    assert (alert["kind"], alert["topic"], alert["about"]) == ("operator", "Audit : à voir", "audit")
    assert "polls has 0 rows, its tally says 1" in str(alert["reason"])


def test_metrics_arrive_from_the_tasks(outcome: Outcome) -> None:
    found = outcome.metrics
    assert found["airflow.vigie.entries.total"] == 0
    assert found["airflow.vigie.work.index"] == 0
    assert found["airflow.vigie.step.require_audit.errors"] == 1
    assert found["airflow.vigie.step.require_audit.duration"] == 1
    assert found["airflow.vigie.step.notify_channels.done"] == 1
    assert found["airflow.vigie.step.check_feeds.taken"] == 0
    assert "airflow.vigie.step.check_feeds.errors" not in found
