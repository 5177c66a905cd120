"""`make demo`: from nothing to an alert, in minutes, on embedded parts.

From a terminal it stays up until Ctrl-C, with "Today" to open; without one it stops everything and exits 0, or
1 when something was not as it should be.
"""

import argparse
import os
import shutil
import signal
import sys
import time
import webbrowser
from pathlib import Path

from rich.console import Console
from rich.table import Table

from demo.play import Outcome, PlayError, play
from demo.stage import PROJECT, USER, Stage, StageError, set_stage

console = Console()


class Progress:
    """Says what is being done and how far it is: a live line on a terminal, a line a change elsewhere."""

    def __init__(self) -> None:
        self._last = ""
        self._started = time.monotonic()

    def tell(self, step: str, how_far: str) -> None:
        """One step, and how far it is."""
        line = f"{step}: {how_far}"
        if line != self._last:
            console.print(f"[dim]{time.monotonic() - self._started:5.0f} s[/dim]  {line}", highlight=False)
            self._last = line


def main() -> int:
    """Play the demo; the process's exit code."""
    folder = _arguments().folder.resolve()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that everything started is ended
    shutil.rmtree(folder, ignore_errors=True)
    progress = Progress()
    progress.tell("start", "newsroom and Airflow")
    try:
        with set_stage(folder) as stage:
            outcome = play(stage, progress.tell)
            _show(outcome, stage)
            wrong = _wrong(outcome)
            if sys.stdin.isatty() and sys.stdout.isatty():
                _stay_up(stage)
    except (PlayError, StageError) as error:
        console.print(f"demo: {error}", style="red", markup=False)
        return 1
    except KeyboardInterrupt:
        console.print("\nStopped. Run `make demo` again at any time.")
        return 130
    for what in wrong:
        console.print(f"demo: {what}", style="red", markup=False)
    return 1 if wrong else 0


def _wrong(outcome: Outcome) -> list[str]:
    wrong = [f"audit: {problem}" for problem in outcome.audit.problems]
    if outcome.counts.waiting or outcome.counts.failed:
        wrong.append(f"{outcome.counts.waiting} entries wait and {outcome.counts.failed} failed")
    if not outcome.alerts:
        wrong.append("no topic was found new")
    if len(outcome.delivered) != len(outcome.alerts):
        wrong.append(f"{len(outcome.alerts)} alerts, and {len(outcome.delivered)} were received")
    if not {alert.id for alert in outcome.alerts if alert.kind == "topic"} <= outcome.on_today:
        wrong.append("the page does not show the new topic on Today")
    return wrong


def _show(outcome: Outcome, stage: Stage) -> None:
    counts = outcome.counts
    table = Table("What", "Found", title="Vigie: what the DAGs did", title_justify="left")
    table.add_row("Entries seen", str(counts.total))
    table.add_row("Indexed", str(counts.indexed))
    table.add_row("Duplicates", str(counts.duplicate))
    table.add_row("Rejected", ", ".join(f"{n} {why}" for why, n in counts.rejected.items()) or "0")
    table.add_row("Leaders found", ", ".join(f"{name} ({n})" for name, n in outcome.leaders))
    table.add_row("Topics found", ", ".join(f"{label} ({n})" for label, n in outcome.topics))
    for alert in outcome.alerts:
        table.add_row(
            "New topic" if alert.kind == "topic" else alert.kind.title(), f"{alert.topic}\n{alert.reason}"
        )
    table.add_row(
        "Alert delivered to", f"{stage.newsroom_url}/hooks/alerts ({len(outcome.delivered)} received)"
    )
    table.add_row("Audit", "all adds up" if outcome.audit.ok else f"{len(outcome.audit.problems)} problems")
    table.add_row("Vigie's page", f"{stage.page_url}   login {USER}, password {stage.password}")
    console.print(table)
    console.print(f"Airflow   {stage.airflow_url}   the same login", highlight=False)
    console.print(f"Newsroom  {stage.newsroom_url}", highlight=False)
    console.print(
        f"Search    VIGIE_HOME={stage.settings['VIGIE_HOME']} .venv/bin/vigie search eau", highlight=False
    )


def _stay_up(stage: Stage) -> None:
    """Until Ctrl-C. Where there is a desktop, the page is opened in its browser; its address is said in any case."""
    console.print(f"Everything stays up; its files are under {stage.folder}. Ctrl-C ends it.")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(stage.page_url)
    while True:
        time.sleep(3600)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=PROJECT / "var" / "demo", help="where everything goes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
