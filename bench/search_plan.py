"""Search and screens, each in a process of its own; an engine that this machine cannot run is said to be missing."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.newsroom import SOURCES
from bench.press import Press
from bench.screens import ScreenFigures
from bench.search import SearchFigures, Times
from bench.work import run_any

FULL_SIZE, QUICK_SIZE = 100_000, 600
ENGINES = {"Tantivy": "bench.search:search_tantivy", "Elasticsearch": "bench.search:search_elasticsearch"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """All that was measured; `away` are engines that were not, each with why."""

    engines: tuple[SearchFigures, ...]
    screens: ScreenFigures
    away: tuple[str, ...]


def measure_search(articles: int, folder: Path) -> Searched:
    """One after the other: two engines at once would share the machine."""
    press = Press(feeds=len(SOURCES), entries=articles)
    engines, away = [], []
    for name, work in ENGINES.items():
        sys.stderr.write(f"bench: {articles:,} articles into {name}, and questions\n")
        try:
            engines.append(_read_search(run_any(press, (), work, folder / name)["search"]))
        except RuntimeError as error:
            if "ServerUnavailable" not in str(error):
                raise
            away.append(f"{name}: {str(error).splitlines()[-1]}")
    sys.stderr.write("bench: screens\n")
    ports = range(1, len(SOURCES) + 1)  # nobody asks them
    found = run_any(press, ports, "bench.screens:screens", folder / "Tantivy")["screens"]
    return Searched(engines=tuple(engines), screens=_read_screens(found), away=tuple(away))


def _read_search(found: dict[str, Any]) -> SearchFigures:
    questions = tuple(Times(**times) for times in found.pop("questions"))
    return SearchFigures(**{**found, "bulk": Times(**found["bulk"])}, questions=questions)


def _read_screens(found: dict[str, Any]) -> ScreenFigures:
    screens = tuple(Times(**times) for times in found.pop("screens"))
    return ScreenFigures(**{**found, "missing": tuple(found["missing"])}, screens=screens)
