"""The DAG files: thin, one DAG a file, as the design gives them."""

import ast
from itertools import pairwise

import pytest

from vigie.settings import PROJECT

FILES = sorted((PROJECT / "dags").glob("*.py"))
TASKS = {
    "collect_pages": ["due_feeds", "poll", "due_pages", "fetch"],
    "index_articles": ["due_batches", "extract", "tag", "index"],
    "detect_topics": ["count", "decide", "digest", "notify", "publish"],
    "maintain": ["check_feeds", "alert_operators", "audit", "notify"],
    "setup_search": ["set_up", "import_dashboards"],
    "reprocess": ["reopen", "extract", "tag", "index"],
    "import_archive": ["load"],
}
BRANCHES = {"detect_topics": [["watch", "digest"], ["notify", "feed"]]}
"""What leaves the straight line: tasks beside it, each between the two that it stands between."""


def test_every_file_is_read_without_an_error(dag_bag):
    assert dag_bag.import_errors == {}
    assert set(dag_bag.dags) == set(TASKS) == {path.stem for path in FILES}


@pytest.mark.parametrize("dag_id", TASKS)
def test_tasks_follow_one_another_as_designed(dag_bag, dag_id):
    dag = dag_bag.dags[dag_id]
    lines = [TASKS[dag_id], *BRANCHES.get(dag_id, ())]
    assert set(dag.task_ids) == {task for line in lines for task in line}
    follow = {(before, after) for line in lines for before, after in pairwise(line)}
    assert {(task.task_id, after) for task in dag.tasks for after in task.downstream_task_ids} == follow


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_thin_and_says_what_it_does(dag_bag, path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80
    assert dag_bag.dags[path.stem].doc_md.strip() == ast.get_docstring(ast.parse(text), clean=False).strip()


@pytest.mark.parametrize(
    ("dag_id", "task_id", "asset"),
    [
        ("collect_pages", "fetch", "pages"),
        ("import_archive", "load", "pages"),
        ("index_articles", "index", "articles"),
        ("reprocess", "index", "articles"),
        ("detect_topics", "decide", "alerts"),
        ("detect_topics", "watch", "alerts"),
    ],
)
def test_a_task_says_what_it_brought(dag_bag, dag_id, task_id, asset):
    assert [outlet.name for outlet in dag_bag.dags[dag_id].get_task(task_id).outlets] == [asset]


@pytest.mark.parametrize(("dag_id", "asset"), [("index_articles", "pages"), ("detect_topics", "articles")])
def test_a_dag_waits_for_what_it_needs(dag_bag, dag_id, asset):
    assert f"vigie://{asset}" in str(dag_bag.dags[dag_id].timetable.asset_condition)


@pytest.mark.parametrize("dag_id", TASKS)
def test_one_run_at_a_time_and_nothing_for_the_past(dag_bag, dag_id):
    dag = dag_bag.dags[dag_id]
    assert dag.max_active_runs == 1
    assert not dag.catchup
    assert all(task.execution_timeout for task in dag.tasks)
