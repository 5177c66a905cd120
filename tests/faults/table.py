"""The fault table: each test of a fault declares its row here; `docs/reliability.md` is made from the rows.

    @fault("network", "refused", "…what goes wrong…", after="…the world after it…")
    def test_…

    @each_fault("feeds", "case", Row(id="html", what="…", after="…", value=Case(…)), …)
    def test_…(case)

A test with a row must have called `vigie audit` before it ends: `conftest.py` sees to it.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import pytest

Group = Literal[
    "network", "feeds", "pages", "identity", "dates", "archive", "ledger", "index", "alerts", "processes",
    "clock", "disk", "settings",
]  # fmt: skip
GROUPS: tuple[Group, ...] = get_args(Group)
Test = TypeVar("Test", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One row. `test` is where it is shown, as pytest names it."""

    group: Group
    id: str
    what: str
    after: str
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a test that has several; `value` is what the test is given."""

    id: str
    what: str
    after: str
    value: Any = None
    marks: tuple[pytest.MarkDecorator, ...] = ()


TABLE: list[Fault] = []


def fault(group: Group, fault_id: str, what: str, *, after: str) -> Callable[[Test], Test]:
    """Declare that a test shows this fault."""

    def declare(test: Test) -> Test:
        _add(group, fault_id, what, after, _name(test))
        return pytest.mark.fault(test)

    return declare


def each_fault(group: Group, argument: str, *rows: Row) -> Callable[[Test], Test]:
    """Declare that a test shows these faults, one case each; it is given the row's value as `argument`."""

    def declare(test: Test) -> Test:
        for row in rows:
            _add(group, row.id, row.what, row.after, f"{_name(test)}[{row.id}]")
        cases = [pytest.param(row.value, id=row.id, marks=row.marks) for row in rows]
        return pytest.mark.fault(pytest.mark.parametrize(argument, cases)(test))

    return declare


def _add(group: Group, fault_id: str, what: str, after: str, test: str) -> None:
    TABLE.append(Fault(group=group, id=fault_id, what=what, after=after, test=test))


def _name(test: Callable[..., Any]) -> str:
    return f"{test.__module__.rpartition('.')[2]}.py::{test.__name__}"


def read_table() -> list[Fault]:
    """Every row, by group, module and place in it."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        importlib.import_module(f"tests.faults.{path.stem}")
    rows = dict.fromkeys(TABLE)
    return sorted(rows, key=lambda row: (GROUPS.index(row.group), row.test.partition("::")[0]))
