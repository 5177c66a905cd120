"""The archive: what was written is read back to the byte, and what cannot be is named. Local folder and memory."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import fsspec
import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.builders import NOW, claim, entry, page
from vigie.adapters.archive import Archive
from vigie.errors import PermanentError, TransientError, UsageError
from vigie.model import Page, RecordId

BODIES = [
    b"",
    b"\x00\x01\xff\xfe\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    "« L’Élysée » à 20 €".encode("cp1252", "replace"),
    b"WARC/1.1\r\nWARC-Type: response\r\n\r\n",
    os.urandom(300_000),
    b"\x1f\x8b\x08\x00 not gzip",
]
HEADERS = (
    ("Content-Type", "text/html; charset=iso-8859-1"),
    ("Set-Cookie", "a=1"),
    ("Set-Cookie", "b=2; Path=/"),
    ("X-Empty", ""),
    ("X-Colons", "a: b: c"),
    ("x-accents", 'théâtre 100 % ; nom="été"'),
    ("X-Latin", "\xe9\xff"),
)


class Place:
    """An archive and a way past it to its files."""

    def __init__(self, url: str) -> None:
        self.archive = Archive(url)
        self.filesystem, self.root = fsspec.core.url_to_fs(url)

    def files(self) -> list[str]:
        """Every file there is."""
        return sorted(self.filesystem.find(self.root)) if self.filesystem.exists(self.root) else []

    def change(self, record_id: RecordId, to: Any) -> None:
        """Rewrite the file that a record lies in: `to` gives the new bytes for the old ones."""
        path = f"{self.root}/{record_id.partition('#')[0]}"
        self.filesystem.pipe_file(path, to(self.filesystem.cat_file(path)))


@pytest.fixture(params=["folder", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An empty archive."""
    if request.param == "folder":
        yield Place(str(tmp_path / "archive"))
        return
    root = f"memory://{uuid.uuid4().hex}"
    yield Place(root)
    filesystem, path = fsspec.core.url_to_fs(root)
    if filesystem.exists(path):
        filesystem.rm(path, recursive=True)


def three_entries(place: Place) -> list[RecordId]:
    """Three records in one file, each of another length."""
    with place.archive.writer(NOW) as writer:
        return [writer.write_entry(entry(name, summary="é" * (i + 1) * 50)) for i, name in enumerate("abc")]


def problems(place: Place, references: Iterable[tuple[RecordId, str]]) -> list[str]:
    """What is said of them."""
    return list(place.archive.examine(references).problems)


def offsets(*ids: RecordId) -> list[int]:
    """Where they lie in their file."""
    return [int(record_id.partition("#")[2]) for record_id in ids]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_page_comes_back_to_the_byte(place: Place, body: bytes) -> None:
    walked = ("https://le-matin.example/r?a=1&b=«é»", "https://le-matin.example/une#x")
    at = datetime(2026, 3, 10, 11, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    written = page(
        body=body, requested_url=walked[0], addresses=walked, headers=HEADERS, fetched_at=at, status=404
    )
    with place.archive.writer(NOW) as writer:
        record_id = writer.write_page(written)
    read = place.archive.read_page(record_id)
    assert read == written
    assert read.fetched_at.tzinfo is not None


def test_what_describes_bytes_that_are_not_there_is_left_out(place: Place) -> None:
    wire = (("Content-Encoding", "gzip"), ("content-length", "9"), ("Transfer-Encoding", "chunked"))
    with place.archive.writer(NOW) as writer:
        record_id = writer.write_page(page(headers=(*wire, ("ETag", '"x"'))))
    assert place.archive.read_page(record_id).headers == (("ETag", '"x"'),)


@pytest.mark.parametrize(
    "address", ["urn:vigie:import:abc", "HTTPS://LE-MATIN.example/UNE", "http://[::1]:80/"]
)
def test_a_page_is_read_whatever_its_address(place: Place, address: str) -> None:
    """An imported page may have none at all."""
    with place.archive.writer(NOW) as writer:
        record_id = writer.write_page(page(address, headers=()))
    assert place.archive.read_page(record_id) == page(address, headers=())


def test_a_page_of_many_long_redirects(place: Place) -> None:
    walked = tuple(f"https://le-matin.example/{number}/{'x' * 4000}" for number in range(10))
    with place.archive.writer(NOW) as writer:
        record_id = writer.write_page(page(addresses=walked))
    assert place.archive.read_page(record_id).addresses == walked


def test_an_entry_comes_back_as_it_was(place: Place) -> None:
    full = entry(
        "une",
        url=None,
        title="L’Élysée \u2028 « oui » \U0001f5fc",
        text="Première ligne.\n\nSeconde.",
        authors=("Zoé Ïle", ""),
        categories=("politique",),
        published_raw="mardi 10 mars",
        published=claim(NOW, precision="day", offset_minutes=None),
        language="fr",
        origin="import",
    )
    with place.archive.writer(NOW) as writer:
        ids = [writer.write_entry(item) for item in (full, entry("deux"))]
    assert [place.archive.read_entry(record_id) for record_id in ids] == [full, entry("deux")]


def test_files_are_sound_warc_for_other_tools(tmp_path: Path) -> None:
    place = Place(str(tmp_path))
    with place.archive.writer(NOW) as writer:
        writer.write_page(page(request_headers=(("Accept", "text/html"),)))
        writer.write_entry(entry())
    (path,) = place.files()
    kinds = []
    with Path(path).open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)
    assert kinds == ["warcinfo", "response", "request", "resource"]
    assert path.startswith(f"{place.root}/2026/03/10/vigie-20260310T093000-")


def test_a_writer_that_writes_nothing_makes_no_file(place: Place) -> None:
    with place.archive.writer(NOW):
        pass
    assert place.files() == []


def test_two_writers_of_one_moment_never_meet(place: Place) -> None:
    with place.archive.writer(NOW) as one, place.archive.writer(NOW) as two:
        ids = [writer.write_entry(entry(name)) for writer, name in ((one, "a"), (two, "b"))]
    assert len(place.files()) == 2
    assert [place.archive.read_entry(record_id).guid for record_id in ids] == ["a", "b"]


def test_a_fault_in_the_block_is_raised_as_it_is_and_lets_go_of_the_file(tmp_path: Path) -> None:
    place, descriptors = Place(str(tmp_path / "archive")), len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - counted only

    def fail() -> None:
        with place.archive.writer(NOW) as writer:
            writer.write_entry(entry())
            raise KeyError("boum")

    with pytest.raises(KeyError, match="boum"):
        fail()
    assert len(os.listdir("/proc/self/fd")) == descriptors  # noqa: PTH208


def test_a_file_that_is_gone_is_named(place: Place) -> None:
    ids = three_entries(place)
    place.filesystem.rm(place.files()[0])
    with pytest.raises(PermanentError, match=f"record {ids[0]}: the file is not there"):
        place.archive.read_entry(ids[0])
    assert problems(place, ((i, f"entry {n}") for n, i in enumerate(ids))) == [
        f"archive: entry {n}: record {i}: the file is not there" for n, i in enumerate(ids)
    ]


def test_a_file_that_was_cut_anywhere_loses_only_what_is_after_the_cut(place: Place) -> None:
    ids = three_entries(place)
    path = place.files()[0]
    whole = place.filesystem.cat_file(path)
    _first, second, third = offsets(*ids)
    for cut in {*range(second, third, 7), third - 1, third, len(whole) - 1}:
        place.filesystem.pipe_file(path, whole[:cut])
        lost = ids[1:] if cut < third else ids[2:]
        said = problems(place, ((i, "entry") for i in ids))
        assert said == [f"archive: entry: record {i}: no whole record lies there" for i in lost]
        assert place.archive.read_entry(ids[0]).guid == "a"
        with pytest.raises(PermanentError, match="no whole record"):
            place.archive.read_entry(ids[2])


def test_a_record_that_was_cut_out_of_the_middle_is_named(place: Place) -> None:
    """What slid into its place is a whole record too, but not that one."""
    with place.archive.writer(NOW) as writer:
        ids = [writer.write_entry(entry("une", title=f"Titre {number}")) for number in range(3)]
    _, second, third = offsets(*ids)
    place.change(ids[0], lambda whole: whole[:second] + whole[third:])
    said = problems(place, ((i, "entry") for i in ids))
    assert said == [
        f"archive: entry: record {ids[1]}: another record lies there",
        f"archive: entry: record {ids[2]}: no whole record lies there",
    ]
    with pytest.raises(PermanentError, match="another record"):
        place.archive.read_entry(ids[1])


def test_a_bit_that_fell_over_is_seen(place: Place) -> None:
    ids = three_entries(place)
    start, end = offsets(*ids[1:])
    for at in range(start + 10, end - 8, 11):
        place.change(ids[0], lambda whole, at=at: whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        said = problems(place, ((i, "entry") for i in ids))
        assert len(said) == 1
        assert str(ids[1]) in said[0]
        place.change(ids[0], lambda whole, at=at: whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])


@pytest.mark.parametrize("place_in_file", ["", "#", "#x", "#-1", "#99999999", "#1", "#²"])
def test_a_reference_that_leads_nowhere_is_named(place: Place, place_in_file: str) -> None:
    record_id = three_entries(place)[0]
    odd = RecordId(record_id.partition("#")[0] + place_in_file)
    with pytest.raises(PermanentError, match="record "):
        place.archive.read_page(odd)
    assert len(problems(place, [(odd, "page")])) == 1


def test_a_record_of_another_kind_is_named(place: Place) -> None:
    with place.archive.writer(NOW) as writer:
        a_page, an_entry = writer.write_page(page()), writer.write_entry(entry())
    with pytest.raises(PermanentError, match="a resource lies there, not a page"):
        place.archive.read_page(an_entry)
    with pytest.raises(PermanentError, match="a response lies there, not an entry"):
        place.archive.read_entry(a_page)
    assert problems(place, [(a_page, "page"), (an_entry, "entry")]) == []


def test_problems_open_each_file_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    ids: list[RecordId] = []
    for _ in range(2):
        with place.archive.writer(NOW) as writer:
            ids += [writer.write_entry(entry(f"une-{number}")) for number in range(500)]
    opened: list[str] = []
    usual = type(place.filesystem).open

    def counted(filesystem: Any, path: str, *args: Any, **options: Any) -> Any:
        opened.append(path)
        return usual(filesystem, path, *args, **options)

    monkeypatch.setattr(type(place.filesystem), "open", counted)
    assert problems(place, ((i, "entry") for i in reversed(ids))) == []
    assert sorted(opened) == place.files()


def test_an_address_that_cannot_be_one_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="VIGIE_ARCHIVE_URL: nonsense://x"):
        Archive("nonsense://x")


FULL_DISK = """
import resource, sys
from tests.builders import NOW, entry, page
from vigie.adapters.archive import Archive
from vigie.errors import TransientError
archive = Archive(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    with archive.writer(NOW) as writer:
        record_id = writer.write_entry(entry())
        for number in range(int(sys.argv[2])):
            writer.write_page(page(body=bytes((number * n) % 251 for n in range(4000)) * 3))
except TransientError as error:
    print(f"transient: {error}")
else:
    print(archive.read_entry(record_id).guid)
"""


@pytest.mark.parametrize(("pages", "said"), [(1, "une"), (40, "transient: the disk of the archive")])
def test_a_disk_that_is_full_is_a_fault_that_passes(tmp_path: Path, pages: int, said: str) -> None:
    """The limit on the size of files is the system's own: the write fails as it does on a full disk."""
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path / "archive"), str(pages)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(said)


def test_a_folder_that_cannot_be_made_is_a_fault_that_passes(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file stands here")
    with (
        pytest.raises(TransientError, match="cannot be written"),
        Archive(str(tmp_path / "archive")).writer(NOW) as writer,
    ):
        writer.write_entry(entry())


def test_the_clock_of_a_page_is_utc_in_the_file(tmp_path: Path) -> None:
    place = Place(str(tmp_path))
    at = datetime(2026, 3, 10, 1, 0, tzinfo=timezone(timedelta(hours=2)))
    with place.archive.writer(NOW) as writer:
        record_id = writer.write_page(page(fetched_at=at))
    read: Page = place.archive.read_page(record_id)
    assert read.fetched_at == datetime(2026, 3, 9, 23, 0, tzinfo=UTC)
