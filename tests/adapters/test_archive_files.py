"""Which files a day makes: one is taken up again while it is free and not full, and never by two."""

import fcntl
import multiprocessing
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.warc import Folder, check_with_warcio, read_with_warcio
from tests.builders import NOW, entry, page
from vigie.adapters.archive import Archive
from vigie.model import RecordId


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "archive")


def test_a_day_of_small_tasks_makes_one_file(folder: Folder) -> None:
    ids: list[RecordId] = []
    for minute in range(0, 240, 2):
        with folder.archive.writer(NOW + timedelta(minutes=minute)) as writer:
            ids.append(writer.write_entry(entry(f"une-{minute}")))
    check_with_warcio(folder.file)
    assert folder.guids(ids) == [f"une-{minute}" for minute in range(0, 240, 2)]
    assert {seen.kind for seen in read_with_warcio(folder.file)} == {"warcinfo", "resource"}


def test_another_day_has_a_file_of_its_own(folder: Folder) -> None:
    folder.add("a")
    with folder.archive.writer(NOW + timedelta(days=1)) as writer:
        writer.write_entry(entry("b"))
    assert [path.parent.relative_to(folder.path).as_posix() for path in folder.files()] == [
        "2026/03/10",
        "2026/03/11",
    ]


def test_what_is_appended_leaves_every_byte_before_it(folder: Folder) -> None:
    folder.add("a", "b")
    before = folder.file.read_bytes()
    folder.add("c")
    assert folder.file.read_bytes().startswith(before)


def test_a_file_that_is_full_is_followed_by_another_within_one_writer(tmp_path: Path) -> None:
    folder = Folder(tmp_path, file_bytes=20_000)
    bodies = [random.Random(number).randbytes(9000) for number in range(12)]
    with folder.archive.writer(NOW) as writer:
        ids = [writer.write_page(page(body=body)) for body in bodies]
    assert len(folder.files()) > 2
    for path in folder.files():
        check_with_warcio(path)
        kinds = [seen.kind for seen in read_with_warcio(path)]
        assert kinds[0] == "warcinfo"
        assert kinds.count("response") == kinds.count("request")  # a page's request lies in its page's file
        assert path.stat().st_size < 20_000 + 10_000  # full, and the record that filled it
    assert [folder.archive.read_page(record_id).body for record_id in ids] == bodies


def test_the_next_writer_leaves_a_full_file_alone(tmp_path: Path) -> None:
    folder = Folder(tmp_path, file_bytes=2_000)
    for name in "abcdefgh":
        folder.add(name, length=400)
    sizes = [path.stat().st_size for path in folder.files()]
    assert len(sizes) > 1
    assert sum(size < 2_000 for size in sizes) <= 1


def test_a_file_that_another_writer_has_is_not_touched(folder: Folder) -> None:
    with folder.archive.writer(NOW) as one:
        first = one.write_entry(entry("a"))
        with folder.archive.writer(NOW) as two:
            second = two.write_entry(entry("b"))
        third = one.write_entry(entry("c"))
    assert len(folder.files()) == 2
    assert folder.guids([first, second, third]) == ["a", "b", "c"]
    folder.add("d")
    assert len(folder.files()) == 2


def test_where_files_cannot_be_held_nobody_appends(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a network folder without locks. The system call is made to refuse: no such folder can be had here."""

    def refuse(_descriptor: int, _operation: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    ids = folder.add("a") + folder.add("b")
    assert len(folder.files()) == 2
    assert folder.guids(ids) == ["a", "b"]


def test_a_file_that_may_only_be_read_is_left_alone(folder: Folder) -> None:
    """Root may write it all the same: then it is one like the others."""
    folder.add("a")
    folder.file.chmod(0o444)
    ids = folder.add("b")
    assert folder.guids(ids) == ["b"]


def test_files_of_others_are_not_ours_to_write_to(folder: Folder) -> None:
    folder.add("a")
    strange = folder.file.parent / "another-crawler.warc.gz"
    strange.write_bytes(folder.file.read_bytes())
    before = strange.read_bytes()
    folder.add("b")
    assert strange.read_bytes() == before


def _write_many(path: str, worker: int) -> list[tuple[str, str]]:
    written = []
    for task in range(8):
        name = f"{worker}-{task}"
        with Archive(path, file_bytes=8_000).writer(NOW) as writer:
            pairs = [(writer.write_entry(entry(f"{name}-{n}")), f"{name}-{n}") for n in range(3)]
        written += [(str(record_id), guid) for record_id, guid in pairs]
    return written


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_many_workers_at_once_lose_nothing(folder: Folder, kind: str) -> None:
    if kind == "threads":
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(_write_many, [str(folder.path)] * 4, range(4)))
    else:
        with multiprocessing.get_context("spawn").Pool(4) as pool_of_processes:
            jobs = [(str(folder.path), worker) for worker in range(4)]
            found = pool_of_processes.starmap(_write_many, jobs)
    written = [pair for one in found for pair in one]
    assert len({place for place, _ in written}) == len(written) == 96
    for place, guid in written:
        assert folder.archive.read_entry(RecordId(place)).guid == guid
    for path in folder.files():
        check_with_warcio(path)
