r"""The feeds file: YAML text in, feeds out; everything that is wrong is said at once, with its line.

feeds:
  - id: elysee
    url: https://www.elysee.fr/feed
    publisher: Élysée
    kind: official          # or press
    language: fr
    country: FR             # gives the zone of dates without an offset, unless `zone` says otherwise
    poll_minutes: 10                                # optional, as is all that follows
    expect: {min_per_week: 5, max_per_day: 40}
    zone: Europe/Paris
    enabled: false
    reason: moved on 3 March, new address not found     # required when it is not enabled
    note: for people
    source: listing         # or sitemap: what lies at `url`; feed when nothing is said
    pattern: /20\d\d/      # which addresses are articles, a regular expression; a listing must say
    beside: elysee-feed     # the feed that a listing or sitemap completes
    rights: licensed        # the desk may keep pages that reserve mining; `note` says by what agreement
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vigie.dates.zones import ZONE_OF_COUNTRY
from vigie.errors import UsageError
from vigie.feeds.rows import ExpectRow, FeedRow, build_feed
from vigie.model import Feed
from vigie.yaml_lines import Lines, read_yaml


def load_feeds(text: str, *, where: str) -> tuple[Feed, ...]:
    """Read a feeds file. `where` is the file's name, for messages.

    Raises `UsageError` with one line for each problem: `where:line: feed `id`: field: what is wrong and the way out`.
    """
    value, lines = read_yaml(text, where=where)
    rows = _rows(value, lines, where)
    checked = [_check_row(row) for row in rows]
    problems = [problem for _, found in checked for problem in found]
    problems += [_Problem(line, f"{key}: is written twice; keep one") for line, key in lines.repeated()]
    problems += [*_strays(value, lines), *_repeated(rows, "id"), *_repeated(rows, "url"), *_astray(rows)]
    if problems:
        raise UsageError("\n".join(f"{where}:{p.line}: {p.text}" for p in sorted(problems)))
    return tuple(feed for feed, _ in checked if feed is not None)


@dataclass(frozen=True, slots=True, order=True)
class _Problem:
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row as written, with its place in the file."""

    place: int
    value: Any
    lines: Lines

    @property
    def name(self) -> str:
        named = self.field("id")
        return f"feed `{named}`" if named else f"feed number {self.place + 1}"

    def field(self, key: str) -> object:
        return self.value.get(key) if isinstance(self.value, dict) else None

    def line(self, *path: str | int) -> int:
        return self.lines.of(("feeds", self.place, *path))

    def problem(self, field: str, what: str, path: tuple[str | int, ...] = ()) -> _Problem:
        return _Problem(self.line(*(path or (field,))), f"{self.name}: {field}: {what}")


def _rows(value: Any, lines: Lines, where: str) -> tuple[_Row, ...]:
    listed = value.get("feeds") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        raise UsageError(
            f"{where}:1: feeds: is not there or no list; write `feeds:` and below it `- id: …` for each"
        )
    return tuple(_Row(place=place, value=row, lines=lines) for place, row in enumerate(listed))


def _strays(value: dict[Any, Any], lines: Lines) -> Iterator[_Problem]:
    for key in value:
        if key != "feeds":
            yield _Problem(lines.of((key,)), f"{key}: is not a known key; only `feeds:` stands at the left")


def _check_row(row: _Row) -> tuple[Feed | None, list[_Problem]]:
    try:
        read = FeedRow.model_validate(row.value)
    except ValidationError as error:
        return None, [_say(row, found) for found in error.errors()] + list(_across_fields(row))
    problems = list(_across_fields(row))
    return (None if problems else build_feed(read)), problems


def _across_fields(row: _Row) -> Iterator[_Problem]:
    """What one field asks of another; looked for even where a third field is wrong."""
    country = row.field("country")
    if (
        isinstance(country, str)
        and re.fullmatch(r"[A-Z]{2}", country)
        and country not in ZONE_OF_COUNTRY
        and row.field("zone") is None
    ):
        yield row.problem("country", f"no time zone is known for `{country}`; add `zone:` with an IANA name")
    if row.field("enabled") is False and row.field("reason") is None:
        yield row.problem("enabled", "is false without a reason; add `reason:` and say why")
    if row.field("rights") == "licensed" and not row.field("note"):
        yield row.problem("rights", "is licensed without a note; add `note:` and say by what agreement")
    yield from _of_a_source(row)


def _of_a_source(row: _Row) -> Iterator[_Problem]:
    source = row.field("source") or "feed"
    if source == "listing" and row.field("pattern") is None:
        yield row.problem(
            "source", "is a listing without a pattern; add `pattern:` and say which addresses are articles"
        )
    if source == "feed":
        for key in ("pattern", "beside"):
            if row.field(key) is not None:
                yield row.problem(key, "is for a listing or a sitemap; add `source:` or take the line out")


def _astray(rows: Iterable[_Row]) -> Iterator[_Problem]:
    """Rows that stand beside a feed that is not there."""
    rows = tuple(rows)
    named = {str(row.field("id")): row for row in reversed(rows)}
    for row in rows:
        beside = row.field("beside")
        if not isinstance(beside, str):
            continue
        other = named.get(beside)
        if other is None:
            yield row.problem("beside", f"no feed has the id `{beside}`; write that of another row")
        elif row.field("id") == beside:
            yield row.problem("beside", "is its own id; write that of the feed that it completes")
        elif other.field("source") not in (None, "feed"):
            yield row.problem("beside", f"`{beside}` is no feed, but a {other.field('source')}")


def _repeated(rows: Iterable[_Row], key: str) -> Iterator[_Problem]:
    first: dict[str, _Row] = {}
    for row in rows:
        value = row.field(key)
        if not isinstance(value, str):
            continue
        before = first.setdefault(value, row)
        if before is not row:
            way_out = "give one of them another" if key == "id" else "keep one of the two rows"
            yield row.problem(
                key, f"`{value}` is already that of {before.name} on line {before.line(key)}; {way_out}"
            )


def _say(row: _Row, found: ErrorDetails) -> _Problem:
    field = ".".join(str(part) for part in found["loc"]) or "row"
    return row.problem(field, _words(found), found["loc"])


def _words(found: ErrorDetails) -> str:
    value = found["input"]
    match found["type"]:
        case "missing":
            return f"is missing; add `{found['loc'][-1]}: …`"
        case "extra_forbidden":
            return _unknown_key(found["loc"])
        case "literal_error":
            return f"`{value}` is not known; write one of {found['ctx']['expected']}"
        case "string_type":
            return f"{value!r} is not text; put it between quotes"
        case "bool_type":
            return f"{value!r} is neither true nor false"
        case "int_type" | "int_from_float":
            return f"{value!r} is not a whole number"
        case "greater_than_equal":
            return f"{value!r} is too small; write {found['ctx']['ge']} or more"
        case "model_type":
            return f"{value!r} is not a list of `key: value` pairs"
        case _:
            return found["msg"].removeprefix("Value error, ")


def _unknown_key(path: tuple[int | str, ...]) -> str:
    known = list((ExpectRow if path[0] == "expect" else FeedRow).model_fields)
    near = difflib.get_close_matches(str(path[-1]), known, n=1)
    return (
        f"is not a known key; did you mean `{near[0]}`?"
        if near
        else f"is not a known key; known: {', '.join(known)}"
    )
