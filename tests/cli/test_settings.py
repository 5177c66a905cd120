"""Bad usage and bad settings: exit 2, or 1 for a server that is away, and one line that names what is wrong."""

import socket

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import Desk, Outcome
from tests.cli.site import Item, html, put_feed

LIST = ("run", "search x", "show x", "audit", "feeds", "alerts", "rebuild-index", "reprocess")


def one_line(outcome: Outcome, code: int, *named: str) -> None:
    """The exit code, one line on standard error, nothing on the other, and in it what is to blame."""
    assert outcome.code == code, outcome
    (line,) = outcome.err.splitlines()
    assert outcome.out == ""
    assert "Traceback" not in line
    for word in named:
        assert word in line


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ("nimporte", "nimporte"),
        ("search --nimporte", "--nimporte"),
        ("search --size beaucoup", "--size"),
        ("search --size 0", "--size"),
        ("search --sort couleur", "--sort"),
        ("search --since hier", "--since"),
        ("search --until 2026-13-01", "--until"),
        ("search --since 0001-01-01T00:00+14:00", "--since"),
        ("search a b", "b"),
        ("show", "ID"),
        ("run encore", "encore"),
        ("reprocess --since hier", "--since"),
        ("import", "file"),
        ("import absent.jsonl", "absent.jsonl"),
        ("import .", "."),
        ("feeds nimporte", "nimporte"),
        ("feeds import", "file"),
        ("extract --nimporte", "--nimporte"),
        ("tag fichier.jsonl", "fichier.jsonl"),
    ],
)
def test_bad_usage(desk: Desk, arguments: str, named: str) -> None:
    outcome = desk.call(*arguments.split())
    one_line(outcome, 2)
    assert named.lower() in outcome.err.lower()


def test_help_is_there(desk: Desk) -> None:
    for arguments in ([], ["--help"], ["search", "--help"], ["feeds", "--help"]):
        outcome = desk.call(*arguments)
        assert (outcome.code, outcome.err) == (0, "")
        assert "Usage" in outcome.out


@pytest.mark.parametrize(
    ("setting", "value", "command"),
    [
        ("VIGIE_NOW", "hier soir", "run"),
        ("VIGIE_NOW", "2026-13-01", "search"),
        ("VIGIE_HOST_DELAY_S", "vite", "run"),
        ("VIGIE_HOST_DELAY_S", "-1", "run"),
        ("VIGIE_FETCH_TIMEOUT_S", "0", "run"),
        ("VIGIE_FEEDS", "/nulle/part/feeds.yml", "run"),
        ("VIGIE_FEEDS", "/nulle/part/feeds.yml", "feeds"),
        ("VIGIE_FEEDS", "/nulle/part/feeds.yml", "feeds check"),
        ("VIGIE_FEEDS", "/", "run"),
        ("VIGIE_LEDGER_URL", "nimporte", "audit"),
        ("VIGIE_LEDGER_URL", "mysql://localhost/x", "audit"),
        ("VIGIE_LEDGER_URL", "sqlite:////proc/nulle/part.db", "audit"),
        ("VIGIE_INDEX_URL", "nimporte", "search"),
        ("VIGIE_INDEX_URL", "ftp://localhost", "search"),
        ("VIGIE_INDEX_URL", "tantivy://relatif/dossier", "search"),
        ("VIGIE_ARCHIVE_URL", "nimporte://seau", "audit"),
        ("VIGIE_PAGE_URL", "airflow.example/vigie", "run"),
        ("VIGIE_PAGE_URL", "https://airflow.example/vigie?x=1", "run"),
        ("VIGIE_PAGE_URL", "javascript:alert(1)", "search"),
        ("VIGIE_HOME", "/proc/nulle", "audit"),
    ],
)
def test_a_bad_setting(desk: Desk, setting: str, value: str, command: str) -> None:
    outcome = desk.call(*command.split(), **{setting: value})
    one_line(outcome, 2, setting)


def test_channels_that_are_none_are_refused_before_anything_is_done(desk: Desk, newsroom: Newsroom) -> None:
    """The address is a secret, and is not repeated."""
    desk.follow({"id": "essai", "url": put_feed(newsroom)})
    outcome = desk.call("run", VIGIE_CHANNELS="json://127.0.0.1/a,nimporte://secret-42")
    one_line(outcome, 2, "VIGIE_CHANNELS", "2")
    assert "secret-42" not in outcome.err
    assert newsroom.requests == ()


def test_a_home_that_is_a_file(desk: Desk) -> None:
    file = desk.folder / "fichier"
    file.write_text("")
    for command in ("audit", "run", "search"):
        one_line(desk.call(command, VIGIE_HOME=str(file)), 2, "fichier")


def test_a_ledger_that_is_none(desk: Desk) -> None:
    file = desk.folder / "ledger.db"
    file.write_bytes(b"pas une base de donnees" * 100)
    one_line(desk.call("audit", VIGIE_LEDGER_URL=f"sqlite:///{file}"), 2, "VIGIE_LEDGER_URL", "ledger.db")


def test_a_feeds_file_names_file_line_and_field(desk: Desk) -> None:
    rows = (
        "feeds:\n- id: bon\n  url: https://exemple.fr/rss\n  publisher: Bon\n  kind: press\n"
        "  language: fr\n  country: FR\n"
    )
    file = desk.folder / "feeds.yml"
    file.write_text(rows + "  couleur: rouge\n")
    for command in ("run", "feeds", "feeds check", "feeds export"):
        one_line(desk.call(*command.split()), 2, "feeds.yml:8", "couleur")
    file.write_text(rows + "  poll_minutes: souvent\n")
    one_line(desk.call("run"), 2, "feeds.yml:8", "poll_minutes")
    file.write_text(rows.replace("  kind: press\n", ""))
    one_line(desk.call("run"), 2, "feeds.yml:", "kind")
    file.write_text(rows.replace("https://exemple.fr/rss", "exemple.fr"))
    one_line(desk.call("run"), 2, "feeds.yml:3", "url")
    file.write_text("feeds: [")
    one_line(desk.call("run"), 2, "feeds.yml")
    file.write_bytes(b"feeds:\n- id: \xe9t\xe9\n")
    one_line(desk.call("run"), 2, "feeds.yml")


@pytest.fixture
def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("command", ["audit", "search x", "alerts", "run"])
def test_a_postgresql_that_is_away(desk: Desk, closed_port: int, command: str) -> None:
    url = f"postgresql://vigie:secret-42@127.0.0.1:{closed_port}/vigie"
    outcome = desk.call(*command.split(), VIGIE_LEDGER_URL=url)
    if command == "search x":  # it asks the index alone
        assert outcome.code == 0
        return
    one_line(outcome, 1, str(closed_port))
    assert "secret-42" not in outcome.err


def test_an_elasticsearch_that_is_away(
    desk: Desk, closed_port: int, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _s: None)  # the waits between its tries
    url = f"http://elastic:secret-42@127.0.0.1:{closed_port}"
    one_line(desk.call("search", "x", VIGIE_INDEX_URL=url), 1, str(closed_port))
    assert "secret-42" not in desk.call("search", "x", VIGIE_INDEX_URL=url).err
    audit = desk.call("audit", "--json", VIGIE_INDEX_URL=url)
    assert audit.code == 1
    assert audit.json["ok"] is False
    assert str(closed_port) in audit.json["problems"][0]
    # What was collected before it went away waits for it, and is lost to nothing.
    link = newsroom.put("/p", html("Page"))
    desk.follow({"id": "essai", "url": put_feed(newsroom, Item(link=link, title="Page"))})
    one_line(desk.call("run", VIGIE_INDEX_URL=url), 1, str(closed_port))
    desk.wait(minutes=16)  # the run that failed was this process, which lives: its leases end by their time
    desk.run()
    assert desk.audit()["entries"]["indexed"] == 1


def test_a_leader_or_topic_table_that_is_wrong_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = desk.folder / "include"
    (folder / "topics").mkdir(parents=True)
    (folder / "topics" / "never_new.yml").write_text("couleur: rouge\n")
    monkeypatch.setattr("vigie.adapters.knowledge_files.load_never_new.__defaults__", (folder,))
    outcome = desk.call("detect", stdin='{"id": "a", "published_at": "2026-01-01"}')
    one_line(outcome, 2, "never_new.yml")
