"""Every record of every file, read once, beside what the ledger refers to."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO

from vigie.adapters.archive.mending import record_starts
from vigie.adapters.archive.records import Record, read_any_record, read_record, split_place, warc_id
from vigie.errors import PermanentError
from vigie.model import RecordId

Open = Callable[[str], AbstractContextManager[IO[bytes]]]
Reference = tuple[RecordId, str]
_Wanted = Mapping[RecordId, Sequence[str]]
COUNTED = frozenset({"response", "revisit", "resource"})
"""What somebody may refer to; the rest (requests, notes) only goes with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What lies in the archive: files, and records that somebody may refer to.

    `referred` counts the records that are referred to, `unreadable` those of them that cannot be read whole,
    `unreferred` the whole ones that nothing refers to: what workers left that died before they could say so.
    `problems` has a sentence for each reference that leads to no whole record.
    """

    files: int
    records: int
    referred: int
    unreferred: int
    unreadable: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _FileFound:
    """What one file holds; `originals` are what its revisits that are referred to stand for."""

    records: int = 0
    sound: frozenset[RecordId] = frozenset()
    originals: tuple[Reference, ...] = ()
    problems: tuple[str, ...] = ()


def examine(names: Iterable[str], references: Iterable[Reference], open_file: Open) -> Examination:
    """Read the files `names`, and those that are referred to; each is opened once."""
    wanted = _by_file(references)
    listed = set(names)
    found = [_examine_file(name, wanted.get(name, {}), open_file) for name in sorted(listed | set(wanted))]
    referred = {record_id for one in wanted.values() for record_id in one}
    sound = {record_id for one in found for record_id in one.sound}
    beside = _by_file(pair for one in found for pair in one.originals if pair[0] not in referred)
    more = [_examine_originals(name, originals, open_file) for name, originals in beside.items()]
    kept = sound | {record_id for one in more for record_id in one.sound}
    return Examination(
        files=len(listed),
        records=sum(one.records for one in found),
        referred=len(referred),
        unreferred=sum(one.records for one in found) - len(kept),
        unreadable=len(referred - sound),
        problems=tuple(problem for one in (*found, *more) for problem in one.problems),
    )


def _by_file(references: Iterable[Reference]) -> dict[str, dict[RecordId, list[str]]]:
    wanted: dict[str, dict[RecordId, list[str]]] = defaultdict(lambda: defaultdict(list))
    for record_id, what in sorted(set(references)):
        wanted[split_place(record_id)[0]][record_id].append(what)
    return wanted


def _examine_file(name: str, wanted: _Wanted, open_file: Open) -> _FileFound:
    try:
        with open_file(name) as file:
            return _walk(file, name, wanted)
    except PermanentError as error:
        return _FileFound(problems=tuple(_sentences(wanted, wanted, error)))


def _examine_originals(name: str, wanted: _Wanted, open_file: Open) -> _FileFound:
    """Records that nothing but a revisit refers to: few, so each is read where it is."""
    try:
        with open_file(name) as file:
            wrong = {record_id: _fault_at(file, record_id) for record_id in wanted}
    except PermanentError as error:
        wrong = dict.fromkeys(wanted, error)
    problems = [line for one, error in wrong.items() if error for line in _sentences([one], wanted, error)]
    return _FileFound(sound=frozenset(one for one in wanted if not wrong[one]), problems=tuple(problems))


def _walk(file: IO[bytes], name: str, wanted: _Wanted) -> _FileFound:
    records, sound, originals = 0, set(), []
    for record_id, record in _whole_records(file, name):
        if record.kind not in COUNTED:
            continue
        records += 1
        if record_id in wanted:
            sound.add(record_id)
        if record_id in wanted and record.original:
            originals.append((record.original, wanted[record_id][0]))
    problems = [
        line
        for record_id in sorted(wanted.keys() - sound, key=_offset)
        if (error := _fault_at(file, record_id))
        for line in _sentences([record_id], wanted, error)
    ]
    return _FileFound(
        records=records, sound=frozenset(sound), originals=tuple(originals), problems=tuple(problems)
    )


def _whole_records(file: IO[bytes], name: str) -> Iterator[tuple[RecordId, Record]]:
    """Every whole record that lies where its name says, also behind damage."""
    size = file.seek(0, os.SEEK_END)
    at = 0
    while at < size:
        record = _record_at(file, at)
        if record is None:
            at = next((start for start in record_starts(file, at + 1, size) if _record_at(file, start)), size)
            continue
        record_id = RecordId(f"{name}#{at}")
        if record.header("WARC-Record-ID") == warc_id(record_id):
            yield record_id, record
        at = record.end


def _record_at(file: IO[bytes], at: int) -> Record | None:
    try:
        return read_any_record(file, at)
    except PermanentError:
        return None


def _fault_at(file: IO[bytes], record_id: RecordId) -> PermanentError | None:
    try:
        record = read_record(file, record_id)
    except PermanentError as error:
        return error
    if record.kind not in COUNTED:
        return PermanentError(f"lost: a {record.kind} lies there now")
    return None


def _sentences(ids: Iterable[RecordId], wanted: _Wanted, error: PermanentError) -> Iterator[str]:
    """One for each that refers to one of `ids`."""
    for record_id in sorted(ids, key=_offset):
        yield from (f"archive: {what}: record {record_id}: {error}" for what in wanted[record_id])


def _offset(record_id: RecordId) -> int:
    return split_place(record_id)[1] or 0
