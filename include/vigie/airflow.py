"""What the DAGs share: assets, default arguments, the error policy. The only import of Airflow in the package."""

import dataclasses
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.exceptions import AirflowFailException
from airflow.sdk import Asset, BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException

from vigie.adapters.channels.secrets import Connection
from vigie.batches import in_batches
from vigie.errors import PermanentError, UsageError
from vigie.model import Sums
from vigie.settings import read_settings
from vigie.stores import Stores, open_stores

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
    with _named_faults(), open_stores(read_settings(), read_connection) as stores:
        return list(in_batches(step(stores)))


def work(step: Callable[..., Sums], *args: Any) -> dict[str, Any]:
    """Run a step and log its sums; they are the task's result."""
    with _named_faults(), open_stores(read_settings(), read_connection) as stores:
        sums = step(stores, *args)
    log.info("%s: %s", step.__name__, sums)
    return dataclasses.asdict(sums)


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


@contextmanager
def _named_faults() -> Iterator[None]:
    """The error policy: what cannot succeed fails at once; all else is tried again by Airflow."""
    try:
        yield
    except (UsageError, PermanentError) as error:
        raise AirflowFailException(str(error)) from error
