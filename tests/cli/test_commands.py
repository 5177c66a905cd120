"""The commands, as a script that has only read DESIGN.md sees them: keys, counts, filters, exit codes."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from demo.newsroom import Newsroom
from tests.cli.conftest import Collected
from tests.cli.desk import Desk
from tests.cli.site import Item, html, published, put_feed
from tests.cli.world import PAST_DAYS
from vigie.adapters.ledger import open_ledger
from vigie.adapters.ledger.alone import changing_index

HIT_KEYS = {"id", "title", "url", "source", "published_at", "leaders", "topics", "snippet"}
ALERT_KEYS = {"fired_at", "topic", "terms", "article_ids", "now", "before", "sources", "reason"}
HEALTHS = {"ok", "silent", "malformed", "blocked", "failing", "gone", "disabled", "new"}
TOTAL = 3 * PAST_DAYS + 7


def test_the_last_line_of_run_is_its_sums(collected: Collected) -> None:
    last = collected.first_run.out.splitlines()[-1]
    assert re.fullmatch(
        r"poll: 8 done of 3; fetch: 6 done of 7, 1 failed; .*; notify: 1 done of 1; publish: .*", last
    )
    assert re.findall(r"(\w+): \d+ done of", last) == [
        *["poll", "fetch", "health", "extract", "tag", "index"],
        *["count", "decide", "watch", "digest", "notify", "publish", "feed"],
    ]
    again = collected.desk.call("run")
    assert again.code == 0
    assert "done of" in again.out.splitlines()[-1]


def test_run_for_machines(collected: Collected) -> None:
    sums = collected.desk.run()
    assert all(one.keys() == {"taken", "done", "failed", "refused"} for one in sums.values())


def test_search_for_machines(collected: Collected) -> None:
    answer = collected.desk.ask("search", "cobalt")
    assert answer.keys() == {"total", "hits"}
    assert answer["total"] == len(answer["hits"]) == 6
    for hit in answer["hits"]:
        assert hit.keys() >= HIT_KEYS
        assert hit["url"].startswith("http://127.0.0.1:")
        assert hit["source"] in ("palais", "matin", "soir")
        assert datetime.fromisoformat(hit["published_at"]).tzinfo
        assert {"id": "Q3052772", "name": "Emmanuel Macron"} in hit["leaders"]
        assert "cobalt" in hit["snippet"]
        assert hit["snippet"].isprintable()
    assert len({hit["id"] for hit in answer["hits"]}) == 6


def totals(desk: Desk, *arguments: str) -> int:
    """How many articles a question finds."""
    return int(desk.ask("search", *arguments)["total"])


def test_search_filters(collected: Collected) -> None:
    desk = collected.desk
    assert totals(desk) == totals(desk, "") == TOTAL
    assert totals(desk, "--source", "palais") == totals(desk, "--source", "Journal palais") == PAST_DAYS + 2
    assert totals(desk, "--source", "palais", "--source", "soir") == 2 * PAST_DAYS + 5
    macron = totals(desk, "--leader", "Q3052772")
    assert macron == totals(desk, "--leader", "Emmanuel Macron") >= 6
    assert totals(desk, "cobalt", "--leader", "Q3052772", "--source", "palais") == 2
    assert totals(desk, "--leader", "Q999999999") == totals(desk, "--source", "ailleurs") == 0
    topics = {t["id"]: t for hit in desk.ask("search", "--size", "100")["hits"] for t in hit["topics"]}
    assert topics
    for topic in topics.values():
        assert re.fullmatch(r"medtop:\d{8}|desk:.+", topic["id"])
        assert totals(desk, "--topic", topic["id"]) == totals(desk, "--topic", topic["label"]) > 0


def test_search_in_time(collected: Collected) -> None:
    """Days are whole, and both are included; an hour is a moment, `until` not included."""
    desk = collected.desk
    first = desk.ask("search", "cobalt", "--sort", "date")["hits"][0]["published_at"]
    assert totals(desk, "--since", "2026-11-23") == 6
    assert totals(desk, "--since", "2026-11-22", "--until", "2026-11-22") == 3
    assert totals(desk, "--until", "2026-11-22") == 3 * PAST_DAYS
    assert totals(desk, "--since", first) == 1
    assert totals(desk, "--until", first) == TOTAL - 2  # the brief without a page has no date
    later = datetime.fromisoformat(first) + timedelta(milliseconds=1)
    assert totals(desk, "--since", later.isoformat()) == 0
    assert totals(desk, "--since", "2026-11-23T08:00+01:00") == totals(desk, "--since", "2026-11-23T07:00")


def test_words_match_as_the_french_analysis_says(collected: Collected) -> None:
    desk = collected.desk
    assert (
        totals(desk, "SOURCES POLLUÉES")
        == totals(desk, "sources polluees")
        == totals(desk, "source polluée")
        == 3
    )
    assert totals(desk, '"source est polluée"') == 3
    assert totals(desk, '"polluée source"') == 0
    assert totals(desk, "cobalt -source") == 3
    assert totals(desk, "cobal") == totals(desk, "kobalt") == 0
    assert totals(desk, "cobalt", "--size", "1") == 6
    assert len(desk.ask("search", "--size", "1")["hits"]) == 1


def test_search_has_no_limit_but_the_one_that_is_asked_for(collected: Collected, monkeypatch: Any) -> None:
    monkeypatch.setattr("vigie.cli.asking.MAX_PAGE_SIZE", 10)
    for sort in ("date", "relevance"):
        hits = collected.desk.ask("search", "", "--size", "35", "--sort", sort)["hits"]
        assert len({hit["id"] for hit in hits}) == len(hits) == 35
    assert len(collected.desk.ask("search", "", "--size", "10000")["hits"]) == TOTAL


def test_show_for_machines(collected: Collected) -> None:
    desk = collected.desk
    hit = next(h for h in desk.ask("search", "cobalt")["hits"] if h["url"].endswith("/matin/0.html"))
    shown = desk.ask("show", hit["id"])
    assert shown["id"] == hit["id"]
    (version,) = shown["versions"]
    assert "diff" not in version
    assert {date["origin"] for date in shown["dates"]} == {"meta", "feed"}
    for date in shown["dates"]:
        assert date.keys() >= {"at", "origin", "offset_minutes", "precision"}
        assert date["offset_minutes"] == 60
    assert [date["origin"] for date in shown["dates"] if date["chosen"]] == ["meta"]
    assert {a["url"] for a in shown["addresses"]} == {hit["url"]}
    assert {e["feed"] for e in shown["entries"]} == {"matin", "soir"}
    assert shown["copies"] == []
    assert shown["url"] == hit["url"]


def test_show_of_what_is_not_there(collected: Collected) -> None:
    outcome = collected.desk.call("show", "rien", "--json")
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (1, "", 1)


def test_alerts_for_machines(collected: Collected) -> None:
    (alert,) = collected.desk.ask("alerts")["alerts"]
    assert alert.keys() >= ALERT_KEYS
    assert alert["now"] == len(alert["article_ids"])
    assert all(collected.desk.ask("show", i)["state"] == "indexed" for i in alert["article_ids"])
    assert [d["state"] for d in alert["deliveries"]] == ["sent"]
    assert alert["passages"]
    (posted,) = collected.newsroom.received_alerts
    assert posted["alert_id"] == alert["id"]
    assert alert["reason"] in posted["message"]
    assert collected.newsroom.host_port not in json.dumps(alert["deliveries"])  # an address is a secret


def test_feeds_for_machines(collected: Collected) -> None:
    feeds = collected.desk.ask("feeds")["feeds"]
    assert [feed["id"] for feed in feeds] == ["matin", "palais", "soir"]
    for feed in feeds:
        assert feed.keys() >= {"id", "health", "sentence", "last_polled_at", "next_poll_at"}
        assert feed["health"] in HEALTHS
        assert datetime.fromisoformat(feed["next_poll_at"]) > datetime.fromisoformat(feed["last_polled_at"])


def test_audit_for_machines(collected: Collected) -> None:
    found = collected.desk.ask("audit")
    assert found.keys() == {"ok", "entries", "archive", "index", "problems"}
    assert found["ok"] is True
    assert found["problems"] == []
    entries = found["entries"]
    assert entries.keys() == {"total", "waiting", "indexed", "duplicate", "rejected", "failed"}
    assert entries["total"] == TOTAL + 1 == entries["indexed"] + entries["duplicate"]


def test_a_table_for_people_from_each_command(collected: Collected) -> None:
    for arguments in (["search", "cobalt"], ["audit"], ["alerts"], ["topics"], ["feeds"]):
        outcome = collected.desk.call(*arguments)
        assert outcome.code == 0
        assert "━" in outcome.out
        assert outcome.err == ""
    hit = collected.desk.ask("search", "cobalt")["hits"][0]
    shown = collected.desk.call("show", hit["id"]).out
    assert "version 1" in shown
    assert hit["id"] in shown


def test_opml_out_and_in_again(collected: Collected, desk: Desk) -> None:
    exported = collected.desk.call("feeds", "export")
    assert exported.code == 0
    file = desk.folder / "flux.opml"
    file.write_text(exported.out)
    rows = desk.ask("feeds", "import", str(file))["feeds"]
    ours = collected.desk.ask("feeds", "export")["feeds"]
    assert {row["url"] for row in rows} == {feed["url"] for feed in ours}
    text = desk.call("feeds", "import", str(file), "--country", "BE").out
    (desk.folder / "feeds.yml").write_text("feeds:\n" + text)
    assert {feed["health"] for feed in desk.ask("feeds")["feeds"]} == {"new"}
    assert desk.ask("feeds", "import", str(file)) == {"feeds": []}  # it has them all by now
    (desk.folder / "mauvais.opml").write_text("<opml><body>")
    for wrong in ("mauvais.opml", "absent.opml"):
        outcome = desk.call("feeds", "import", str(desk.folder / wrong))
        assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
        assert wrong in outcome.err


def test_import_counts_what_it_takes_and_twice_is_once(desk: Desk) -> None:
    lines = [
        '{"url": "https://exemple.fr/1", "title": "Un", "text": "Le texte.", "published_at": "2020-05-01T10:00:00+02:00"}',
        '{"title": "Deux", "summary": "<p>Un résumé.</p>", "source": "Le Journal"}',
        "",
        "pas du JSON",
        '{"title": 3}',
        '{"url": "javascript:alert(1)", "title": "Quatre", "published_at": "9999-01-01"}',
        '{"url": "https://exemple.fr/1?utm_source=x", "title": "Un encore", "text": "Le texte."}',
        "{}",
        '{"title": "Page", "url": "https://exemple.fr/2", "html": "<html><body><article><h1>Page</h1><p>Un paragraphe assez long pour être lu comme un texte.</p></article></body></html>"}',
    ]
    file = desk.folder / "passé.jsonl"
    file.write_bytes("\n".join(lines).encode() + b'\n{"title": "\xe9t\xe9"}\n')
    outcome = desk.call("import", str(file), "--json")
    assert outcome.code == 1
    errors = outcome.err.splitlines()
    assert [re.search(r"passé\.jsonl:(\d+)", line)[1] for line in errors] == ["4", "5", "10"]  # type: ignore[index]
    assert outcome.json["import"] == {"taken": 9, "done": 6, "failed": 3, "refused": {}}
    assert outcome.json["index"]["done"] == 4
    entries = desk.audit()["entries"]
    assert (entries["total"], entries["indexed"], entries["duplicate"]) == (6, 4, 1)
    assert list(entries["rejected"].values()) == [1]
    found = {hit["title"]: hit for hit in desk.ask("search")["hits"]}
    assert found["Un"]["published_at"] == "2020-05-01T08:00:00Z"
    assert (found["Quatre"]["url"], found["Quatre"]["published_at"]) == (None, None)
    again = desk.call("import", str(file), "--json")
    assert again.json["import"] == {"taken": 9, "done": 0, "failed": 3, "refused": {"déjà vu": 6}}
    assert desk.audit()["entries"] == entries
    piped = desk.call("import", "-", stdin=lines[0])
    assert piped.code == 0
    assert desk.ask("alerts")["alerts"] == []  # history is no news


def test_rebuild_and_reprocess_leave_the_same_world(desk: Desk, newsroom: Newsroom) -> None:
    items = [Item(link=newsroom.put(f"/p/{n}", html(f"Page {n}")), title=f"Page {n}") for n in range(3)]
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    desk.run()
    before, asked = desk.articles(), len(newsroom.requests)
    for command in ("rebuild-index", "reprocess"):
        outcome = desk.call(command)
        assert outcome.code == 0
        assert outcome.out.splitlines()[-1].endswith("index: 3 done of 3")
        assert desk.articles() == before
        desk.audit()
    assert len(newsroom.requests) == asked  # from the archive, not from the web


def test_the_index_is_changed_by_one_at_a_time(desk: Desk, newsroom: Newsroom) -> None:
    desk.follow({"id": "essai", "url": put_feed(newsroom)})
    desk.run()
    ledger = open_ledger(f"sqlite:///{desk.folder}/home/ledger.db")
    with changing_index(ledger):
        for command in (("setup-search",), ("setup-search", "--drop-kept"), ("rebuild-index",)):
            outcome = desk.call(*command)
            assert (outcome.code, outcome.out) == (1, ""), command
            assert outcome.err.splitlines()[-1].count("another process is setting up search") == 1
        desk.run()  # whoever collects and indexes goes on
    ledger.close()
    for command in (("setup-search",), ("rebuild-index",)):
        assert desk.call(*command).code == 0
    desk.audit()


def test_other_peoples_characters_never_reach_a_terminal(desk: Desk, newsroom: Newsroom) -> None:
    """Control and bidirectional characters are gone; markup of the terminal library is text like any other."""
    evil = "Un [red]titre[/red] \x1b[31mrouge\x07 \u202eesrever\u2066 \x9b31m [link=http://x]fin[/link]"
    page = html(
        evil, [f"{evil} dans un texte.", "Le reste du texte ne dit rien de plus."], published("2026-11-20")
    )
    link = newsroom.put("/evil", page)
    bad_feed = newsroom.put("/mauvais.xml", "<rss><channel><title>\u202e[bold]</title><item>".encode())
    desk.follow(
        {
            "id": "essai",
            "url": put_feed(newsroom, Item(link=link, title=evil)),
            "publisher": "[blue]Le Bleu[/blue]",
        },
        {"id": "mauvais", "url": bad_feed},
    )
    run = desk.call("run", "-v", COLUMNS="300")
    (hit,) = desk.ask("search", "titre")["hits"]
    outcomes = [
        run,
        *(
            desk.call(*a, COLUMNS="300")
            for a in (["search", "titre"], ["show", hit["id"]], ["feeds"], ["alerts"])
        ),
        desk.call("search", "titre", "--json"),
        desk.call("show", hit["id"], "--json"),
        desk.call("show", "\x1b[31m\u202e"),
        desk.call("\x1b[31m\u202e"),
    ]
    for outcome in outcomes:
        shown = (outcome.out + outcome.err).replace("\n", "")
        assert shown.isprintable(), [c for c in shown if not c.isprintable()]
        assert "\u202e" not in shown
    assert "[red]titre[/red]" in outcomes[1].out
    assert "[red]titre[/red]" in outcomes[2].out
    assert "[blue]Le Bleu[/blue]" in outcomes[1].out


@pytest.mark.parametrize("command", ["run", "search", "audit", "feeds", "alerts"])
def test_a_desk_with_nothing(desk: Desk, command: str) -> None:
    outcome = desk.call(command, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    expected: dict[str, Any] = {
        "search": {"total": 0, "hits": []},
        "feeds": {"feeds": []},
    }
    assert outcome.json == expected.get(command, outcome.json)
    assert command != "alerts" or outcome.json["alerts"] == []
    assert desk.call(command).code == 0
