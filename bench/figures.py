"""What is measured and what comes of it; the clock and the memory of a process that works."""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One thing to measure: `work` is `module:function`, given a served press and a folder of its own."""

    work: str
    feeds: int
    entries: int
    ports: tuple[int, ...]
    home: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many things were done in how long, and the most memory that the process held until then (both of it and of
    its largest child, where it has any)."""

    done: int
    seconds: float
    peak_mb: float

    @property
    def per_second(self) -> float:
        """Things done in a second."""
        return self.done / self.seconds if self.seconds else 0.0


def measure(work: Callable[[], int]) -> Figure:
    """Do it once; `work` says how many things it did."""
    began = time.perf_counter()
    done = work()
    return Figure(done=done, seconds=time.perf_counter() - began, peak_mb=peak_mb())


def peak_mb() -> float:
    """The most memory that this process has held, in megabytes; Linux counts in kilobytes, macOS in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
