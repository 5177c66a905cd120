"""One measurement in a process of its own: a job in on standard input, figures by name out, both JSON."""

import importlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.figures import Figure, Job
from bench.press import Press
from bench.site import raise_file_limit

LONGEST_S = 3600


def run_job(press: Press, ports: Sequence[int], work: str, home: Path) -> dict[str, Figure]:
    """The figures of `module:function`, from a process that did nothing else."""
    return {name: Figure(**figure) for name, figure in run_any(press, ports, work, home).items()}


def run_any(press: Press, ports: Sequence[int], work: str, home: Path) -> dict[str, dict[str, Any]]:
    """As above, for work that has figures of a type of its own: each as JSON has it."""
    job = {"work": work, "ports": list(ports), "home": str(home), **asdict(press)}
    command = [sys.executable, "-m", "bench.work"]
    done = subprocess.run(  # noqa: S603 - our own module
        command, input=json.dumps(job), capture_output=True, text=True, timeout=LONGEST_S, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{work}: {done.stderr[-3000:]}")
    found: dict[str, dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Work off the job on standard input."""
    raise_file_limit()
    given = json.loads(sys.stdin.read())
    job = Job(**{**given, "ports": tuple(given["ports"]), "home": Path(given["home"])})
    module, _, function = job.work.partition(":")
    figures: dict[str, Any] = getattr(importlib.import_module(module), function)(job)
    sys.stdout.write(json.dumps({name: asdict(figure) for name, figure in figures.items()}) + "\n")


if __name__ == "__main__":
    main()
