"""The few calls of Airflow's REST API that the demo makes, as any script would."""

import time
from typing import Any

import httpx


class AirflowClient:
    """Logged in as a user of Airflow's simple auth manager."""

    def __init__(self, base_url: str, user: str, password: str) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=60, trust_env=False)
        token = self._http.post("/auth/token", json={"username": user, "password": password})
        token.raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {token.json()['access_token']}"

    def today(self) -> Any:
        """Vigie's page, on "Today", as a script reads it."""
        return self._get("/vigie/")

    def dag_ids(self) -> set[str]:
        """The DAGs that are parsed so far."""
        return {dag["dag_id"] for dag in self._get("/api/v2/dags", limit=100)["dags"]}

    def import_errors(self) -> list[str]:
        """What could not be parsed, one line each."""
        found = self._get("/api/v2/importErrors")["import_errors"]
        return [f"{error['filename']}: {error['stack_trace'].strip().splitlines()[-1]}" for error in found]

    def unpause(self, dag_id: str) -> None:
        """Let a DAG run."""
        self._http.patch(f"/api/v2/dags/{dag_id}", json={"is_paused": False}).raise_for_status()

    def trigger(self, dag_id: str, conf: dict[str, Any] | None = None) -> str:
        """Start a run; its id."""
        answer = self._http.post(
            f"/api/v2/dags/{dag_id}/dagRuns", json={"logical_date": None, "conf": conf or {}}
        )
        answer.raise_for_status()
        run_id: str = answer.json()["dag_run_id"]
        return run_id

    def runs(self) -> list[tuple[str, str]]:
        """(DAG, state) of every run."""
        found = self._get("/api/v2/dags/~/dagRuns", limit=100)["dag_runs"]
        return [(run["dag_id"], run["state"]) for run in found]

    def state(self, dag_id: str, run_id: str) -> str:
        """A run's state: queued, running, success, failed."""
        state: str = self._get(f"/api/v2/dags/{dag_id}/dagRuns/{run_id}")["state"]
        return state

    def failed_tasks(self) -> list[str]:
        """The tasks that failed for good, as `dag.task`."""
        found = self._get("/api/v2/dags/~/dagRuns/~/taskInstances", state="failed", limit=100)[
            "task_instances"
        ]
        return [f"{task['dag_id']}.{task['task_id']}" for task in found]

    def _get(self, path: str, **params: Any) -> Any:
        answer = self._http.get(path, params=params)
        answer.raise_for_status()
        return answer.json()


def wait_healthy(base_url: str, timeout_s: float) -> bool:
    """True when the scheduler and the DAG processor answer in time."""
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        try:
            parts = httpx.get(f"{base_url}/api/v2/monitor/health", timeout=5, trust_env=False).json()
            if all(
                parts[part]["status"] == "healthy" for part in ("metadatabase", "scheduler", "dag_processor")
            ):
                return True
        except (httpx.HTTPError, ValueError, KeyError):
            pass
        time.sleep(0.5)
    return False
