"""How much memory families of processes have held at most, as a container would count it: shared pages once."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psutil

EVERY_S = 2.0


@contextmanager
def watch_memory(pids: Mapping[str, int]) -> Iterator[dict[str, float]]:
    """Peak megabytes by name, growing while the block runs; a peak between two looks is not seen."""
    peaks = dict.fromkeys(pids, 0.0)
    over = threading.Event()

    def look() -> None:
        while not over.wait(EVERY_S):
            for name, pid in pids.items():
                peaks[name] = max(peaks[name], round(_megabytes(pid)))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


def _megabytes(pid: int) -> float:
    try:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    return sum(map(_proportional, family)) / 1e6


def _proportional(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0
