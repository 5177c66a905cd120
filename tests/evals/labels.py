"""Reads `leaders_fr.txt`: texts with their leader mentions marked in place."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LABELLED = Path(__file__).with_name("leaders_fr.txt")

_MARK = re.compile(r"\[([^\]]+)\]\(([^()]+), ([a-z-]+)\)")


def load_labelled(path: Path = LABELLED) -> list[dict[str, Any]]:
    """The texts in the shape of `tests.evals.leaders`."""
    blocks = [block.splitlines() for block in path.read_text(encoding="utf-8").split("\n\n")]
    return [_read_block(lines) for lines in blocks if not lines[0].startswith("#")]


def _read_block(lines: list[str]) -> dict[str, Any]:
    key, date, *country = lines[0].split()
    plain, leaders = _unmark(" ".join(lines[1:]))
    return {
        "id": key,
        "date": None if date == "-" else date,
        "source_country": country[0] if country else "FR",
        "text": plain,
        "leaders": leaders,
    }


def _unmark(marked: str) -> tuple[str, list[dict[str, Any]]]:
    plain, at, leaders = "", 0, []
    for found in _MARK.finditer(marked):
        plain += marked[at : found.start()]
        leaders += list(_labels(found, len(plain)))
        plain += found[1]
        at = found.end()
    return plain + marked[at:], leaders


def _labels(found: re.Match[str], start: int) -> Iterator[dict[str, Any]]:
    for name in found[2].split(" + "):
        yield {
            "mention": found[1], "name": name, "wikidata": None,
            "via": found[3], "start": start, "end": start + len(found[1]),
        }  # fmt: skip
