"""The recipe of docs/operating.md for PostgreSQL and Elasticsearch, run as it stands there while Vigie works."""

import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import START, Desk
from tests.cli.world import import_past, open_today
from tests.faults.conftest import Forks
from tests.faults.table import fault
from tests.ledger.conftest import _own_database
from tests.servers.postgresql import find_binaries
from vigie.settings import PROJECT

pytestmark = [pytest.mark.postgresql, pytest.mark.elasticsearch, pytest.mark.timeout(600)]


def read_recipe() -> list[str]:
    """The commands of the section: once, each time, to restore."""
    text = (PROJECT / "docs" / "operating.md").read_text(encoding="utf-8")
    section = text.partition("### Production: PostgreSQL")[2].partition("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)


def run_commands(commands: str, desk: Desk, **names: str) -> None:
    """As a shell runs them, with the settings of a desk."""
    path = f"{Path(sys.executable).parent}:{find_binaries()}:{os.environ['PATH']}"
    environment = {"PATH": path, **desk.environment, **names}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def forget_indices(url: str) -> None:
    """The Elasticsearch is lost, as far as Vigie is concerned."""
    with urllib.request.urlopen(f"{url}/_cat/indices/vigie-*?h=index") as said:
        names = said.read().decode().split()
    for name in names:
        urllib.request.urlopen(urllib.request.Request(f"{url}/{name}", method="DELETE")).close()


@pytest.fixture
def served(tmp_path: Path, newsroom: Newsroom, postgresql_url: str, elasticsearch_url: str) -> Iterator[Desk]:
    """A desk on servers, which has a past and follows today's feeds."""
    forget_indices(elasticsearch_url)
    with _own_database(postgresql_url) as ledger:
        desk = settled(tmp_path / "desk", newsroom, ledger, elasticsearch_url)
        assert desk.call("setup-search").code == 0
        open_today(desk, newsroom)
        import_past(desk, newsroom)
        yield desk
    forget_indices(elasticsearch_url)


def settled(folder: Path, newsroom: Newsroom, ledger: str, index: str) -> Desk:
    settings = {
        "VIGIE_LEDGER_URL": ledger.replace("postgresql+psycopg", "postgresql"),
        "VIGIE_ARCHIVE_URL": str(folder / "archive"),
        "VIGIE_INDEX_URL": index,
    }
    return Desk(folder, hosts=[newsroom.host_port], clock=START, settings=settings)


@fault(
    "disk",
    "backup-servers",
    "PostgreSQL, archive and Elasticsearch are lost and restored by the recipe, from a backup taken in the middle of a run",
    after="the audit adds up; the next run finishes what was under way, loses nothing and doubles nothing",
)
def test_servers_are_backed_up_while_a_run_works_and_restored(
    served: Desk,
    forks: Forks,
    newsroom: Newsroom,
    postgresql_url: str,
    elasticsearch_url: str,
    tmp_path: Path,
) -> None:
    once, each_time, to_restore = read_recipe()
    kept = tmp_path / "kept"
    kept.mkdir()
    run_commands(once, served)
    codes: list[int] = []
    run = threading.Thread(target=lambda: codes.append(forks.run(served)))
    run.start()
    run_commands(each_time, served, NAME="test", KEPT=str(kept))
    working = run.is_alive()
    run.join()
    assert codes == [0]
    assert working, "the backup was not taken while the run worked"
    forget_indices(elasticsearch_url)
    with _own_database(postgresql_url) as ledger:
        other = settled(tmp_path / "other", newsroom, ledger, elasticsearch_url)
        other.settings["VIGIE_CHANNELS"] = served.settings.get("VIGIE_CHANNELS", "")
        other.folder.mkdir()
        shutil.copy(served.folder / "feeds.yml", other.folder)
        run_commands(to_restore, other, NAME="test", KEPT=str(kept))
        assert forks.run(other) == 0
        entries = other.audit()["entries"]
        assert (entries["total"], entries["indexed"], entries["duplicate"]) == (44, 43, 1)
        assert other.ask("search", "")["total"] == 43
        assert len({alert["alert_id"] for alert in newsroom.received_alerts}) == 1
