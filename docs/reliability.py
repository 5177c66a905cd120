"""docs/reliability.md: the fault table as the tests declare it, and the figures of the long runs.

The tests are imported for their rows; the figures lie in docs/records/, written down after each long run.
"""

from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from tests.faults.table import Fault, read_table
from vigie.settings import PROJECT

RECORDS = PROJECT / "docs" / "records"
INTRODUCTION = """\
# What happens when things go wrong

Each row is one fault, what the world looks like after it, and the one test that brings it about: on real sockets,
real files, real SQLite, PostgreSQL, Tantivy and Elasticsearch, with real signals. Each of these tests asks `vigie audit`
before it ends; where a row says that the audit names the damage, the audit exits with 1, elsewhere it adds up.
"""


def write_page(made: str) -> str:
    """The whole page; `made` is the mark of a page that is made from code."""
    table = read_table()
    parts = [made, INTRODUCTION, f"{len(table)} faults, in {len({row.group for row in table})} groups."]
    for group, rows in groupby(table, key=lambda row: row.group):
        parts.append(_write_group(group, list(rows)))
    parts += [_write_kills(_read("kills.yml")), _write_fuzzing(_read("fuzzing.yml"))]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _write_group(group: str, rows: list[Fault]) -> str:
    lines = [
        f"## {group.capitalize()}",
        "",
        "| fault | what goes wrong | afterwards | test |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{row.id}` | {row.what} | {row.after} | `{row.test.split('[')[0]}` |" for row in rows]
    return "\n".join(lines)


def _write_kills(record: dict[str, Any]) -> str:
    return f"""\
## SIGKILL at {record["moments"]} random moments

Run on {record["date"]} ({record["machine"]}), {record["minutes"]} minutes, seeds {" and ".join(map(str, record["seeds"]))}: `{record["command"]}`.

A run of collect, index and detect over 43 articles is about {record["calls_in_a_run"]:,} entries and returns of our functions.
{record["moments"]} runs were killed: {record["at_an_instant"]} at a random instant from outside, {record["at_a_call"]} at a random entry
or return of a function, in whatever thread; {record["over_before"]} more were over before their instant came. After each, the audit
added up; after the next run every table of the ledger and every document of the index was, row by row, what it is when
nothing happens. Lost: {record["lost"]}. Doubled: {record["doubled"]}. An alert was sent a second time, under the same id, after
{record["alert_sent_again"]} of the kills, between sending and writing down that it was sent; a channel knows it by that id.

`make test` does {record["in_make_test"]} of these moments each time."""


def _write_fuzzing(record: dict[str, Any]) -> str:
    runs = record["runs"]
    minutes = round(sum(run["seconds"] for run in runs) / 60)
    executions = sum(run["executions"] for run in runs)
    lines = [
        "## Fuzzing",
        "",
        f"Coverage-guided, with {record['tool']}, on {record['date']} ({record['machine']}): {minutes} minutes in all,"
        f" {executions:,} executions. One reader at a time: `{record['command']}`. A run starts from our own golden files. What must"
        " hold is in `tests/fuzz/readers.py`: nothing raises, two readings agree, a key is its own key, nothing invisible in a"
        " text, every date is read back as itself, a record is whole or not at all, mending touches no whole record.",
        "",
        "In their order; where a reader has a second run, its code, or what must hold of it, had changed in between.",
        "",
        "| reader | seconds | executions | slowest | found |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {run['reader']} | {run['seconds']} | {run['executions']:,} | {run['slowest_s']:.2f} s | {run['found']} |"
        for run in runs
    ]
    lines += ["", "What was found, and what became of it:", ""]
    lines += [f"- **{found['where']}**: {found['what']} {found['then']}" for found in record["findings"]]
    lines += [
        "",
        "`make test` reads each of those inputs again (`tests/fuzz/found/`) and holds the readers to the same promises",
    ]
    lines[-1] += " with hypothesis for a few seconds (`tests/properties/test_readers.py`)."
    lines += ["", "## What was not tried", ""]
    lines += [f"- {line}" for line in record["not_tried"]]
    return "\n".join(lines)


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(RECORDS / name).read_text(encoding="utf-8"))
    return found
