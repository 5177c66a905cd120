"""The index and every version come again from archive and ledger alone: from many files, and from visits that found
nothing new."""

import json
import random
import shutil
import sqlite3
from typing import Any

import pytest

from tests.builders import page
from tests.cli.desk import Desk
from vigie.adapters.archive import Archive
from vigie.model import RecordId

WORDS = ("barrage", "vendange", "tramway", "phare", "moulin", "verger", "canal", "lavoir")


@pytest.fixture
def archived(desk: Desk) -> Desk:
    """Eight imported pages of 300 kB each, in files of one megabyte."""
    desk.settings["VIGIE_ARCHIVE_FILE_MB"] = "1"
    lines = [json.dumps(_line(number, word)) for number, word in enumerate(WORDS)]
    assert desk.call("import", "-", stdin="\n".join(lines)).code == 0
    desk.audit()
    return desk


def _line(number: int, word: str) -> dict[str, str]:
    filling = random.Random(number).randbytes(150_000).hex()
    text = f"Le {word} de la commune a été rénové cet été par les habitants, qui en sont fiers. " * 4
    title = f"Le {word} est rénové"
    html = (
        f"<html><head><title>{title}</title><script>var x='{filling}'</script></head>"
        f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )
    return {"id": f"n{number}", "url": f"https://vieux.example/{number}", "title": title, "html": html}


def _files(desk: Desk) -> int:
    return int(desk.audit()["archive"]["files"])


def _seen(desk: Desk) -> dict[str, Any]:
    """What a reader gets for each word."""
    return {word: desk.ask("search", word)["hits"] for word in WORDS}


def _rebuild(desk: Desk) -> None:
    shutil.rmtree(desk.folder / "home" / "index")
    desk.ask("rebuild-index")
    desk.audit()


def test_from_files_that_were_rolled(archived: Desk) -> None:
    assert _files(archived) >= 2
    before = _seen(archived)
    assert all(len(hits) == 1 for hits in before.values())
    _rebuild(archived)
    assert _seen(archived) == before


@pytest.mark.parametrize("status", [200, 304])
def test_from_visits_that_found_nothing_new(archived: Desk, status: int) -> None:
    """The newest page of an article is a visit: its text is that of the page that the visit stands for."""
    before, versions = _seen(archived), _versions(archived)
    _visit_all(archived, status)
    archived.audit()
    _rebuild(archived)
    archived.ask("reprocess")
    assert _seen(archived) == before
    assert _versions(archived) == versions


def _versions(desk: Desk) -> list[int]:
    return [len(article["versions"]) for article in desk.articles().values()]


def _visit_all(desk: Desk, status: int) -> None:
    """As a fetch records it, on every article; 304 comes without a body."""
    archive = Archive(str(desk.folder / "home" / "archive"))
    with sqlite3.connect(desk.folder / "home" / "ledger.db") as ledger:
        for article_id, record_id in ledger.execute("SELECT id, page_record_id FROM articles").fetchall():
            first = archive.read_page(RecordId(record_id))
            again = page(
                first.url, body=first.body if status == 200 else b"", status=status, headers=first.headers
            )
            with archive.writer(desk.clock) as writer:
                visit = writer.write_revisit(again, RecordId(record_id))
            ledger.execute("UPDATE articles SET page_record_id = ? WHERE id = ?", (visit, article_id))
    ledger.close()


def test_a_visit_whose_page_is_lost_is_named(archived: Desk) -> None:
    _visit_all(archived, 304)
    oldest = min((archived.folder / "home" / "archive").rglob("*.warc.gz"))
    oldest.unlink()
    outcome = archived.call("audit", "--json")
    assert outcome.code == 1
    assert all(oldest.name in problem for problem in outcome.json["problems"])
