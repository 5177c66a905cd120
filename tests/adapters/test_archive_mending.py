"""A file that ends in the middle of a record: read up to there, mended by the next writer, no whole record touched."""

import logging
import random
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adapters.warc import Folder, check_with_warcio, offset_of, read_with_warcio
from tests.builders import NOW, entry, page
from vigie.errors import PermanentError
from vigie.model import RecordId


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "archive")


def whole_before(ids: list[RecordId], ends: list[int], cut: int) -> list[RecordId]:
    """Those of a file that a cut leaves whole."""
    return [record_id for record_id, end in zip(ids, ends, strict=True) if end <= cut]


def ends_of(folder: Folder, ids: list[RecordId]) -> list[int]:
    """Where each record of the one file ends: where the next one begins."""
    starts = [seen.offset for seen in read_with_warcio(folder.file)] + [folder.file.stat().st_size]
    return [min(start for start in starts if start > offset_of(record_id)) for record_id in ids]


def test_cuts_at_every_byte_of_the_last_records(folder: Folder) -> None:
    ids = folder.add("a", "b", "c")
    path, whole, ends = folder.file, folder.file.read_bytes(), ends_of(folder, ids)
    for cut in range(ends[0], len(whole)):
        path.write_bytes(whole[:cut])
        kept = whole_before(ids, ends, cut)
        (later,) = folder.add("d")
        assert folder.guids([*kept, later]) == [*"abc"[: len(kept)], "d"], cut
        for lost in ids[len(kept) :]:
            with pytest.raises(PermanentError, match=r"no whole record|a (metadata|warcinfo) lies there"):
                folder.archive.read_entry(lost)
        assert path.read_bytes().startswith(whole[: ends[len(kept) - 1]]), cut
        examined = folder.archive.examine((one, "entry") for one in [*ids, later])
        assert (examined.unreadable, examined.unreferred) == (3 - len(kept), 0)
        assert len(examined.problems) == examined.unreadable
        for one in folder.files():
            read_with_warcio(one)
            if one != path:
                one.unlink()


def test_a_record_that_was_lost_whole_is_not_taken_for_what_comes_after(folder: Folder) -> None:
    """A cut between two records looks like none, and the next writer goes on there: with a note of its own first."""
    ids = folder.add("a", "b")
    path = folder.file
    path.write_bytes(path.read_bytes()[: offset_of(ids[1])])
    (later,) = folder.add("b")
    with pytest.raises(PermanentError, match="a warcinfo lies there"):
        folder.archive.read_entry(ids[1])
    assert folder.guids([ids[0], later]) == ["a", "b"]
    check_with_warcio(path)


def test_the_place_of_a_half_record_is_never_used_again(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    """So a reference to what was lost leads to the note that it was, and not to a stranger."""
    first, second = folder.add("a", "b")
    path, whole = folder.file, folder.file.read_bytes()
    path.write_bytes(whole[: offset_of(second) + 40])
    with caplog.at_level(logging.WARNING, "vigie"):
        later = folder.add("c", "d")
    assert [record.message for record in caplog.records] == [
        f"archive: {path.relative_to(folder.path)} was cut in a record: 40 bytes dropped"
    ]
    assert all(record_id.partition("#")[0] != first.partition("#")[0] for record_id in later)
    *_, note = read_with_warcio(path)
    assert (note.kind, note.offset) == ("metadata", offset_of(second))
    assert note.body == b"description: 40 bytes of a record that was cut lay here\r\n"
    with pytest.raises(PermanentError, match="a metadata lies there, not an entry"):
        folder.archive.read_entry(second)
    check_with_warcio(path)
    folder.add("e")
    assert len(folder.files()) == 2  # the mended one is closed, the other goes on


@pytest.mark.parametrize("zeros", [1, 512, 70_000])
def test_zeros_at_the_end_are_a_cut(folder: Folder, zeros: int) -> None:
    """What a file system leaves after the power failed: the length was kept, the bytes were not."""
    first, second = folder.add("a", "b")
    path = folder.file
    path.write_bytes(path.read_bytes()[: offset_of(second) + 30] + bytes(zeros))
    (later,) = folder.add("c")
    assert folder.guids([first, later]) == ["a", "c"]
    check_with_warcio(path)


def test_a_file_that_was_only_begun_is_mended_too(folder: Folder) -> None:
    folder.add("a")
    path, whole = folder.file, folder.file.read_bytes()
    for cut in (1, 5, 12, 100):
        path.write_bytes(whole[:cut])
        assert folder.guids(folder.add("b")) == ["b"]
        check_with_warcio(path)
        for one in folder.files():
            if one != path:
                one.unlink()


def test_an_empty_file_is_taken_for_a_new_one(folder: Folder) -> None:
    folder.add("a")
    folder.file.write_bytes(b"")
    assert folder.guids(folder.add("b")) == ["b"]
    check_with_warcio(folder.file)


@pytest.mark.parametrize("done", ["before the note", "half the note", "before the rest is cut off"])
def test_mending_that_was_itself_interrupted_is_mended(folder: Folder, done: str) -> None:
    body = random.Random(3).randbytes(5000)
    with folder.archive.writer(NOW) as writer:
        kept, lost = writer.write_entry(entry("a")), writer.write_page(page(body=body))
    path, whole = folder.file, folder.file.read_bytes()
    cut = whole[: offset_of(lost) + 4000]
    path.write_bytes(cut)
    folder.add("b")
    note = path.read_bytes()[offset_of(lost) :]
    written = {
        "before the note": 0,
        "half the note": len(note) // 2,
        "before the rest is cut off": len(note),
    }[done]
    path.write_bytes(cut[: offset_of(lost)] + note[:written] + cut[offset_of(lost) + written :])
    folder.add("c")
    if done == "half the note":  # neither a cut nor a note: nobody can tell, so it is left as it is
        assert path.read_bytes()[offset_of(lost) + written :] == cut[offset_of(lost) + written :]
    else:
        check_with_warcio(path)
    assert folder.guids([kept]) == ["a"]


def test_a_file_that_was_cut_is_mended_whichever_the_writer_goes_on_in(folder: Folder) -> None:
    """Also one of the day before, when the crash was the last thing that happened on it."""
    yesterday = folder.archive.writer(NOW - timedelta(days=3))
    with yesterday as writer:
        writer.write_entry(entry("x"))
    with folder.archive.writer(NOW) as one, folder.archive.writer(NOW) as two:
        one.write_entry(entry("a"))
        two.write_entry(entry("b"))
    files = folder.files()
    assert len(files) == 3
    for path in files[:2]:
        path.write_bytes(path.read_bytes()[:-20])
    folder.add("c")
    for path in files:
        check_with_warcio(path)


def test_damage_in_the_middle_is_left_as_it_is(folder: Folder) -> None:
    ids = folder.add("a", "b", "c", length=400)
    path = folder.file
    body = bytearray(path.read_bytes())
    body[offset_of(ids[1]) + 60] ^= 0xFF
    path.write_bytes(body)
    folder.add("d")
    assert path.read_bytes().startswith(bytes(body))
    assert folder.guids([ids[0], ids[2]]) == ["a", "c"]


def test_damage_in_the_last_record_is_left_as_it_is(folder: Folder, caplog: pytest.LogCaptureFixture) -> None:
    ids = folder.add("a", "b", length=400)
    path = folder.file
    body = bytearray(path.read_bytes())
    body[offset_of(ids[1]) + 60] ^= 0xFF
    path.write_bytes(body)
    with caplog.at_level(logging.WARNING, "vigie"):
        (later,) = folder.add("c")
    assert "damaged" in caplog.text
    assert path.read_bytes() == bytes(body)
    assert folder.guids([ids[0], later]) == ["a", "c"]


def test_a_page_that_holds_a_warc_file_is_no_end_of_one(folder: Folder) -> None:
    """A record inside of a body, which was cut: not ours, so not the last whole one."""
    (inner,) = folder.add("a", length=3000)
    stored = folder.file.read_bytes() * 20  # such that it is kept as it is: gzip in gzip
    with folder.archive.writer(NOW) as writer:
        lost = writer.write_page(page(body=stored + random.Random(5).randbytes(90_000)))
    path = folder.file
    path.write_bytes(path.read_bytes()[: offset_of(lost) + 60_000])
    folder.add("b")
    assert [seen.kind for seen in read_with_warcio(path)][-1] == "metadata"
    assert path.stat().st_size < offset_of(lost) + 1000
    assert folder.guids([inner]) == ["a"]


NAMES = st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=8), min_size=1, max_size=6, unique=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=NAMES, length=st.integers(0, 3000), where=st.floats(0, 1), zeros=st.integers(0, 40))
def test_cut_anywhere_and_every_whole_record_keeps_its_name(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], length: int, where: float, zeros: int
) -> None:
    folder = Folder(tmp_path_factory.mktemp("archive"))
    ids = folder.add(*names, length=length)
    path, whole, ends = folder.file, folder.file.read_bytes(), ends_of(folder, ids)
    cut = int(len(whole) * where)
    path.write_bytes(whole[:cut] + bytes(zeros))
    kept = whole_before(ids, ends, cut)
    later = folder.add("z", "zz")
    assert folder.guids(kept) == names[: len(kept)]
    assert folder.guids(later) == ["z", "zz"]
    assert not set(later) & set(kept)
    assert folder.archive.examine((i, "entry") for i in kept).problems == ()
    for one in folder.files():
        read_with_warcio(one)


@settings(max_examples=60, deadline=None)
@given(flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 7)), min_size=1, max_size=3))
def test_damage_anywhere_and_every_whole_record_keeps_its_name(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[float, int]]
) -> None:
    folder = Folder(tmp_path_factory.mktemp("archive"))
    ids = folder.add(*"abcdef", length=200)
    path, body, ends = folder.file, bytearray(folder.file.read_bytes()), ends_of(folder, ids)
    hit = set()
    for where, bit in flips:
        at = int(len(body) * where)
        body[at] ^= 1 << bit
        hit.add(at)
    path.write_bytes(body)
    folder.add("z")
    sound = [
        (record_id, guid)
        for record_id, guid, end in zip(ids, "abcdef", ends, strict=True)
        if not any(offset_of(record_id) <= at < end for at in hit)
    ]
    assert folder.guids([record_id for record_id, _ in sound]) == [guid for _, guid in sound]
