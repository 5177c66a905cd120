"""Pages that make a parser explode: each is its own loss, in a bounded time, and the next one is read."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.adapters.explosive import GENEROUS_S, GOOD, SENTENCE, SLOW, extract, family, page_of
from vigie.adapters.confined.extractor import ConfinedExtractor, extract_confined
from vigie.adapters.confined.frames import MAX_MESSAGE_BYTES, read_message, write_message
from vigie.pages.extract import ExtractedPage, extract_page


@pytest.fixture(scope="module")
def extractor() -> Iterator[ConfinedExtractor]:
    extractor = ConfinedExtractor()
    yield extractor
    extractor.close()


@pytest.fixture
def small() -> Iterator[ConfinedExtractor]:
    """One that loses patience soon."""
    extractor = ConfinedExtractor(cpu_s=0.5, wall_s=60)
    yield extractor
    extractor.close()


@pytest.mark.parametrize(
    "html", [GOOD, GOOD.encode("utf-16"), "", "\ud800<p>x", b"\x89PNG\r\n", "<h1>x", b"\xff" * 99]
)
def test_it_says_what_extract_page_says(extractor: ConfinedExtractor, html: bytes | str) -> None:
    assert extract(extractor, html) == extract_page(html, url="https://a.example/x", zone="Europe/Paris")


def test_the_content_type_counts_too(extractor: ConfinedExtractor) -> None:
    page = extractor.extract(GOOD, url=None, zone="Europe/Paris", content_type="application/pdf")
    assert page.problem == "not HTML: application/pdf"


SHAPES: dict[str, Callable[[], str]] = {
    "100,000 levels": lambda: page_of("<div>" * 100_000 + "x"),
    "a list of 49,000 levels": lambda: page_of("<ul><li>" * 49_000),
    "tables in tables": lambda: page_of("<table><tr><td>" * 33_000),
    "a million attributes": lambda: page_of("<p " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">x</p>"),
    "a huge table": lambda: page_of("<table>" + "<tr><td>a</td><td>b</td></tr>" * 50_000 + "</table>"),
    "a table of vast cells": lambda: page_of(
        "<table><tr>" + "<td colspan=9999999 rowspan=99999>x</td>" * 40_000 + "</tr></table>"
    ),
    "links and nothing else": lambda: page_of("".join(f"<a href=/{n}>{n}</a> " for n in range(50_000))),
    "paragraphs of three words": lambda: page_of("<p>mot de texte</p>" * 49_000),
    "meta tags": lambda: page_of("", "".join(f'<meta name=m{n} content="{n}">' for n in range(99_000))),
    "JSON in JSON": lambda: page_of(
        "", '<script type="application/ld+json">' + "[" * 100_000 + "]" * 100_000 + "</script>"
    ),
    "10 MB of prose": lambda: page_of(SENTENCE * 100_000),
    "10 MB of one word": lambda: page_of("<p>" + "x" * 10_000_000 + "</p>"),
    "two million entities": lambda: page_of("<p>" + "&amp;" * 2_000_000 + "</p>"),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_that_explodes(extractor: ConfinedExtractor, shape: str) -> None:
    html = SHAPES[shape]()
    began = time.monotonic()
    page = extract(extractor, html)
    assert time.monotonic() - began < GENEROUS_S
    assert page.text or page.problem
    assert extract(extractor, GOOD).title == "Un titre"


def test_too_much_work_is_stopped_and_said(
    small: ConfinedExtractor, caplog: pytest.LogCaptureFixture
) -> None:
    before = extract(small, GOOD)
    child = small.pid
    began = time.monotonic()
    page = extract(small, SLOW)
    assert time.monotonic() - began < GENEROUS_S
    assert page == ExtractedPage(problem="the extractor was stopped after 0.5 s of work")
    assert "https://a.example/x: the extractor was stopped" in caplog.text
    assert extract(small, GOOD) == before
    assert small.pid == child, "another worker was at hand: nothing was loaded again"


def test_too_much_memory_is_stopped_and_said() -> None:
    extractor = ConfinedExtractor(memory_bytes=20_000_000)
    greedy = page_of("", '<script type="application/ld+json">[' + "{}," * 600_000 + "{}]</script>")
    page = extract(extractor, greedy)
    assert page == ExtractedPage(problem="the extractor was stopped at 20 MB of memory")
    assert extract(extractor, GOOD).text
    extractor.close()


def test_a_child_that_waits_for_ever_is_ended_by_the_clock() -> None:
    extractor = ConfinedExtractor(wall_s=1)
    assert extract(extractor, GOOD).text
    for process in reversed(family(extractor.pid)):
        process.suspend()
    assert extract(extractor, GOOD).problem == "the extractor gave no answer in 1 s"
    assert extract(extractor, GOOD).text
    extractor.close()


@pytest.mark.parametrize("which", [0, 1], ids=["the child", "its worker"])
@pytest.mark.parametrize("busy", [True, False])
def test_a_kill_costs_no_page(which: int, busy: bool) -> None:
    """Whoever kills it from outside: the page is given to a second one, and nobody is left behind."""
    extractor = ConfinedExtractor(cpu_s=2)
    assert extract(extractor, GOOD).text
    first = family(extractor.pid)
    timer = threading.Timer(0.5, first[which].kill)
    if busy:
        timer.start()
        assert extract(extractor, SLOW).problem == "the extractor was stopped after 2 s of work"
    else:
        first[which].kill()
        first[which].wait(10)
    assert extract(extractor, GOOD).text
    now = family(extractor.pid)
    extractor.close()
    assert not psutil.wait_procs([*first, *now], timeout=20)[1]


def test_a_crash_in_c_is_an_outcome(extractor: ConfinedExtractor) -> None:
    extract(extractor, GOOD)
    worker = family(extractor.pid)[1]
    timer = threading.Timer(
        0.5, worker.send_signal, [signal.SIGSEGV]
    )  # what a fault of the parser's looks like
    timer.start()
    assert extract(extractor, SLOW).problem == "the extractor crashed (SIGSEGV)"
    assert extract(extractor, GOOD).text


def test_threads_take_turns() -> None:
    found: list[str] = []

    def work(number: int) -> None:
        html = GOOD.replace("Un titre", f"Titre {number}")
        found.append(extract_confined(html, url=None, zone="Europe/Paris").title)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [f"Titre {number}" for number in range(8)]


def test_a_message_that_ends_early_or_is_too_long_is_none(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    with path.open("wb") as pipe:
        write_message(pipe, b"bonjour")
    whole = path.read_bytes()
    with path.open("rb") as pipe:
        assert read_message(pipe) == b"bonjour"
        assert read_message(pipe) is None
    for broken in (whole[:-1], whole[:4], (MAX_MESSAGE_BYTES + 1).to_bytes(8, "big") + b"x"):
        path.write_bytes(broken)
        with path.open("rb") as pipe:
            assert read_message(pipe) is None
