"""All of `include/leaders` looked through: what is wrong, what is doubtful, and how much of what we promise is there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vigie.errors import UsageError
from vigie.knowledge import checks, leaders, rules, tables
from vigie.knowledge.coverage import FILE as COVERAGE
from vigie.knowledge.coverage import Row, find_holes, measure_coverage, read_coverage
from vigie.knowledge.findings import Finding
from vigie.knowledge.leaders import Leaders
from vigie.knowledge.types.leaders import Grammar

FILES = (
    *leaders.FILES,
    COVERAGE,
    "leaders/seats.csv",
    "leaders/periphrases.csv",
    "leaders/grammar.yml",
)
Found = Finding | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """`errors` are what the tables are refused for; `warnings` stop nobody."""

    errors: Sequence[Found] = ()
    warnings: Sequence[Found] = ()
    coverage: Sequence[Row] = ()

    @property
    def ok(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.errors and not self.warnings


def examine(texts: Mapping[str, str], today: date) -> Examination:
    """Look through the texts of `FILES`. Raises nothing for what is in them."""
    try:
        known, errors = leaders.examine_leaders(texts)
        promised = read_coverage(texts)
    except UsageError as error:  # a whole file cannot be read
        return Examination(errors=str(error).splitlines())
    measured = measure_coverage(known, promised, today)
    warnings = checks.find_warnings(known.rows, known.stretches, known.offices, promised.since)
    return Examination(
        errors=[*errors, *_examine_words(texts, known)],
        warnings=[*warnings, *find_holes(measured)],
        coverage=measured,
    )


def _examine_words(texts: Mapping[str, str], known: Leaders) -> Iterator[str]:
    """What is wrong in the files that only the tagger reads."""
    people = {row.term.name for row in known.rows}
    readers: list[Callable[[], object]] = [
        lambda: list(tables.read_seats(texts["leaders/seats.csv"], known.offices)),
        lambda: list(tables.read_periphrases(texts["leaders/periphrases.csv"], known.offices, people)),
        lambda: rules.read_file("leaders/grammar.yml", texts["leaders/grammar.yml"], Grammar),
    ]
    for read in readers:
        try:
            read()
        except UsageError as error:
            yield from str(error).splitlines()
