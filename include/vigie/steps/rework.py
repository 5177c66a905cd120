"""Rework: import what is old, do a range again, rebuild the index."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from vigie.adapters.archive import ArchiveWriter
from vigie.adapters.ledger import accounts, findings, stages
from vigie.adapters.ledger import entries as ledger_entries
from vigie.adapters.ledger import feeds as ledger_feeds
from vigie.adapters.ledger.alone import changing_index
from vigie.adapters.ledger.entries import EntryToRecord
from vigie.batches import in_batches
from vigie.errors import UsageError
from vigie.imports import Import, read_line
from vigie.model import Page, Sums
from vigie.steps import retagging, search_setup
from vigie.steps.polling import sync_feeds_file
from vigie.stores import Stores

log = logging.getLogger(__name__)
LINES_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Rework:
    """A form: days are both included, None is open."""

    since: str | None = None
    until: str | None = None
    tags_only: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line of an import that could not be read, and why."""

    message: str


def import_lines(stores: Stores, lines: Iterable[bytes], *, where: str) -> tuple[Sums, tuple[BadLine, ...]]:
    """Archive and record each line once; `done` counts entries that are new. Bad lines are returned, not raised."""
    sync_feeds_file(stores)
    bad: list[BadLine] = []
    taken = new = 0
    for batch in in_batches(_read_lines(stores, lines, where, bad), LINES_AT_ONCE):
        taken += len(batch)
        new += _import_batch(stores, batch)
    already = taken - new
    refused = {"déjà vu": already} if already else {}
    return Sums(taken=taken + len(bad), done=new, failed=len(bad), refused=refused), tuple(bad)


def import_file(stores: Stores, path: str) -> Sums:
    """Import a JSON Lines file; each bad line is logged."""
    with open_lines(Path(path)) as lines:
        sums, bad = import_lines(stores, lines, where=path)
    for line in bad:
        log.error("%s", line.message)
    return sums


@contextmanager
def open_lines(path: Path) -> Iterator[Iterable[bytes]]:
    """The lines of a file; `UsageError` when it cannot be opened."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    with file:
        yield file


def set_up_search(stores: Stores) -> Sums:
    """Bring the index, its templates and its aliases up to date; `done` are documents that were copied for it."""
    said = search_setup.set_up(stores)
    for each in said:
        log.info("%s: %s, generation %d, %d copied", each.name, each.change, each.generation, each.copied)
    copied = sum(each.copied for each in said)
    return Sums(taken=copied, done=copied)


def reopen_days(stores: Stores, asked: Rework) -> Sums:
    """What the form of the DAG asks for."""
    first = datetime.fromisoformat(asked.since).replace(tzinfo=UTC) if asked.since else None
    last = (
        datetime.fromisoformat(asked.until).replace(tzinfo=UTC) + timedelta(days=1) if asked.until else None
    )
    if asked.dry_run:
        return retagging.log_changes(stores, first, last)
    if asked.tags_only:
        return retagging.reopen_stale(stores, first, last)
    return reprocess(stores, first, last)


def reprocess(stores: Stores, since: datetime | None = None, until: datetime | None = None) -> Sums:
    """Send a range of `first_seen_at` through extract, tag and index again; the stages do the rest."""
    opened = stages.reopen(stores.ledger, since, until)
    return Sums(taken=opened, done=opened)


def begin_rebuild(stores: Stores, *, empty: bool) -> Sums:
    """The first half of a rebuild: everything in the ledger is to be indexed again.

    Where the index can be filled under its readers' eyes it is: each document replaces the one that is there. Elsewhere,
    or with `empty`, it is emptied first, which is the way out of one that is broken.
    """
    if empty or not stores.index.can_refill:
        return empty_index(stores)
    search_setup.set_up(stores)
    opened = stages.reopen(stores.ledger, None, None)
    findings.forget_published(stores.ledger)
    return Sums(taken=opened, done=opened)


def empty_index(stores: Stores) -> Sums:
    """Empty the index, and send everything in the ledger there again."""
    with changing_index(stores.ledger):
        opened = stages.reopen(stores.ledger, None, None, forget_index=True)
        findings.forget_published(stores.ledger)
        stores.index.clear()
    return Sums(taken=opened, done=opened)


def end_rebuild(stores: Stores) -> Sums:
    """Take out what the ledger has no row of: after an emptied index there is nothing.

    The index is read first: what another worker adds meanwhile is in the ledger before it is in the index.
    """
    held = {article_id for article_id, _version in stores.index.versions()}
    strangers = sorted(held - accounts.expected_documents(stores.ledger).keys())
    stores.index.delete(strangers)
    return Sums(taken=len(strangers), done=len(strangers))


def _read_lines(stores: Stores, lines: Iterable[bytes], where: str, bad: list[BadLine]) -> Iterator[Import]:
    feeds = ledger_feeds.known_feeds(stores.ledger)
    for number, line in zip(count(1), lines, strict=False):
        if not line.strip():
            continue
        try:
            yield read_line(line.decode("utf-8-sig"), where=f"{where}:{number}", feeds=feeds)
        except UnicodeDecodeError as error:
            bad.append(BadLine(message=f"{where}:{number}: not UTF-8: {error.reason}"))
        except UsageError as error:
            bad.append(BadLine(message=str(error)))


def _import_batch(stores: Stores, batch: list[Import]) -> int:
    now = stores.now()
    with stores.ledger.reading() as session:
        fresh = {entry.id for entry in ledger_entries.unseen_entries(session, [item.entry for item in batch])}
    with stores.archive.writer(now) as writer:
        recorded = [_archive(writer, item, now) for item in batch if item.entry.id in fresh]
    with stores.ledger.writing() as session:
        for feed in {item.feed.id: item.feed for item in batch}.values():
            ledger_feeds.ensure_source(session, feed)
        return ledger_entries.record_entries_in(session, recorded, now)


def _archive(writer: ArchiveWriter, item: Import, now: datetime) -> EntryToRecord:
    page = None if item.html is None else writer.write_page(_page_of(item, item.html, now))
    return EntryToRecord(entry=item.entry, record_id=writer.write_entry(item.entry), page_record_id=page)


def _page_of(item: Import, html: str, now: datetime) -> Page:
    url = item.entry.url or f"urn:vigie:import:{item.entry.id}"
    return Page(
        requested_url=url,
        addresses=(url,),
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=html.encode(),
        fetched_at=now,
    )
