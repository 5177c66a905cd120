"""The main job, played once by Airflow's own DAGs: the past is imported, the day is collected, an alert arrives."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from demo.airflow_client import AirflowClient
from demo.stage import Stage
from vigie.adapters.ledger import accounts, sightings
from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger.accounts import EntryCounts
from vigie.adapters.ledger.feed_reports import report_feeds
from vigie.model import Alert
from vigie.settings import Settings
from vigie.steps import auditing
from vigie.steps.auditing import Audit
from vigie.stores import Stores, open_stores

DAGS = (
    "collect_pages",
    "index_articles",
    "detect_topics",
    "maintain",
    "setup_search",
    "import_archive",
    "reprocess",
)
STEP_S = 300.0
"""Longest wait for one step of the demo; the longest took 70 s on two busy cores."""

Tell = Callable[[str, str], None]
"""Told (step, how far it is) as the demo goes on."""


class PlayError(Exception):
    """Something was not as it should be; the message says what."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the demo shows at the end."""

    counts: EntryCounts
    alerts: tuple[Alert, ...]
    delivered: tuple[dict[str, Any], ...]
    audit: Audit
    leaders: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str, int], ...]
    on_today: frozenset[str]
    """The topics that the page shows as new, by their alerts' ids."""


def play(stage: Stage, tell: Tell) -> Outcome:
    """Import, collect, index, detect, notify, audit: each by its DAG; raises `PlayError` when one does not come."""
    client = stage.client()
    with open_stores(Settings(**_by_field(stage.settings))) as stores:
        _wait(tell, "DAGs", lambda: _parsed(client))
        for dag_id in (
            "setup_search",
            "index_articles",
            "detect_topics",
            "import_archive",
            "maintain",
            "reprocess",
        ):
            client.unpause(dag_id)
        _run(client, tell, "setup_search")
        _run(client, tell, "import_archive", {"path": str(stage.past)})
        _wait(tell, "past", lambda: _indexed(client, stores))
        _wait(tell, "past counted", lambda: _counted(client, stores))
        client.unpause("collect_pages")
        client.trigger("collect_pages")
        _wait(tell, "feeds", lambda: _collected(client, stores))
        _wait(tell, "articles", lambda: _indexed(client, stores))
        _wait(tell, "alert", lambda: _alerted(client, stage, stores))
        _run(client, tell, "maintain")
        return _outcome(client, stage, stores)


def _outcome(client: AirflowClient, stage: Stage, stores: Stores) -> Outcome:
    from vigie.adapters.index.port import Question

    answer = stores.index.search(Question(facets=("leader", "topic"), size=1))
    return Outcome(
        counts=accounts.count_entries(stores.ledger),
        alerts=tuple(ledger_alerts.recent_alerts(stores.ledger)),
        delivered=tuple(_received(stage)),
        audit=auditing.audit(stores),
        leaders=tuple((bucket.value, bucket.count) for bucket in answer.facets["leader"][:6]),
        topics=tuple((bucket.value, bucket.count) for bucket in answer.facets["topic"][:6]),
        on_today=frozenset(new["alert"]["id"] for new in client.today()["new"]),
    )


def _run(client: AirflowClient, tell: Tell, dag_id: str, conf: dict[str, Any] | None = None) -> None:
    run_id = client.trigger(dag_id, conf)

    def progress() -> tuple[bool, str]:
        state = client.state(dag_id, run_id)
        if state == "failed":
            raise PlayError(f"the DAG {dag_id} failed; its log is in the Airflow folder")
        return state == "success", state

    _wait(tell, dag_id, progress)


def _wait(tell: Tell, step: str, progress: Callable[[], tuple[bool, str]]) -> None:
    until = time.monotonic() + STEP_S
    while True:
        done, how_far = progress()
        tell(step, how_far)
        if done:
            return
        if time.monotonic() > until:
            raise PlayError(f"{step}: still not there after {STEP_S:.0f} s ({how_far})")
        time.sleep(1)


def _parsed(client: AirflowClient) -> tuple[bool, str]:
    errors = client.import_errors()
    if errors:
        raise PlayError(f"a DAG cannot be read: {errors[0]}")
    found = client.dag_ids() & set(DAGS)
    return len(found) == len(DAGS), f"{len(found)} of {len(DAGS)} parsed"


def _indexed(client: AirflowClient, stores: Stores) -> tuple[bool, str]:
    _no_failure(client)
    counts = accounts.count_entries(stores.ledger)
    work = ", ".join(
        f"{count} to {stage}" for stage, count in accounts.count_work(stores.ledger).items() if count
    )
    return (
        counts.waiting == 0,
        f"{counts.indexed} indexed of {counts.total} entries{'; ' + work if work else ''}",
    )


def _counted(client: AirflowClient, stores: Stores) -> tuple[bool, str]:
    _no_failure(client)
    left = len(sightings.uncounted_articles(stores.ledger))
    return left == 0, f"{left} articles to count"


def _collected(client: AirflowClient, stores: Stores) -> tuple[bool, str]:
    _no_failure(client)
    feeds = report_feeds(stores.ledger)
    polled = [feed for feed in feeds if feed.last_polled_at]
    return len(polled) == len(feeds) > 0, f"{len(polled)} of {len(feeds)} feeds polled"


def _alerted(client: AirflowClient, stage: Stage, stores: Stores) -> tuple[bool, str]:
    """A new topic has been told, and all that there is to tell has arrived."""
    _no_failure(client)
    told, received = ledger_alerts.recent_alerts(stores.ledger), len(_received(stage))
    is_new = any(alert.kind == "topic" for alert in told)
    return is_new and received >= len(told), f"{received} of {len(told)} received by the webhook"


def _received(stage: Stage) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = httpx.get(
        f"{stage.newsroom_url}/hooks/alerts", trust_env=False, timeout=10
    ).json()
    return found


def _no_failure(client: AirflowClient) -> None:
    failed = client.failed_tasks()
    if failed:
        raise PlayError(
            f"tasks failed: {', '.join(sorted(set(failed)))}; their logs are in the Airflow folder"
        )


def _by_field(variables: dict[str, str]) -> dict[str, Any]:
    return {name.removeprefix("VIGIE_").lower(): value for name, value in variables.items()}
