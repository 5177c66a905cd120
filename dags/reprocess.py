"""# Reprocess

By hand: extract, tag and index a range of days again from the archive, after a word list or a rule changed.

`tags_only` takes what other rules tagged, from the text in the index. `dry_run` writes nothing: its log says which
tags articles would gain and lose.
"""

from typing import Any

from airflow.sdk import Param, dag, task

from vigie import airflow
from vigie.steps import articles, extracting, rework

DAY: dict[str, Any] = {"type": ["null", "string"], "format": "date"}


@dag(
    schedule=None,
    doc_md=__doc__,
    params={
        "since": Param(
            None, **DAY, title="First day", description="First seen from this day on; empty: the start."
        ),
        "until": Param(None, **DAY, title="Last day", description="First seen up to this day; empty: today."),
        "tags_only": Param(False, type="boolean", title="Tags only", description="Without the archive."),
        "dry_run": Param(False, type="boolean", title="Dry run", description="Only say what would change."),
    },
    **airflow.SHARED,
)
def reprocess() -> None:
    @task
    def reopen(**context: Any) -> list[list[str]]:
        asked = rework.Rework(**context["params"])
        airflow.work(rework.reopen_days, asked)
        return [] if asked.dry_run else airflow.choose(articles.choose_articles)

    @task
    def extract(batch: list[str]) -> list[str]:
        return airflow.pass_on(extracting.extract_articles, batch)

    @task
    def tag(batch: list[str]) -> list[str]:
        return airflow.pass_on(articles.tag_articles, batch)

    @task(outlets=[airflow.ARTICLES])
    def index(batch: list[str]) -> list[str]:
        return airflow.pass_on(articles.index_articles, batch)

    index.expand(batch=tag.expand(batch=extract.expand(batch=reopen())))


reprocess()
