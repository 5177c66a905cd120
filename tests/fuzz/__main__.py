"""`python -m tests.fuzz feed --seconds 720 --work FOLDER`: one reader, coverage-guided, with atheris; needs it installed.

A broken promise does not end the run: it is written down once for each place it breaks at, and the run goes on. At
the end, one line of JSON with the executions and the findings goes into FOLDER. Slower than `SLOW_S` is a finding.
"""

import argparse
import importlib
import json
import sys
import time
import traceback
from pathlib import Path
from typing import Any

SLOW_S = 5.0
"""No page and no feed may take longer; a hang of `HANG_S` ends the process, as nothing in it could."""
HANG_S = 60
INSTRUMENTED = ["vigie", "feedparser", "ural", "warcio", "trafilatura", "htmldate", "courlan", "tld"]
LONGEST_BYTES = {"feed": 8192, "url": 1024, "date": 400, "html": 16384, "warc": 8192}


class Findings:
    """What broke, once for each place; and how many executions there were."""

    def __init__(self, reader: str, folder: Path) -> None:
        self.reader = reader
        self.folder = folder
        self.executions = 0
        self.by_place: dict[str, dict[str, Any]] = {}
        self.slowest_s = 0.0
        self.began = time.monotonic()

    def add(self, place: str, data: bytes, told: str) -> None:
        """Write a new finding down with its input; count one that is known."""
        known = self.by_place.get(place)
        if known:
            known["times"] += 1
            return
        name = f"{self.reader}-{len(self.by_place):02}"
        self.by_place[place] = {"place": place, "times": 1, "input": f"{name}.bin"}
        (self.folder / f"{name}.bin").write_bytes(data)
        (self.folder / f"{name}.txt").write_text(told)

    def write(self) -> None:
        """The state so far: a process that is ended from outside has written it too."""
        summary = {
            "reader": self.reader,
            "seconds": round(time.monotonic() - self.began),
            "executions": self.executions,
            "slowest_s": round(self.slowest_s, 3),
            "findings": list(self.by_place.values()),
        }
        (self.folder / "summary.json").write_text(json.dumps(summary, indent=1))


def main() -> None:
    """Read the arguments, make the corpus, and give the process to atheris."""
    import atheris

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("reader", choices=sorted(LONGEST_BYTES))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--work", type=Path, required=True, help="folder for the corpus and what is found")
    asked = parser.parse_args()
    with atheris.instrument_imports(include=INSTRUMENTED, enable_loader_override=False):
        from tests.fuzz.readers import READERS
        from tests.fuzz.seeds import write_corpus

        # Imported late, by us or by Vigie: they must be instrumented too.
        if asked.reader == "html":
            importlib.import_module("trafilatura")
        if asked.reader == "warc":
            importlib.import_module("tests.fuzz.warc")
    folder = asked.work / asked.reader
    write_corpus(asked.reader, folder / "corpus")
    findings = Findings(asked.reader, folder)
    options = [f"-max_total_time={asked.seconds}", f"-timeout={HANG_S}", "-print_final_stats=1"]
    options += [f"-max_len={LONGEST_BYTES[asked.reader]}", "-rss_limit_mb=3000", "-report_slow_units=60"]
    options += [f"-artifact_prefix={folder}/", str(folder / "corpus")]
    atheris.Setup([sys.argv[0], *options], _watch(READERS[asked.reader], findings))
    atheris.Fuzz()


def _watch(read: Any, findings: Findings) -> Any:
    """One execution: timed, and what it raises written down."""
    last_written = [0.0]

    def execute(data: bytes) -> None:
        began = time.monotonic()
        findings.executions += 1
        try:
            read(data)
        except Exception as error:
            findings.add(_place(error), data, traceback.format_exc())
        ended = time.monotonic()
        findings.slowest_s = max(findings.slowest_s, ended - began)
        if ended - began > SLOW_S:
            findings.add(f"slow: {ended - began:.0f} s", data, f"{ended - began:.1f} s\n")
        if ended - last_written[0] > 5:
            last_written[0] = ended
            findings.write()

    return execute


def _place(error: Exception) -> str:
    """The kind of error and the last line of ours, or of the reader's, that it came through."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno} {frame.line or ''}"[:160]


if __name__ == "__main__":
    main()
