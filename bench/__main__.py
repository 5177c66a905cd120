"""`python -m bench`: measure everything, say it as it comes, and put it into docs/performance.md."""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.plan import FULL, QUICK, Line, measure_all, measure_detection
from bench.report import format_report, write_report

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"


def main() -> None:
    """Measure, and write down what was measured unless it was only a trial."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="small sizes, printed and not kept: does it work?"
    )
    parser.add_argument("--detection", action="store_true", help="that section alone, printed and not kept")
    given = parser.parse_args()
    quick, lines = given.quick, []
    measure = measure_detection if given.detection else measure_all
    with tempfile.TemporaryDirectory(prefix="vigie-bench-") as folder:
        for line in measure(QUICK if quick else FULL, Path(folder)):
            lines.append(line)
            _say(line)
    now = datetime.now(UTC)
    if quick or given.detection:
        sys.stdout.write(format_report(lines, now, " ".join(["python -m bench", *sys.argv[1:]])) + "\n")
    else:
        write_report(PAGE, lines, now, "make bench")
        sys.stdout.write(f"written: {PAGE.name}\n")


def _say(line: Line) -> None:
    sys.stderr.write(
        f"bench: {line.what}: {line.feeds} feeds: {line.ours.per_second:.0f} {line.unit}/s, "
        f"{line.ratio:.1f} times as long as {line.baseline}, {line.ours.peak_mb:.0f} MB\n"
    )


if __name__ == "__main__":
    main()
