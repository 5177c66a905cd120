"""# Collect pages

Ask the feeds that are due, and fetch the pages that their new entries name.

Which feeds are due is the ledger's word; the timer only asks it. Each task leases what it works on, so a run may be
killed anywhere and the next one goes on.
"""

from datetime import timedelta

from airflow.sdk import dag, task

from vigie import airflow
from vigie.steps import fetching, polling


@dag(schedule=timedelta(minutes=2), doc_md=__doc__, **airflow.SHARED)
def collect_pages() -> None:
    @task
    def due_feeds() -> list[list[str]]:
        airflow.send_gauges()  # here, because it comes with the timer
        return airflow.choose(polling.choose_feeds)

    @task
    def poll(batch: list[str]) -> list[str]:
        return airflow.pass_on(polling.poll_feeds, batch)

    @task(trigger_rule="none_failed")  # pages may be due when no feed is
    def due_pages() -> list[list[str]]:
        return airflow.choose(fetching.choose_pages)

    @task(outlets=[airflow.PAGES])
    def fetch(batch: list[str]) -> list[str]:
        return airflow.pass_on(fetching.fetch_pages, batch)

    pages = due_pages()
    poll.expand(batch=due_feeds()) >> pages
    fetch.expand(batch=pages)


collect_pages()
