"""The watches file: YAML text in, watches out; everything that is wrong is said at once, with its line.

`include/watches.yml` says what a row may hold.
"""

import difflib
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vigie.errors import UsageError
from vigie.watches.watch import Watch, WatchForm, read_watch
from vigie.yaml_lines import Lines, read_yaml

Problem = tuple[int, str]
"""A line, and what is wrong there."""


def load_watches(text: str, *, where: str) -> tuple[Watch, ...]:
    """Read a watches file. `where` is the file's name, for messages.

    Raises `UsageError` with one line for each problem: `where:line: watch `id`: field: what is wrong and the way out`.
    """
    value, lines = read_yaml(text, where=where)
    problems = [(line, f"{key}: is written twice; keep one") for line, key in lines.repeated()]
    watches: list[Watch] = []
    first: dict[str, int] = {}
    for place, row in enumerate(_rows(value, lines, where)):
        problems += _repeated_id(row, lines.of(("watches", place, "id")), first)
        try:
            watches.append(read_watch(row))
        except ValidationError as error:
            problems += [_say(found, row, place, lines) for found in error.errors()]
    if problems:
        raise UsageError("\n".join(f"{where}:{line}: {said}" for line, said in sorted(problems)))
    return tuple(watches)


def _rows(value: Any, lines: Lines, where: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, dict) or set(value) != {"watches"}:
        stray = next((key for key in value if key != "watches"), "") if isinstance(value, dict) else ""
        line = lines.of((str(stray),))
        raise UsageError(
            f"{where}:{line}: only `watches:` stands at the left; write `- id: …` below it for each"
        )
    rows = value["watches"]
    if rows is not None and not isinstance(rows, list):
        raise UsageError(f"{where}:{lines.of(('watches',))}: watches: is no list; write `- id: …` for each")
    return rows or []


def _repeated_id(row: Any, line: int, first: dict[str, int]) -> Iterator[Problem]:
    name = row.get("id") if isinstance(row, dict) else None
    if isinstance(name, str) and first.setdefault(name, line) != line:
        yield line, f"watch `{name}`: id: is already that of line {first[name]}; give one of them another"


def _say(found: ErrorDetails, row: Any, place: int, lines: Lines) -> Problem:
    named = row.get("id") if isinstance(row, dict) else None
    watch = f"watch `{named}`" if named else f"watch number {place + 1}"
    field = f"{found['loc'][0]}: " if found["loc"] else ""
    return lines.of(("watches", place, *found["loc"])), f"{watch}: {field}{say_fault(found)}"


def say_fault(found: ErrorDetails) -> str:
    """What is wrong with one field, and the way out."""
    value = found["input"]
    match found["type"]:
        case "missing":
            return f"is missing; add `{found['loc'][-1]}: …`"
        case "extra_forbidden":
            return _unknown_key(str(found["loc"][-1]))
        case "literal_error":
            return f"`{value}` is not known; write one of {found['ctx']['expected']}"
        case "string_type":
            return f"{value!r} is not text; put it between quotes"
        case "list_type":
            return f"{value!r} is no list; write [{value}]"
        case "model_type" | "model_attributes_type":
            return f"{value!r} is not a list of `key: value` pairs"
        case _:
            return found["msg"].removeprefix("Value error, ")


def _unknown_key(key: str) -> str:
    known = list(WatchForm.model_fields)
    near = difflib.get_close_matches(key, known, n=1)
    way_out = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(known)}"
    return f"is not a known key; {way_out}"
