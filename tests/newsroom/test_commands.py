"""`python -m demo.newsroom` and `python -m demo.newsroom.past`, as make demo runs them."""

import json
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from demo.newsroom import Newsroom
from tests.newsroom.conftest import NOW
from vigie.feeds.file import load_feeds

PROJECT = Path(__file__).parents[2]


def test_it_runs_alone_until_sigterm(tmp_path: Path) -> None:
    ready, feeds = tmp_path / "ready.json", tmp_path / "feeds.yml"
    command = [sys.executable, "-m", "demo.newsroom", "--port", "0", "--past-days", "0"]
    process = subprocess.Popen(
        [*command, "--ready-file", str(ready), "--feeds-file", str(feeds)],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(ready)
        said = json.loads(ready.read_text(encoding="utf-8"))
        assert said["pid"] == process.pid
        for feed in load_feeds(feeds.read_text(encoding="utf-8"), where="feeds.yml"):
            assert feed.url.startswith(said["base_url"])
            assert httpx.get(feed.url, trust_env=False).status_code == 200
    finally:
        process.terminate()
        assert process.wait(timeout=10) == 0


def test_the_past_is_json_lines_whose_pages_are_served(newsroom: Newsroom, http: httpx.Client) -> None:
    command = [sys.executable, "-m", "demo.newsroom.past", "--days", "30", "--now", NOW.isoformat()]
    done = subprocess.run(
        [*command, "--base-url", newsroom.base_url],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(newsroom.past_stories)
    assert {line["feed"] for line in lines} == {outlet.id for outlet in newsroom.outlets}
    for line in lines[::20]:
        assert {"url", "feed", "title", "text", "published_at"} <= line.keys()
        assert datetime.fromisoformat(line["published_at"]) <= NOW - timedelta(days=1)
        assert line["text"].split("\n\n")[0].split("«")[0][:40] in http.get(line["url"]).text.replace(
            "&#x27;", "'"
        )


def _wait_for(path: Path) -> None:
    until = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < until, "the newsroom did not come up"
        time.sleep(0.05)
