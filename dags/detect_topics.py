"""# Detect topics

Count the terms of what was indexed, decide which topics are new, match the watches, tell the channels, and put alerts
and topics into the index.

Runs when articles were indexed, and every hour, so that a channel that was down is tried again.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import AssetOrTimeSchedule, DeltaTriggerTimetable, dag, task

from vigie import airflow
from vigie.steps import counting, deciding, digesting, notifying, publishing, watching


@dag(
    schedule=AssetOrTimeSchedule(
        timetable=DeltaTriggerTimetable(timedelta(hours=1)), assets=[airflow.ARTICLES]
    ),
    doc_md=__doc__,
    **airflow.SHARED,
)
def detect_topics() -> None:
    @task
    def count() -> dict[str, Any]:
        return airflow.work(counting.count_terms)

    @task(outlets=[airflow.ALERTS])
    def decide() -> dict[str, Any]:
        return airflow.work(deciding.decide_alerts)

    @task(outlets=[airflow.ALERTS])
    def watch() -> dict[str, Any]:
        return airflow.work(watching.match_watches)

    @task
    def digest() -> dict[str, Any]:
        # Here and not in `maintain`: a reader's morning is seldom midnight UTC.
        return airflow.work(digesting.write_digests)

    @task
    def notify() -> dict[str, Any]:
        return airflow.work(notifying.notify_channels)

    @task
    def publish() -> dict[str, Any]:
        return airflow.work(publishing.publish_findings)

    @task
    def feed() -> dict[str, Any]:
        return airflow.work(digesting.write_alerts_feed)

    # Told before it is shown: an index that is away holds up no message.
    [count() >> decide(), watch()] >> digest() >> notify() >> [publish(), feed()]


detect_topics()
