"""Reads the labelled texts of `leaders*_fr.txt`: leader mentions and traps are marked in place.

A text is its first line (id, date or "-", perhaps a country, perhaps a bar and the article's title) and the lines below
until an empty one. `[words](person, via)` is a mention, `[words](A + B, via)` one of two people, `{words}` a trap.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LABELLED = FOLDER / "leaders_fr.txt"
DEVELOPED_ON = (LABELLED, FOLDER / "leaders_more_fr.txt", FOLDER / "leaders_third_fr.txt")
KEPT_ASIDE = FOLDER / "leaders_kept_fr.txt"

_MARK = re.compile(r"\[([^\]]+)\]\(([^()]+), ([a-z-]+)\)|\{([^}]+)\}")


def load_labelled(*paths: Path) -> list[dict[str, Any]]:
    """The texts of files (`LABELLED` when none is named) in the shape of `tests.evals.leaders`."""
    return [text for path in paths or (LABELLED,) for text in _load_one(path)]


def _load_one(path: Path) -> list[dict[str, Any]]:
    blocks = [block.strip().splitlines() for block in path.read_text(encoding="utf-8").split("\n\n")]
    return [_read_block(lines) for lines in blocks if not lines[0].startswith("#")]


def _read_block(lines: list[str]) -> dict[str, Any]:
    head, _, title = lines[0].partition(" | ")
    key, date, *country = head.split()
    return {
        "id": key,
        "date": None if date == "-" else date,
        "source_country": country[0] if country else "FR",
        "title": title,
        **_unmark(" ".join(lines[1:])),
    }


def _unmark(marked: str) -> dict[str, Any]:
    plain, at = "", 0
    leaders: list[dict[str, Any]] = []
    traps: list[dict[str, Any]] = []
    for found in _MARK.finditer(marked):
        plain += marked[at : found.start()]
        words = found[1] or found[4]
        span = {"mention": words, "start": len(plain), "end": len(plain) + len(words)}
        if found[4]:
            traps.append(span)
        else:
            leaders += _labels(found, span)
        plain += words
        at = found.end()
    return {"text": plain + marked[at:], "leaders": leaders, "traps": traps}


def _labels(found: re.Match[str], span: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in found[2].split(" + "):
        yield {**span, "name": name, "wikidata": None, "via": found[3]}
