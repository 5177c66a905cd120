"""The pages that are made from the code: `make docs` writes them, a test fails when one is stale.

README.md           the table of DAGs, between its two marks
docs/settings.md    every setting, from the one class that reads them
docs/feeds.md       the feeds file as a table
docs/cli.md         the help of every command
docs/metrics.md     every metric, from the table they are sent by
include/kibana/vigie.ndjson  Kibana's saved objects, from the definitions beside it
docs/reliability.md the fault table, and the figures of the long runs (see reliability.py)
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from typer.testing import CliRunner

from docs import reliability
from vigie.adapters import kibana as kibana_files
from vigie.cli.app import app
from vigie.feeds.file import load_feeds
from vigie.kibana.definitions import read_definitions
from vigie.kibana.writing import FILE, write_objects
from vigie.metrics import GAUGES, STEPS, Metric
from vigie.settings import PROJECT, Settings

MADE = "<!-- made by `make docs`: edit the code instead -->"
DAGS_MARK, END_MARK = "<!-- dags: made by `make docs` -->", "<!-- end -->"


def pages() -> dict[Path, str]:
    """Every generated page and what it should say."""
    readme = PROJECT / "README.md"
    return {
        readme: _fill(readme.read_text(encoding="utf-8"), _dag_table()),
        PROJECT / "docs" / "settings.md": _settings_page(),
        PROJECT / "docs" / "feeds.md": _feeds_page(),
        PROJECT / "docs" / "cli.md": _cli_page(),
        PROJECT / "docs" / "metrics.md": _metrics_page(),
        kibana_files.DEFINITIONS / FILE: write_objects(read_definitions(kibana_files.read_texts())),
        PROJECT / "docs" / "reliability.md": reliability.write_page(MADE),
    }


def stale() -> list[str]:
    """The pages that do not say what the code says."""
    return [
        str(path.relative_to(PROJECT))
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main() -> None:
    """Write every page that is stale."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(PROJECT)}\n")


def _fill(text: str, table: str) -> str:
    pattern = re.compile(f"{re.escape(DAGS_MARK)}.*?{re.escape(END_MARK)}", re.DOTALL)
    return pattern.sub(lambda _: f"{DAGS_MARK}\n{table}\n{END_MARK}", text)


def _dag_table() -> str:
    """From the files themselves: a DAG's name, what its docstring says first, and the tasks it calls, in order."""
    rows = ["| DAG | what it does | tasks |", "|---|---|---|"]
    for path in sorted((PROJECT / "dags").glob("*.py"), key=lambda path: _ORDER.index(path.stem)):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        doc = (ast.get_docstring(tree) or "").split("\n\n")[1]
        dag = next(node for node in tree.body if isinstance(node, ast.FunctionDef))
        tasks = [node.name for node in dag.body if isinstance(node, ast.FunctionDef)]
        rows.append(f"| `{path.stem}` | {' '.join(doc.split())} | {' → '.join(tasks)} |")
    return "\n".join(rows)


_ORDER = [
    "collect_pages",
    "index_articles",
    "detect_topics",
    "maintain",
    "setup_search",
    "reprocess",
    "import_archive",
]


def _settings_page() -> str:
    rows = ["| variable | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        rows.append(f"| `VIGIE_{name.upper()}` | {_default(field.default)} | {field.description} |")
    return f"{MADE}\n\n# Settings\n\nAll from the environment.\n\n" + "\n".join(rows) + "\n"


def _default(value: object) -> str:
    if isinstance(value, Path):
        return f"`{value.relative_to(PROJECT)}`"
    text = str(value)
    return f"`{text}`" if value is not None and text.strip("*") else "–"


def _feeds_page() -> str:
    text = (PROJECT / "include" / "feeds.yml").read_text(encoding="utf-8")
    feeds = load_feeds(text, where="include/feeds.yml")
    rows = [
        "| id | publisher | kind | country | source | expected | enabled |",
        "|---|---|---|---|---|---|---|",
    ]
    for feed in feeds:
        expected = f"{feed.expect.min_per_week or '–'} a week to {feed.expect.max_per_day or '–'} a day"
        source = f"{feed.source} beside `{feed.beside}`" if feed.beside else feed.source
        enabled = "yes" if feed.enabled else f"no: {feed.reason}"
        rows.append(
            f"| `{feed.id}` | {feed.publisher} | {feed.kind} | {feed.country} | {source} | {expected} | {enabled} |"
        )
    on = sum(feed.enabled for feed in feeds)
    return (
        f"{MADE}\n\n# Feeds\n\n{len(feeds)} rows in `include/feeds.yml`, {on} enabled.\n\n"
        + "\n".join(rows)
        + "\n"
    )


def _metrics_page() -> str:
    return (
        f"{MADE}\n\n# Metrics\n\nWhat Vigie tells Airflow's metrics; how to have them sent is in "
        "[operating](operating.md#metrics). In front of each name stands Airflow's own prefix, `airflow.` by default.\n\n"
        "## Gauges\n\nEvery two minutes, by the first task of `collect_pages`. A delay is not sent where there is none.\n\n"
        f"{_metrics_table(GAUGES)}\n\n## Steps\n\nAt the end of every task. `<step>` is the name that the log has: "
        f"`poll_feeds`, `index_articles`, `require_audit`.\n\n{_metrics_table(STEPS)}\n"
    )


def _metrics_table(metrics: tuple[Metric, ...]) -> str:
    rows = [f"| `{each.name}` | {each.kind} | {each.unit} | {each.meaning} |" for each in metrics]
    return "\n".join(["| name | kind | unit | what it is |", "|---|---|---|---|", *rows])


def _cli_page() -> str:
    parts = [f"{MADE}\n\n# Command line\n"]
    for words in _commands():
        shown = CliRunner().invoke(app, [*words, "--help"], prog_name="vigie", terminal_width=100).output
        text = "\n".join(line.rstrip() for line in shown.strip().splitlines())
        parts.append(f"## `{' '.join(('vigie', *words))}`\n\n```\n{text}\n```\n")
    return "\n".join(parts)


def _commands() -> Iterator[tuple[str, ...]]:
    yield ()
    for command in app.registered_commands:
        yield (command.name or command.callback.__name__.replace("_", "-"),)  # type: ignore[union-attr]
    for group in app.registered_groups:
        yield (group.name or "",)
        for command in group.typer_instance.registered_commands:  # type: ignore[union-attr]
            yield (group.name or "", command.name or command.callback.__name__)  # type: ignore[union-attr]


if __name__ == "__main__":
    main()
