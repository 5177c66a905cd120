"""The processes that tag: in order, without loss when one of them is killed, and none that outlives its parent."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from vigie.adapters.crew.crew import TaggingCrew
from vigie.adapters.crew.tagger import load_detection_tagger
from vigie.errors import PermanentError
from vigie.model import Tags
from vigie.tagging.texts import TextToTag, Untaggable

START_S = 300
"""On a machine that does much else: a process is ready in 6 s on an idle one."""
TEXTS = [
    TextToTag(id=str(n), text=f"Emmanuel Macron reçoit le maire de {town} à l'Élysée.", date="2020-01-01")
    for n, town in enumerate(("Brest", "Lille", "Nice", "Metz", "Sète", "Cahors", "Dole"))
]


@pytest.fixture(scope="module")
def crew() -> Iterator[TaggingCrew]:
    crew = TaggingCrew(2)
    yield crew
    crew.close()
    assert crew.pids == []


def wait_for_children(crew: TaggingCrew, count: int) -> list[psutil.Process]:
    end = time.monotonic() + START_S
    while len(crew.pids) < count and time.monotonic() < end:
        time.sleep(0.01)
    return [psutil.Process(pid) for pid in crew.pids]


def test_answers_are_those_of_the_tagger_in_order(crew: TaggingCrew) -> None:
    expected = list(load_detection_tagger().tag(TEXTS))
    parts = [TEXTS[:3], TEXTS[3:4], [], TEXTS[4:]]
    answers = [crew.tag(part) for part in parts]
    assert [tags for answer in answers for tags in answer.result(START_S)] == expected


def test_one_that_is_killed_loses_nothing(crew: TaggingCrew) -> None:
    expected = list(load_detection_tagger().tag(TEXTS)) * 40
    answer = crew.tag(TEXTS * 40)
    time.sleep(0.1)
    for process in wait_for_children(crew, 1):
        process.kill()
    assert answer.result(2 * START_S) == expected


def test_a_text_that_kills_is_told_by_itself() -> None:
    crew = TaggingCrew(1)
    try:
        crew.tag(TEXTS[:1]).result(START_S)
        (child,) = wait_for_children(crew, 1)
        child.suspend()  # it will not have answered when it dies
        answer = crew.tag(TEXTS[:1])
        time.sleep(0.2)
        child.kill()
        (told,) = answer.result(START_S)
        assert isinstance(told, Untaggable)
        (after,) = crew.tag(TEXTS[1:2]).result(START_S)
        assert isinstance(after, Tags)
    finally:
        crew.close()


def test_closed_in_the_middle_it_leaves_nobody() -> None:
    crew = TaggingCrew(2)
    answers = [crew.tag(TEXTS) for _ in range(6)]
    processes = wait_for_children(crew, 2)
    crew.close()
    assert not psutil.wait_procs(processes, timeout=20)[1]
    assert all(answer.done() for answer in answers)
    with pytest.raises((PermanentError, RuntimeError)):
        crew.tag(TEXTS).result(START_S)


PARENT = """
import time
from vigie.adapters.crew.crew import TaggingCrew
from vigie.tagging.texts import TextToTag
crew = TaggingCrew(1)
crew.tag([TextToTag(id="a", text="Emmanuel Macron est à Brest.")]).result()
print(crew.pids[0], flush=True)
time.sleep(600)
"""


def test_it_dies_with_a_parent_that_is_killed() -> None:
    folder = Path(__file__).parents[2] / "include"
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=folder
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    assert not psutil.wait_procs([child], timeout=START_S)[1]
