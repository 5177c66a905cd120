"""What the DAGs share: assets, default arguments, the error policy, metrics. The only import of Airflow in the package."""

import dataclasses
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.exceptions import AirflowFailException
from airflow.sdk import Asset, BaseHook, get_current_context
from airflow.sdk.configuration import conf
from airflow.sdk.exceptions import AirflowNotFoundException
from airflow.sdk.observability import stats

from vigie.adapters.channels.secrets import Connection
from vigie.batches import in_batches
from vigie.errors import PermanentError, UsageError, VigieError
from vigie.metrics import STEP, STEP_SUMS
from vigie.model import Sums
from vigie.settings import read_settings
from vigie.steps.measuring import measure
from vigie.stores import TASK, Stores, open_stores

log = logging.getLogger(__name__)

PAGES = Asset("pages", uri="vigie://pages")
ARTICLES = Asset("articles", uri="vigie://articles")
ALERTS = Asset("alerts", uri="vigie://alerts")

START = datetime(2026, 1, 1, tzinfo=UTC)
DEFAULT_ARGS: dict[str, Any] = {
    "owner": "vigie",
    "retries": 2,  # what a step could not do stays in the ledger: a third try in a row rarely helps
    "retry_delay": timedelta(seconds=30),  # longer than the restart of a database or of an index
    "execution_timeout": timedelta(minutes=30),  # twice a lease: work that hangs is free before it is killed
}
SHARED: dict[str, Any] = {
    "start_date": START,
    "catchup": False,  # the ledger is the queue: one run does all that is due
    "max_active_runs": 1,  # a second one would only wait for the leases of the first
    "default_args": DEFAULT_ARGS,
    "tags": ["vigie"],
}


def choose(step: Callable[[Stores], Sequence[Any]]) -> list[list[Any]]:
    """Batches of ids that a step finds due: what the next task is mapped over."""
    TASK.set(_name_task(step))
    with _named_faults(), open_stores(read_settings(), read_connection) as stores:
        found = step(stores)
    log.info("%s: %s due", step.__name__, len(found))
    return list(in_batches(found))


def work(step: Callable[..., Sums], *args: Any) -> dict[str, Any]:
    """Run a step, log its sums and count them; they are the task's result."""
    began = time.monotonic()
    TASK.set(_name_task(step))
    with _named_faults(), _counted_errors(step.__name__, began):
        with open_stores(read_settings(), read_connection) as stores:
            sums = step(stores, *args)
        _count_sums(step.__name__, sums)
    log.info("%s: %s, in %.1f s", step.__name__, sums, time.monotonic() - began)
    return dataclasses.asdict(sums)


def send_gauges() -> None:
    """Tell Airflow's metrics how Vigie fares, where somebody listens; what cannot be read now is told next time."""
    if not any(
        conf.getboolean("metrics", name) for name in ("otel_on", "statsd_on", "statsd_datadog_enabled")
    ):
        return
    try:
        with open_stores(read_settings()) as stores:
            gauges = measure(stores)
    except VigieError as error:
        log.warning("no gauges: %s", error)
        return
    for name, value in gauges.items():
        stats.gauge(name, value)


def pass_on(step: Callable[..., Sums], ids: Sequence[Any]) -> list[Any]:
    """Run a step on a batch of ids and hand the same ids to the next task, which takes those that are ready."""
    work(step, ids)
    return list(ids)


def read_connection(conn_id: str) -> Connection:
    """Airflow's connection of this id, from wherever Airflow keeps its own; `UsageError` when there is none."""
    try:
        found = BaseHook.get_connection(conn_id)
    except AirflowNotFoundException as error:
        raise UsageError(f"Airflow has no connection `{conn_id}`") from error
    return Connection(uri=found.get_uri(), password=found.password)


def _name_task(step: Callable[..., Any]) -> str:
    """What servers log beside what they were asked: the task of the DAG, or the step where there is none."""
    try:
        instance = get_current_context()["ti"]
    except (RuntimeError, KeyError):
        return step.__name__
    return f"{instance.dag_id}.{instance.task_id}"


@contextmanager
def _named_faults() -> Iterator[None]:
    """The error policy: what cannot succeed fails at once; all else is tried again by Airflow."""
    try:
        yield
    except (UsageError, PermanentError) as error:
        raise AirflowFailException(str(error)) from error


@contextmanager
def _counted_errors(name: str, began: float) -> Iterator[None]:
    try:
        yield
    except Exception:
        stats.incr(f"{STEP}.{name}.errors")
        raise
    finally:
        stats.timing(f"{STEP}.{name}.duration", (time.monotonic() - began) * 1000)


def _count_sums(name: str, sums: Sums) -> None:
    """Also those that are nothing: a counter that is not there cannot be told from one that stands still."""
    counted = {**dataclasses.asdict(sums), "refused": sum(sums.refused.values())}
    for what in STEP_SUMS:
        stats.incr(f"{STEP}.{name}.{what}", counted[what])
