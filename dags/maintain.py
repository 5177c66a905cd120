"""# Maintain

Once a day: which feeds have gone quiet or broken, and does everything add up across ledger, archive and index?

Operators are alerted of each feed that turned bad, once, on the channels that alerts go to. The audit fails the run when something is lost, doubled or unexplained; its log names each thing.
"""

from typing import Any

from airflow.sdk import dag, task

from vigie import airflow
from vigie.steps import auditing, feed_alerts, feed_health, notifying


@dag(schedule="@daily", doc_md=__doc__, **airflow.SHARED)
def maintain() -> None:
    @task
    def check_feeds() -> dict[str, Any]:
        return airflow.work(feed_health.check_feeds)

    @task
    def alert_operators() -> dict[str, Any]:
        return airflow.work(feed_alerts.alert_operators)

    @task
    def notify() -> dict[str, Any]:
        return airflow.work(notifying.notify_channels)

    @task(retries=0)  # what does not add up now will not in half a minute
    def audit() -> dict[str, Any]:
        return airflow.work(auditing.require_audit)

    check_feeds() >> alert_operators() >> notify() >> audit()


maintain()
