"""Hosts side by side, what one host is asked in turn, and a reader that may be slow or stop."""

import threading
import time
from collections import defaultdict
from datetime import UTC, datetime

import pytest

from vigie.errors import TransientError
from vigie.model import Page
from vigie.steps.hosts import ANSWERS_AHEAD, HOSTS_AT_ONCE, ask_host_by_host


def page(url: str) -> Page:
    """An empty answer."""
    return Page(
        requested_url=url, addresses=(url,), status=200, headers=(), body=b"", fetched_at=datetime.now(UTC)
    )


def addresses(hosts: int, pages: int) -> list[str]:
    """So many pages of so many hosts, host by host."""
    return [f"http://h{host}.example/{number}" for host in range(hosts) for number in range(pages)]


def test_two_hundred_hosts_take_as_long_as_the_slowest_few() -> None:
    def ask(url: str) -> Page:
        time.sleep(3 if "h7." in url else 0.3)
        return page(url)

    began = time.monotonic()
    found = dict(ask_host_by_host(addresses(200, 1), str, ask))
    assert len(found) == 200
    assert time.monotonic() - began < 15  # 63 s one after the other


def test_a_host_is_asked_in_order_and_never_twice_at_once() -> None:
    busy, overlaps, seen = set(), [], defaultdict(list)
    lock = threading.Lock()

    def ask(url: str) -> Page:
        host, number = url.rsplit("/", 1)
        with lock:
            overlaps.extend([host] if host in busy else [])
            busy.add(host)
        time.sleep(0.01)
        with lock:
            seen[host].append(int(number))
            busy.remove(host)
        return page(url)

    assert len(list(ask_host_by_host(addresses(20, 10), str, ask))) == 200
    assert not overlaps
    assert all(numbers == list(range(10)) for numbers in seen.values())


def test_errors_are_answers_and_faults_are_raised() -> None:
    def ask(url: str) -> Page:
        if url.endswith("1"):
            raise TransientError("en panne")
        if url.endswith("9"):
            raise ZeroDivisionError
        return page(url)

    found = dict(ask_host_by_host(addresses(1, 3), str, ask))
    assert [isinstance(answer, TransientError) for answer in found.values()] == [False, True, False]
    with pytest.raises(ZeroDivisionError):
        list(ask_host_by_host(addresses(3, 10), str, ask))


def test_a_slow_reader_is_waited_for() -> None:
    asked = []

    def ask(url: str) -> Page:
        asked.append(url)
        return page(url)

    answers = ask_host_by_host(addresses(500, 1), str, ask)
    next(answers)
    time.sleep(0.5)
    assert len(asked) <= ANSWERS_AHEAD + HOSTS_AT_ONCE + 1
    assert len(list(answers)) == 499


def test_a_reader_that_stops_stops_the_asking() -> None:
    asked = []

    def ask(url: str) -> Page:
        asked.append(url)
        return page(url)

    answers = ask_host_by_host(addresses(2000, 1), str, ask)
    next(answers)
    answers.close()
    count = len(asked)
    assert count < 2000
    time.sleep(0.3)
    assert len(asked) == count
    assert threading.active_count() < HOSTS_AT_ONCE


def test_nothing_to_ask() -> None:
    assert list(ask_host_by_host([], str, page)) == []
