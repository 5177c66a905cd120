"""# Set up search

By hand, before the first run on Elasticsearch and after an upgrade: bring the index, its templates and its alias up to date. Search answers all through; what was there is kept until `vigie setup-search --drop-kept`. Doing it twice changes nothing.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import dag, task

from vigie import airflow
from vigie.steps import dashboards, rework


@dag(schedule=None, doc_md=__doc__, **airflow.SHARED)
def setup_search() -> None:
    @task(execution_timeout=timedelta(hours=12))  # a changed mapping copies every document; cut, it goes on
    def set_up() -> dict[str, Any]:
        return airflow.work(rework.set_up_search)

    @task
    def import_dashboards() -> dict[str, Any]:
        return airflow.work(dashboards.import_dashboards)

    set_up() >> import_dashboards()


setup_search()
