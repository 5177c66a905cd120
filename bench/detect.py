"""Detect: entries a second through `vigie detect`; beside it, the model's bare tok2vec and entities on the same texts.

`count` is the same on entries that carry their tags, beside reading the lines: counting and deciding alone.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import spacy

from bench.figures import Figure, Job, measure
from bench.newsroom import Newsroom
from bench.tag import BATCH
from vigie.tagging.pipeline import MODEL

LOOK_S = 0.2
"""How often memory is looked at: what is held for less is not seen."""
_BARE = ("tok2vec", "ner")


def detect(job: Job) -> dict[str, Figure]:
    """The executable on a file, from its start to its end: loading the model and the processes that tag included."""
    return {"detect": _detect(job, tagged=False)}


def detect_bare(job: Job) -> dict[str, Figure]:
    """The baseline: one process, the two pipes of the model that an entity recogniser needs."""
    nlp = spacy.load(MODEL)
    nlp.select_pipes(enable=_BARE)
    texts = [entry.text for entry in Newsroom().write(job.entries)]
    list(nlp.pipe(texts[:1]))
    return {"detect": measure(lambda: sum(1 for _ in nlp.pipe(texts, batch_size=BATCH)))}


def count(job: Job) -> dict[str, Figure]:
    """As `detect`, without a tagger."""
    return {"count": _detect(job, tagged=True)}


def count_bare(job: Job) -> dict[str, Figure]:
    """The baseline: each line read as JSON, nothing kept."""
    lines = list(_lines(job, tagged=True))
    return {"count": measure(lambda: sum(1 for line in lines if json.loads(line)))}


def _detect(job: Job, *, tagged: bool) -> Figure:
    job.home.mkdir(parents=True, exist_ok=True)
    stream = job.home / f"entries-{tagged}.jsonl"
    with stream.open("w", encoding="utf-8") as file:
        file.writelines(_lines(job, tagged=tagged))
    return _watch([str(Path(sys.executable).parent / "vigie"), "detect"], stream, job.entries)


def _lines(job: Job, *, tagged: bool) -> Iterator[str]:
    return (entry.to_line(tagged=tagged) for entry in Newsroom().write(job.entries))


def _watch(command: list[str], stream: Path, done: int) -> Figure:
    """Run a command to its end; the most memory that it and all its children held together."""
    began, peak = time.perf_counter(), 0.0
    with (
        stream.open("rb") as stdin,
        subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL) as process,  # noqa: S603 - our own executable
    ):
        while process.poll() is None:
            peak = max(peak, _held_mb(process.pid))
            time.sleep(LOOK_S)
    if process.returncode:
        raise RuntimeError(f"{command}: exit {process.returncode}")
    return Figure(done=done, seconds=time.perf_counter() - began, peak_mb=peak)


def _held_mb(pid: int) -> float:
    """Resident memory of a process and its children; what several of them share counts for each."""
    try:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        return sum(one.memory_info().rss for one in family) / 1e6
    except psutil.NoSuchProcess:
        return 0.0
