"""What is wrong in the desk's tables, each with its place and a way out; all of it at once, not only the first."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from vigie.errors import UsageError

SHOWN = 20
"""A table saved with other separators is wrong in every row: more lines than these help nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong in one line of a file, and what can be done about it. `field` is empty for a whole row."""

    file: str
    line: int
    field: str = ""
    problem: str
    way_out: str = ""

    def __str__(self) -> str:
        field = f", {self.field}" if self.field else ""
        way_out = f"; {self.way_out}" if self.way_out else ""
        return f"{self.file}, line {self.line}{field}: {self.problem}{way_out}"


class Refused(Exception):
    """One row cannot be read; `collecting` keeps the finding and goes on with the next row."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@contextmanager
def collecting(findings: list[Finding]) -> Iterator[None]:
    """Keep what a row is refused for."""
    try:
        yield
    except Refused as refused:
        findings.append(refused.finding)


def refuse(findings: Iterable[Finding]) -> None:
    """Raise `UsageError` with a line for each finding; nothing when there is none."""
    lines = [str(finding) for finding in sorted(findings, key=lambda finding: (finding.file, finding.line))]
    if len(lines) > SHOWN:
        lines = [*lines[:SHOWN], f"{len(lines) - SHOWN} more are wrong: `vigie leaders check` shows all"]
    if lines:
        raise UsageError("\n".join(lines))
