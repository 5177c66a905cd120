"""# Maintain

Once a day: which feeds have gone quiet or broken, and does everything add up across ledger, archive and index?

Operators are alerted of each feed that turned bad, of a stage that fails and of an audit that does not add up, once, on the channels that alerts go to. The audit fails the run when something is lost, doubled or unexplained; its log names each thing.
"""

from typing import Any

from airflow.sdk import dag, task

from vigie import airflow
from vigie.steps import auditing, feed_health, notifying, operating


@dag(schedule="@daily", doc_md=__doc__, **airflow.SHARED)
def maintain() -> None:
    @task
    def check_feeds() -> dict[str, Any]:
        return airflow.work(feed_health.check_feeds)

    @task
    def alert_operators() -> dict[str, Any]:
        return airflow.work(operating.alert_operators)

    @task(retries=0)  # what does not add up now will not in half a minute
    def audit() -> dict[str, Any]:
        return airflow.work(auditing.require_audit)

    @task
    def notify() -> dict[str, Any]:
        return airflow.work(notifying.notify_channels)

    # A teardown: it sends what there is to say also when the audit failed, and the run still fails with the audit.
    check_feeds() >> alert_operators() >> audit() >> notify().as_teardown()


maintain()
