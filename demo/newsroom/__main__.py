"""The newsroom in a process of its own, until SIGTERM or Ctrl-C.

python -m demo.newsroom --port 0 --ready-file newsroom.json --feeds-file feeds.yml

The ready file appears when the port answers: {"base_url", "host_port", "port", "pid", "now"}.
"""

import argparse
import json
import os
import signal
import threading
from datetime import datetime
from pathlib import Path

from demo.newsroom.newsroom import Newsroom
from demo.newsroom.past import read_now
from demo.newsroom.stories import PARIS


def main() -> None:
    """Serve until told to stop."""
    asked = _arguments()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with Newsroom(asked.now or datetime.now(PARIS), asked.port, asked.past_days) as newsroom:
        if asked.feeds_file:
            _write(asked.feeds_file, newsroom.feeds_yaml())
        print(f"Rédaction de démonstration : {newsroom.base_url}/", flush=True)
        if asked.ready_file:
            _write(asked.ready_file, _describe(newsroom))
        stop.wait()


def _describe(newsroom: Newsroom) -> str:
    return json.dumps(
        {
            "base_url": newsroom.base_url,
            "host_port": newsroom.host_port,
            "port": newsroom.port,
            "pid": os.getpid(),
            "now": newsroom.now.isoformat(),
        }
    )


def _write(path: Path, text: str) -> None:
    """Whole or not at all: who waits for the file never reads half of it."""
    draft = path.with_name(path.name + ".part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo.newsroom", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--now", type=read_now, default=None, help="an ISO time (default: the clock)")
    parser.add_argument("--past-days", type=int, default=30, help="how many days of older pages to serve")
    parser.add_argument("--ready-file", type=Path, help="written when the port answers")
    parser.add_argument("--feeds-file", type=Path, help="a feeds file for Vigie is written here")
    return parser.parse_args()


if __name__ == "__main__":
    main()
