"""# Import an archive

By hand: load old articles from a JSON Lines file that the workers can read. What was loaded before is not loaded
again; lines that cannot be read are named in the log, and the rest goes on.
"""

from typing import Any

from airflow.sdk import Param, dag, task

from vigie import airflow
from vigie.steps import rework


@dag(
    schedule=None,
    doc_md=__doc__,
    params={"path": Param("", type="string", minLength=1, title="File", description="A JSON Lines file.")},
    **airflow.SHARED,
)
def import_archive() -> None:
    @task(outlets=[airflow.PAGES])
    def load(**context: Any) -> dict[str, Any]:
        return airflow.work(rework.import_file, context["params"]["path"])

    load()


import_archive()
