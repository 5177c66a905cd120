"""# Index articles

From archived pages to searchable articles: extract the text, tag who and what it is about, put it in the index.

Runs when pages came in, and takes everything that the ledger says is due, whatever run brought it.
"""

from airflow.sdk import dag, task

from vigie import airflow
from vigie.steps import articles, extracting


@dag(schedule=[airflow.PAGES], doc_md=__doc__, **airflow.SHARED)
def index_articles() -> None:
    @task
    def due_batches() -> list[list[str]]:
        return airflow.choose(articles.choose_articles)

    @task
    def extract(batch: list[str]) -> list[str]:
        return airflow.pass_on(extracting.extract_articles, batch)

    @task
    def tag(batch: list[str]) -> list[str]:
        return airflow.pass_on(articles.tag_articles, batch)

    @task(outlets=[airflow.ARTICLES])
    def index(batch: list[str]) -> list[str]:
        return airflow.pass_on(articles.index_articles, batch)

    index.expand(batch=tag.expand(batch=extract.expand(batch=due_batches())))


index_articles()
