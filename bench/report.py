"""What was measured, as the table of docs/performance.md: only what stands between its two marks is written."""

import os
import platform
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import psutil

from bench.plan import Line

LONG_STREAM = 460_000
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
HEAD = (
    "| What | Feeds | Done | In s | A second | Baseline | Its a second | Times as long | Peak MB | Its peak MB |\n"
    "|---|---:|---:|---:|---:|---|---:|---:|---:|---:|"
)


def write_report(page: Path, lines: Sequence[Line], now: datetime, command: str) -> None:
    """Put the figures into the page; `ValueError` when it has not the two marks."""
    write_between(page, BEGIN, END, format_report(lines, now, command))


def write_between(page: Path, begin: str, end: str, text: str) -> None:
    """Replace what stands between two marks of a page; `ValueError` when it has not both."""
    before, first, rest = page.read_text(encoding="utf-8").partition(begin)
    _, last, after = rest.partition(end)
    if not (first and last):
        raise ValueError(f"{page}: no {begin} … {end}")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def format_report(lines: Sequence[Line], now: datetime, command: str) -> str:
    """The machine, the table, and how it grows."""
    table = "\n".join([HEAD, *(_row(line) for line in lines)])
    return f"{describe_machine(now, command)}\n\n{table}\n\n{_growth(lines)}"


def describe_machine(now: datetime, command: str) -> str:
    """When, how and where it was measured."""
    memory_gb = psutil.virtual_memory().total / 1e9
    return (
        f"{now:%Y-%m-%d}, `{command}`, {os.cpu_count()} cores ({platform.machine()}), {memory_gb:.0f} GB of memory, "
        f"Python {platform.python_version()}, {platform.system()}; load average at the end "
        f"{os.getloadavg()[0]:.1f}."
    )


def _row(line: Line) -> str:
    ours, bare = line.ours, line.bare
    cells = (
        f"{line.what} ({line.unit})", f"{line.feeds:,}", f"{ours.done:,}", f"{ours.seconds:.1f}",
        f"{ours.per_second:,.0f}", line.baseline, f"{bare.per_second:,.0f}", f"{line.ratio:.1f}",
        f"{ours.peak_mb:.0f}", f"{bare.peak_mb:.0f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _growth(lines: Sequence[Line]) -> str:
    """One sentence for each thing that was measured at several sizes."""
    sentences = []
    for what in dict.fromkeys(line.what for line in lines):
        sizes = sorted((line for line in lines if line.what == what), key=lambda line: line.feeds)
        if len(sizes) > 1:
            sentences.append(f"- {_grow(sizes[0], sizes[-1])}")
    sentences += [f"- {_extrapolate(line)}" for line in lines if line.what in ("detect", "count")]
    return "\n".join(sentences)


def _extrapolate(line: Line) -> str:
    """What was not measured, said so: as long a stream as the goal is stated for."""
    ours = line.ours
    minutes = LONG_STREAM / ours.per_second / 60
    return (
        f"{line.what}: {ours.done:,} entries in {ours.seconds:,.0f} s; {LONG_STREAM:,} at this rate would take "
        f"{minutes:,.0f} minutes (extrapolated, not measured)."
    )


def _grow(small: Line, large: Line) -> str:
    return (
        f"{small.what}: from {small.feeds:,} to {large.feeds:,} feeds, {large.ours.done / small.ours.done:,.0f} times "
        f"as many {small.unit} took {large.ours.seconds / small.ours.seconds:,.1f} times as long and "
        f"{large.ours.peak_mb / small.ours.peak_mb:.1f} times the memory."
    )
