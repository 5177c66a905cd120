"""`vigie detect` as a process: alerts while the stream goes on, the same by one process as by several."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from bench.newsroom import Newsroom
from tests.cli.test_filters import NEWS, stream
from vigie.cli.arrivals import Arrivals
from vigie.cli.detecting import detect_lines
from vigie.cli.tagging_ahead import MANY, TaggingAhead

VIGIE = Path(sys.executable).parent / "vigie"
PATIENCE_S = 300


def dump(articles: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles).encode()


def untagged(articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in article.items() if k != "keyphrases"} for article in articles]


def newsroom(count: int) -> list[dict[str, Any]]:
    return [json.loads(entry.to_line(tagged=False)) for entry in Newsroom(per_day=60).write(count)]


@contextmanager
def detecting(*, stdin: Any = subprocess.PIPE) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")}
    with subprocess.Popen(
        [VIGIE, "detect"], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=kept
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("are_tagged", [True, False])
def test_what_has_arrived_waits_for_nothing_that_has_not(are_tagged: bool) -> None:
    """One line after the other into an open pipe: the answer to each comes before the next is written."""
    articles = stream() if are_tagged else untagged(stream())
    with detecting() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(dump(articles[:-NEWS]))
        for n, article in enumerate(articles[-NEWS:]):
            process.stdin.write(dump([article, {"id": f"fin {n}"}]))
            process.stdin.flush()
            answers = [json.loads(process.stdout.readline())]
            while answers[-1].get("id") != f"fin {n}":
                answers.append(json.loads(process.stdout.readline()))
            if len(answers) > 1:
                assert "Brévanoux" in answers[0]["topic"]
                break
        else:
            pytest.fail("no alert")
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0


def run(given: list[dict[str, Any]], cores: int) -> tuple[list[dict[str, Any]], int]:
    """The answers, and how many other processes worked at them."""
    with TaggingAhead(cores=cores) as ahead:
        answers = list(detect_lines(Arrivals(io.BytesIO(dump(given))), ahead))
        return answers, len(ahead.pids)


def test_a_crew_answers_as_one_process_does() -> None:
    """Untagged and tagged articles and bad lines mixed: the same answers in the same order."""
    given = untagged(stream())
    many = newsroom(MANY)
    for place in range(0, MANY, 50):
        many[place] |= {"keyphrases": ["deux mots"]}
        many.insert(place, {"id": f"mauvais {place}"})
    alone, nobody = run([*many, *given], cores=1)
    together, crew = run([*many, *given], cores=2)
    assert (nobody, crew) == (0, 2)
    assert together == alone
    assert [a["id"] for a in alone if "error" in a] == [f"mauvais {n}" for n in range(0, MANY, 50)]
    assert len(alone) > len(range(0, MANY, 50))


def test_few_articles_start_no_crew() -> None:
    assert run(untagged(stream(days=4)), cores=8)[1] == 0
    assert run([a | {"keyphrases": ["deux mots"]} for a in newsroom(2 * MANY)], cores=8)[1] == 0


@pytest.mark.parametrize("how", ["interrupt", "reader gone", "killed"])
def test_nobody_is_left_behind(how: str, tmp_path: Path) -> None:
    given = tmp_path / "in.jsonl"
    given.write_bytes(dump([{"id": "mauvais"}, *newsroom(6 * MANY), {"id": "mauvais"}]))
    with given.open("rb") as stdin, detecting(stdin=stdin) as process:
        assert process.stdout is not None
        assert b"mauvais" in process.stdout.readline()  # the first batch is tagged: the crew is there
        crew = psutil.Process(process.pid).children(recursive=True)
        assert len(crew) == min(2, len(os.sched_getaffinity(0)), 4) or len(crew) > 2
        if how == "reader gone":
            process.stdout.close()
        else:
            process.send_signal(signal.SIGINT if how == "interrupt" else signal.SIGKILL)
        process.wait(PATIENCE_S)
        assert not psutil.wait_procs(crew, timeout=PATIENCE_S)[1]
        assert process.stderr is not None
        if how == "reader gone":
            assert process.returncode == 0
            assert process.stderr.read() == b""
