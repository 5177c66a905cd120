"""The newsroom's past as JSON Lines, for `vigie import`.

python -m demo.newsroom.past --days 30 --now 2026-11-23T09:00:00+01:00 --base-url http://127.0.0.1:8099 > past.jsonl
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime

from demo.newsroom.stories import PARIS
from demo.newsroom.writing import write_past


def past_lines(now: datetime, days: int, base_url: str) -> Iterator[str]:
    """One JSON object a line, oldest first: url, feed, title, text, published_at and, where signed, authors."""
    for story in write_past(now.astimezone(PARIS).replace(microsecond=0), days):
        line = {
            "url": base_url.rstrip("/") + story.path,
            "feed": story.outlet.id,
            "title": story.title,
            "text": story.text,
            "published_at": story.at.isoformat(),
        }
        yield json.dumps(line | ({"authors": [story.author]} if story.author else {}), ensure_ascii=False)


def read_now(text: str) -> datetime:
    """An ISO time; one without an offset is Paris time."""
    now = datetime.fromisoformat(text)
    return now if now.tzinfo else now.replace(tzinfo=PARIS)


def main() -> None:
    """Write the lines to standard output."""
    parser = argparse.ArgumentParser(prog="python -m demo.newsroom.past", description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, default=30, help="how many days before the last one (default 30)")
    parser.add_argument("--now", type=read_now, default=None, help="an ISO time (default: the clock)")
    parser.add_argument(
        "--base-url", required=True, help="where the newsroom is, such as http://127.0.0.1:8099"
    )
    asked = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a TextIO that has it
    for line in past_lines(asked.now or datetime.now(PARIS), asked.days, asked.base_url):
        print(line)


if __name__ == "__main__":
    main()
