"""A script's view of Vigie: a folder of its own, a feeds file, a clock, and the executable's own entry point.

The entry is called in this process, because loading spaCy takes seconds: `tests/cli/test_process.py` holds the real
executable to the same.
"""

import io
import json
import logging
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from vigie.cli import main

START = datetime.fromisoformat("2026-11-23T09:00:00+01:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a script gets from one call."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on standard output."""
        (line,) = self.out.splitlines()
        return json.loads(line)

    @property
    def objects(self) -> list[Any]:
        """JSON Lines on standard output."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(slots=True)
class Desk:
    """One installation. `hosts` may be fetched although they are private; `clock` is VIGIE_NOW."""

    folder: Path
    hosts: Iterable[str] = ()
    clock: datetime = START
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The settings of every call."""
        return {
            "VIGIE_HOME": str(self.folder / "home"),
            "VIGIE_FEEDS": str(self.folder / "feeds.yml"),
            "VIGIE_NOW": self.clock.isoformat(),
            "VIGIE_HOST_DELAY_S": "0",
            "VIGIE_ALLOWED_PRIVATE_HOSTS": ",".join(self.hosts),
            **self.settings,
        }

    def follow(self, *rows: Mapping[str, Any]) -> None:
        """Write the feeds file; a row needs an id and a url."""
        usual = {"kind": "press", "language": "fr", "country": "FR", "poll_minutes": 1}
        feeds = [{"publisher": f"Journal {row['id']}", **usual, **row} for row in rows]
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "feeds.yml").write_text(yaml.safe_dump({"feeds": feeds}, allow_unicode=True))

    def wait(self, **delay: float) -> None:
        """Move the clock on."""
        self.clock += timedelta(**delay)

    def call(self, *arguments: str, stdin: str | bytes = b"", **settings: str) -> Outcome:
        """`vigie arguments`, as a script would run it."""
        return call_vigie(*arguments, stdin=stdin, environment={**self.environment, **settings})

    def ask(self, *arguments: str, **settings: str) -> Any:
        """The JSON of a command that must end well."""
        outcome = self.call(*arguments, "--json", **settings)
        assert outcome.code == 0, (outcome.code, outcome.err, outcome.out[-2000:])
        return outcome.json

    def run(self, **settings: str) -> Any:
        """One pass, its sums by step."""
        return self.ask("run", **settings)

    def articles(self) -> dict[str, Any]:
        """Every article in the index, whole as `show` gives it, by title."""
        hits = self.ask("search", "", "--size", "1000")["hits"]
        return {hit["title"]: self.ask("show", hit["id"]) for hit in hits}

    def feed(self, feed_id: str) -> Any:
        """One row of `vigie feeds`."""
        return next(row for row in self.ask("feeds")["feeds"] if row["id"] == feed_id)

    def audit(self) -> Any:
        """The audit, which must add up."""
        found = self.ask("audit")
        assert found["ok"], found["problems"]
        return found


def call_vigie(*arguments: str, stdin: str | bytes = b"", environment: Mapping[str, str]) -> Outcome:
    """The executable's entry point with an environment, arguments and streams of its own."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    last_resort, handlers = logging.lastResort, logging.getLogger("vigie").handlers
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("VIGIE_")]:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["vigie", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            with pytest.raises(SystemExit) as ended:
                main()
        finally:
            logging.lastResort, logging.getLogger("vigie").handlers = last_resort, handlers
    return Outcome(code=ended.value.code or 0, out=_text(out), err=_text(err))  # type: ignore[arg-type]


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
