"""The channels file: YAML text in, rows out; everything that is wrong is said at once, with its line.

channels:
  - id: bureau
    address_from: env:SLACK_BUREAU      # or airflow:CONNECTION_ID; or `address:`, the Apprise address itself
    kinds: [topic, watch, communique]   # and operator, digest; all but digest when nothing is said
    quiet_hours: {from: "22:00", to: "07:00", zone: Europe/Paris}
    most_per_hour: 6
    secret_from: env:HOOK_SECRET        # signs a webhook
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vigie.delivery.rows import ChannelRow
from vigie.errors import UsageError
from vigie.yaml_lines import Lines, Step, read_yaml

_QUIET_KEYS = ("from", "to", "zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A row and where it stands, for what is found wrong with it later."""

    row: ChannelRow
    where: str


def load_channel_rows(text: str, *, where: str) -> tuple[Placed, ...]:
    """Read a channels file. `where` is the file's name, for messages.

    Raises `UsageError` with a line for each problem: `where:line: channel `id`: field: what is wrong and the way out`.
    """
    value, lines = read_yaml(text, where=where)
    listed = value.get("channels") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        raise UsageError(
            f"{where}:1: channels: is not there or no list; write `channels:` and below it `- id: …`"
        )
    problems = [(line, f"{key}: is written twice; keep one") for line, key in lines.repeated()]
    problems += [(lines.of((key,)), f"{key}: is not a known key") for key in value if key != "channels"]
    checked = [_check(place, row, lines) for place, row in enumerate(listed)]
    problems += [problem for _, found in checked for problem in found]
    rows = [row for row, _ in checked if row]
    problems += _repeated(listed, lines)
    if problems:
        raise UsageError("\n".join(f"{where}:{line}: {said}" for line, said in sorted(problems)))
    return tuple(
        Placed(row=row, where=f"{where}:{lines.of(('channels', place))}: channel `{row.id}`")
        for place, row in enumerate(rows)
    )


def _check(place: int, value: Any, lines: Lines) -> tuple[ChannelRow | None, list[tuple[int, str]]]:
    name = _name(place, value)
    try:
        row = ChannelRow.model_validate(value)
    except ValidationError as error:
        return None, [_say(place, name, found, lines) for found in error.errors(include_input=False)]
    if (row.address is None) == (row.address_from is None):
        field = "address" if row.address else "id"
        said = f"{name}: address: write either `address:` or `address_from:`, and not both"
        return None, [(lines.of(("channels", place, field)), said)]
    return row, []


def _name(place: int, value: Any) -> str:
    named = value.get("id") if isinstance(value, dict) else None
    return f"channel `{named}`" if isinstance(named, str) else f"channel number {place + 1}"


def _repeated(listed: list[Any], lines: Lines) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for place, value in enumerate(listed):
        named = value.get("id") if isinstance(value, dict) else None
        if isinstance(named, str) and named in seen:
            yield (
                lines.of(("channels", place, "id")),
                f"channel `{named}`: id: another row has it; give one another",
            )
        elif isinstance(named, str):
            seen.add(named)


def _say(place: int, name: str, found: ErrorDetails, lines: Lines) -> tuple[int, str]:
    path: tuple[Step, ...] = found["loc"]
    field = ".".join(str(part) for part in path) or "row"
    return lines.of(("channels", place, *path)), f"{name}: {field}: {_words(found)}"


def _words(found: ErrorDetails) -> str:
    match found["type"]:
        case "missing":
            return f"is missing; add `{found['loc'][-1]}: …`"
        case "extra_forbidden":
            known = _QUIET_KEYS if found["loc"][0] == "quiet_hours" else tuple(ChannelRow.model_fields)
            return f"is not a known key; known: {', '.join(known)}"
        case "literal_error":
            return f"is not known; write one of {found['ctx']['expected']}"
        case "string_type":
            return "is not text; put it between quotes"
        case "int_type" | "int_from_float" | "greater_than_equal":
            return "is not a whole number of 1 or more"
        case "list_type":
            return "is no list; write it as [topic, watch]"
        case "model_type":
            return "is not a list of `key: value` pairs"
        case _:
            return found["msg"].removeprefix("Value error, ")
