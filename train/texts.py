"""Labelled texts for the topics: the entries of feeds whose publisher's section says what they are about.

`sections.csv` says which broad topics a section stands for. Half of the entries, by their address, is kept aside: nothing
is learned from it, and it is what the floors of `tests/evals` measure on.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SECTIONS = Path(__file__).with_name("sections.csv")
ENTRIES = "entries_2025_02.jsonl"

_MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """A text and the broad topics of its section: one that it is about, or several of which it has one at least."""

    id: str
    title: str
    text: str
    topics: tuple[str, ...]
    aside: bool = False


def read_entries(folder: Path) -> list[LabelledText]:
    """The entries of which the section is known, each address once."""
    sections = list(_read_sections())
    found: dict[str, LabelledText] = {}
    for line in (folder / ENTRIES).read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        topics = _topics_of(entry["url"], sections)
        if topics:
            found[entry["url"]] = LabelledText(
                id=entry["url"],
                title=_plain(entry["title"]),
                text=_plain(entry["summary"]),
                topics=topics,
                aside=_is_aside(entry["url"]),
            )
    return list(found.values())


def _read_sections() -> Iterator[tuple[str, tuple[str, ...]]]:
    lines = (line for line in SECTIONS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    rows = sorted(csv.DictReader(lines), key=lambda row: -len(row["address"]))
    for row in rows:
        yield row["address"], tuple(f"medtop:{digits}000000" for digits in row["topics"].split())


def _topics_of(url: str, sections: list[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    address = re.sub(r"^https?://(www\.)?", "", url)
    return next((topics for begin, topics in sections if address.startswith(begin)), ())


def _is_aside(url: str) -> bool:
    return hashlib.sha256(url.encode()).digest()[0] % 2 == 1


def _plain(text: str | None) -> str:
    return " ".join(_MARKUP.sub(" ", text or "").split())
