"""# Maintain

Once a day: which feeds have gone quiet, and does everything add up across ledger, archive and index?

The audit fails the run when something is lost, doubled or unexplained; its log names each thing.
"""

from typing import Any

from airflow.sdk import dag, task

from vigie import airflow
from vigie.steps import auditing, feed_health


@dag(schedule="@daily", doc_md=__doc__, **airflow.SHARED)
def maintain() -> None:
    @task
    def check_feeds() -> dict[str, Any]:
        return airflow.work(feed_health.check_feeds)

    @task(retries=0)  # what does not add up now will not in half a minute
    def audit() -> dict[str, Any]:
        return airflow.work(auditing.require_audit)

    check_feeds() >> audit()


maintain()
