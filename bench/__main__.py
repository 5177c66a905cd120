"""`python -m bench`: measure everything, say it as it comes, and put it into docs/performance.md."""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.plan import FULL, QUICK, Line, measure_all, measure_detection
from bench.report import describe_machine, format_report, write_between, write_report
from bench.search_plan import FULL_SIZE, QUICK_SIZE, measure_search
from bench.search_report import BEGIN as SEARCH_BEGIN
from bench.search_report import END as SEARCH_END
from bench.search_report import format_search, over_goal

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"


def main() -> None:
    """Measure, and write down what was measured unless it was only a trial."""
    given = _read_arguments()
    with tempfile.TemporaryDirectory(prefix="vigie-bench-") as folder:
        if not given.search:
            _measure_lines(given, Path(folder))
        if not given.detection:
            _measure_search(given, Path(folder))


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="small sizes, printed and not kept: does it work?"
    )
    parser.add_argument("--detection", action="store_true", help="that section alone, printed and not kept")
    parser.add_argument(
        "--search", action="store_true", help="search and screens alone; kept unless --articles"
    )
    parser.add_argument(
        "--articles", type=int, help=f"of search and screens, printed and not kept; usually {FULL_SIZE:,}"
    )
    return parser.parse_args()


def _measure_lines(given: argparse.Namespace, folder: Path) -> None:
    measure = measure_detection if given.detection else measure_all
    lines = []
    for line in measure(QUICK if given.quick else FULL, folder):
        lines.append(line)
        _say(line)
    now = datetime.now(UTC)
    if given.quick or given.detection:
        sys.stdout.write(format_report(lines, now, _command()) + "\n")
    else:
        write_report(PAGE, lines, now, _command())
        sys.stdout.write(f"written: {PAGE.name}\n")


def _measure_search(given: argparse.Namespace, folder: Path) -> None:
    size = given.articles or (QUICK_SIZE if given.quick else FULL_SIZE)
    found = measure_search(size, folder)
    text = f"{describe_machine(datetime.now(UTC), _command())}\n\n{format_search(found)}"
    if given.quick or given.articles:
        sys.stdout.write(text + "\n")
    else:
        write_between(PAGE, SEARCH_BEGIN, SEARCH_END, text)
        sys.stdout.write(f"written: {PAGE.name}\n")
    for line in over_goal(found):
        sys.stderr.write(f"bench: over its goal: {line}\n")


def _command() -> str:
    return " ".join(["python -m bench", *sys.argv[1:]]) if sys.argv[1:] else "make bench"


def _say(line: Line) -> None:
    sys.stderr.write(
        f"bench: {line.what}: {line.feeds} feeds: {line.ours.per_second:.0f} {line.unit}/s, "
        f"{line.ratio:.1f} times as long as {line.baseline}, {line.ours.peak_mb:.0f} MB\n"
    )


if __name__ == "__main__":
    main()
