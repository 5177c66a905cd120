"""Many workers on one ledger at once: they wait for one another, and nothing is raised, lost or doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
import sqlalchemy as sa

from tests.builders import NOW, article, entry
from tests.ledger.flow import SOURCES, an_extraction, assert_sound, id_of, poll
from vigie.adapters.ledger import Ledger, engine, extractions, stages
from vigie.adapters.ledger.accounts import count_entries
from vigie.adapters.ledger.feeds import due_feeds, sync_feeds
from vigie.adapters.ledger.pages import Fetch, claim_pages, due_pages, record_fetches
from vigie.adapters.ledger.schema import FeedRow
from vigie.errors import TransientError
from vigie.model import FeedId, RecordId

WORKERS = 6
T = TypeVar("T")


def at_once(*jobs: Callable[[], T]) -> list[T]:
    """Run each job in a thread of its own, all let go at the same moment; what each raised is raised here."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], T]) -> T:
        start.wait(timeout=10)
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


def test_feeds_that_bring_the_same_addresses_at_once(ledger: Ledger) -> None:
    """Each worker meets them in another order: the classic way to wait for one another in a ring."""
    urls = [f"https://agence.example/{number}" for number in range(12)]

    def brings(worker: int) -> Callable[[], int]:
        feed_id = FeedId(SOURCES[worker % len(SOURCES)].id)
        order = urls[worker:] + urls[:worker]
        items = [entry(f"{worker}-{url}", feed_id=feed_id, url=url) for url in order[:: (-1) ** worker]]
        return lambda: poll(ledger, *items)

    assert at_once(*(brings(worker) for worker in range(WORKERS))) == [len(urls)] * WORKERS
    counts = count_entries(ledger)
    assert (counts.waiting, counts.duplicate) == (len(urls), len(urls) * (WORKERS - 1))
    assert len(due_pages(ledger, NOW)) == len(urls)
    assert_sound(ledger)


def test_the_same_poll_at_once_is_once(ledger: Ledger) -> None:
    items = [entry(f"une-{number}") for number in range(8)]
    assert sorted(at_once(*[lambda: poll(ledger, *items)] * WORKERS)) == [0] * (WORKERS - 1) + [8]
    assert count_entries(ledger).total == 8
    assert_sound(ledger)


def test_pages_that_redirect_to_one_another_at_once(
    ledger: Ledger, elsewhere: Callable[[str], Ledger]
) -> None:
    """Every page says that it is every other: one survives, whoever is first."""
    items = [entry(f"forme-{number}") for number in range(WORKERS)]
    poll(ledger, *items)

    def fetches(number: int) -> Callable[[], None]:
        mine, own = elsewhere(f"hote-{number}"), id_of(items[number])
        claim_pages(mine, [own], NOW)
        others = items[number:] + items[:number]
        done = Fetch(
            article_id=own,
            at=NOW,
            next_fetch_at=None,
            addresses=tuple(item.url or "" for item in others),
            record_id=RecordId(f"pages#{number}"),
        )
        return lambda: record_fetches(mine, [done])

    at_once(*(fetches(number) for number in range(WORKERS)))
    counts = count_entries(ledger)
    assert (counts.waiting, counts.duplicate) == (1, WORKERS - 1)
    assert_sound(ledger)


def test_workers_drain_a_ledger_without_meeting(ledger: Ledger, elsewhere: Callable[[str], Ledger]) -> None:
    items = [entry(f"une-{number}", url=None) for number in range(40)]
    poll(ledger, *items)
    ids = [id_of(item) for item in items]

    def drains(worker: int) -> Callable[[], list[str]]:
        mine = elsewhere(f"hote-{worker}")

        def drain() -> list[str]:
            done: list[str] = []
            for start in range(7):
                claimed = extractions.claim_for_extract(mine, ids[start::7], NOW)
                found = [an_extraction(article(item.article_id)) for item in claimed]
                extractions.record_extractions(mine, found, NOW)
                done += [item.article_id for item in claimed]
            return done

        return drain

    parts = at_once(*(drains(worker) for worker in range(WORKERS)))
    assert sorted(article_id for part in parts for article_id in part) == sorted(ids)
    assert len(stages.claim_for_tag(ledger, ids, NOW)) == len(ids)
    assert_sound(ledger)


def test_the_feeds_file_is_read_while_feeds_are_polled(ledger: Ledger) -> None:
    items = [entry(f"une-{number}") for number in range(5)]

    def sync() -> int:
        sync_feeds(ledger, SOURCES, NOW)
        return 0

    assert at_once(sync, lambda: poll(ledger, *items), sync, lambda: poll(ledger, *items)).count(5) == 1
    assert_sound(ledger)


def test_a_writer_that_is_stuck_is_not_waited_for_without_end(
    ledger: Ledger, elsewhere: Callable[[str], Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 200)
    with ledger.writing() as stuck:
        stuck.execute(sa.select(FeedRow.id))
        with pytest.raises(TransientError, match="does not answer"):
            poll(elsewhere("ailleurs"), entry())
        assert len(due_feeds(elsewhere("ailleurs"), NOW)) == len(SOURCES)  # readers do not wait
    assert poll(elsewhere("ailleurs"), entry()) == 1
