"""# Detect topics

Count the terms of what was indexed, decide which topics are new, and tell the channels.

Runs when articles were indexed, and every hour, so that a channel that was down is tried again.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import AssetOrTimeSchedule, DeltaTriggerTimetable, dag, task

from vigie import airflow
from vigie.steps import counting, deciding, notifying


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

    @task
    def notify() -> dict[str, Any]:
        return airflow.work(notifying.notify_channels)

    count() >> decide() >> notify()


detect_topics()
