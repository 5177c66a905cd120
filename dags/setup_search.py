"""# Set up search

By hand, after an upgrade: bring the index, its templates and its alias up to date. Doing it twice changes nothing.
"""

from typing import Any

from airflow.sdk import dag, task

from vigie import airflow
from vigie.steps import rework


@dag(schedule=None, doc_md=__doc__, **airflow.SHARED)
def setup_search() -> None:
    @task
    def set_up() -> dict[str, Any]:
        return airflow.work(rework.set_up_search)

    set_up()


setup_search()
