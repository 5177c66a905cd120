"""Edits are seen: a changed page is a new version of the same article, and nothing is ever overwritten or lost."""

import sqlite3

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import TEXT, Item, html, put_feed

TITLE = "Un pont et des lampadaires à Sarvoles"
SUMMARY = "Le résumé que le flux donne du pont."
EDITED = (*TEXT, "Mise à jour : le chantier coûtera trois cent mille euros.")


def follow_one(desk: Desk, newsroom: Newsroom, body: bytes, status: int = 200) -> str:
    """A feed of one entry, collected once; gives the page's address."""
    link = newsroom.put("/essai/pont.html", body, status=status)
    feed = put_feed(newsroom, Item(link=link, title=TITLE, summary=SUMMARY, date=newsroom.now))
    desk.follow({"id": "essai", "url": feed})
    desk.run()
    return link


def test_a_changed_page_is_version_two_with_the_difference(desk: Desk, newsroom: Newsroom) -> None:
    follow_one(desk, newsroom, html(TITLE))
    newsroom.put("/essai/pont.html", html(TITLE, EDITED))
    desk.wait(minutes=16)
    desk.run()
    article = desk.articles()[TITLE]
    first, second = article["versions"]
    assert (first["number"], second["number"]) == (1, 2)
    assert "diff" not in first
    assert "+Mise à jour : le chantier coûtera trois cent mille euros." in second["diff"].splitlines()
    assert desk.ask("search", "chantier")["total"] == desk.ask("search", "")["total"] == 1
    assert desk.audit()["entries"] == {
        "total": 1,
        "waiting": 0,
        "indexed": 1,
        "duplicate": 0,
        "rejected": {},
        "failed": 0,
    }


def test_a_changed_title_alone_is_an_edit_too(desk: Desk, newsroom: Newsroom) -> None:
    follow_one(desk, newsroom, html(TITLE))
    newsroom.put("/essai/pont.html", html("Sarvoles : le pont attendra"))
    desk.wait(minutes=16)
    desk.run()
    article = desk.articles()["Sarvoles : le pont attendra"]
    assert f"-{TITLE}" in article["versions"][1]["diff"].splitlines()


def test_a_page_whose_text_did_not_change_is_no_new_version(desk: Desk, newsroom: Newsroom) -> None:
    """The page is asked again at each age, and its navigation, its advertisements and its markup change."""
    follow_one(desk, newsroom, html(TITLE))
    for number, minutes in enumerate((16, 60, 400, 1500, 12_000)):
        newsroom.put(
            "/essai/pont.html",
            html(TITLE, head=f"<meta name='publicite' content='{number}'><!-- {number} -->"),
        )
        desk.wait(minutes=minutes)
        assert desk.run()["fetch"]["done"] == 1
    assert len(desk.articles()[TITLE]["versions"]) == 1
    desk.wait(days=30)
    assert "fetch" not in desk.run()  # a week old: it is left alone
    desk.audit()


def test_404_and_410_keep_the_article(desk: Desk, newsroom: Newsroom) -> None:
    for status in (404, 410):
        link = follow_one(desk, newsroom, html(TITLE))
        newsroom.put("/essai/pont.html", b"<h1>Disparue</h1>", status=status)
        desk.wait(minutes=16)
        desk.run()
        article = desk.articles()[TITLE]
        assert article["withdrawn_at"]
        assert (article["url"], len(article["versions"]), article["state"]) == (link, 1, "indexed")
        assert desk.ask("search", "déviation")["total"] == 1
        desk.audit()
        desk.settings["VIGIE_HOME"] = str(desk.folder / "second")


def test_a_page_that_failed_first_is_indexed_from_its_summary_and_upgraded_later(
    desk: Desk, newsroom: Newsroom
) -> None:
    follow_one(desk, newsroom, b"<h1>Panne</h1>", status=500)
    (hit,) = desk.ask("search", "résumé")["hits"]
    assert hit["snippet"] == SUMMARY
    newsroom.put("/essai/pont.html", html(TITLE))
    desk.wait(minutes=11)
    desk.run()
    assert desk.ask("search", "déviation")["hits"][0]["id"] == hit["id"]
    versions = desk.articles()[TITLE]["versions"]
    assert [version["origin"] for version in versions] == ["feed", "page"]
    assert desk.audit()["entries"]["indexed"] == 1


def test_a_page_that_was_read_and_then_fails_stays_as_it_was_read(desk: Desk, newsroom: Newsroom) -> None:
    follow_one(desk, newsroom, html(TITLE))
    for body, status in ((b"<h1>Panne</h1>", 500), (b"", 200), (b"\x00\x01" * 500, 200)):
        newsroom.put("/essai/pont.html", body, status=status)
        desk.wait(hours=7)
        desk.run()
    versions = desk.articles()[TITLE]["versions"]
    assert [version["origin"] for version in versions] == ["page"]
    assert desk.ask("search", "déviation")["total"] == 1


def test_every_version_can_be_read_back_from_the_archive_by_reprocess(desk: Desk, newsroom: Newsroom) -> None:
    follow_one(desk, newsroom, html(TITLE))
    newsroom.put("/essai/pont.html", html(TITLE, EDITED))
    desk.wait(minutes=16)
    desk.run()
    before = desk.articles()
    newsroom.put("/essai/pont.html", b"", status=500)  # nothing is fetched
    assert desk.ask("reprocess")["index"]["done"] == 1
    assert desk.ask("rebuild-index")["index"]["done"] == 1
    after = desk.articles()
    assert {t: a["versions"] for t, a in after.items()} == {t: a["versions"] for t, a in before.items()}
    assert desk.ask("reprocess", "--since", "2030-01-01")["reprocess"]["taken"] == 0
    desk.audit()


def test_cosmetic_changes_are_no_version(desk: Desk, newsroom: Newsroom) -> None:
    follow_one(desk, newsroom, html(TITLE, (*TEXT, "12 partages", "Temps de lecture : 2 min")))
    for minutes, lines in (
        (16, (*TEXT, "3 428 partages", "Temps de lecture : 3 min")),
        (60, ("Mis à jour il y a 2 h", *reversed(TEXT))),
        (400, tuple(line.replace("'", "’").replace(" ", "  ") for line in TEXT)),
    ):
        newsroom.put("/essai/pont.html", html(TITLE, lines))
        desk.wait(minutes=minutes)
        assert desk.run()["extract"]["done"] == 1
    assert len(desk.articles()[TITLE]["versions"]) == 1


def test_what_changed_is_named(desk: Desk, newsroom: Newsroom) -> None:
    head = "<meta property='article:published_time' content='{}'><meta name='author' content='{}'>"
    follow_one(desk, newsroom, html(TITLE, head=head.format("2026-11-23T07:00:00+01:00", "Ana Bril")))
    for minutes, title, text, date, author in (
        (16, TITLE, EDITED, "2026-11-23T07:00:00+01:00", "Ana Bril"),
        (60, TITLE, EDITED, "2026-11-23T07:00:00+01:00", "Paul Oster"),
        (400, "Le pont attendra", EDITED, "2026-11-23T08:30:00+01:00", "Paul Oster"),
    ):
        newsroom.put("/essai/pont.html", html(title, text, head=head.format(date, author)))
        desk.wait(minutes=minutes)
        desk.run()
    (article,) = desk.articles().values()
    assert [version["changed"] for version in article["versions"]] == [
        [],
        ["text"],
        ["authors"],
        ["title", "date"],
    ]
    assert all(version["diff"] for version in article["versions"][1:])
    assert article["published_at"] == "2026-11-23T06:00:00Z"  # the first date stays
    shown = desk.call("show", article["id"]).out
    assert "a changé : texte" in shown
    assert "a changé : titre, date" in shown
    assert "{+Mise à jour : le chantier coûtera trois cent mille euros.+}" in shown
    desk.audit()


def test_the_page_in_place_of_the_summary_is_no_edit(desk: Desk, newsroom: Newsroom) -> None:
    follow_one(desk, newsroom, b"<h1>Panne</h1>", status=500)
    newsroom.put("/essai/pont.html", html(TITLE))
    desk.wait(minutes=11)
    desk.run()
    article = desk.articles()[TITLE]
    first, second = article["versions"]
    assert (first["is_upgrade"], second["is_upgrade"], second["changed"]) == (False, True, [])
    shown = desk.call("show", article["id"]).out
    assert "la page remplace le résumé du flux" in shown
    assert "a changé" not in shown


def test_a_page_that_says_no_more_than_the_summary_is_read_all_the_same(
    desk: Desk, newsroom: Newsroom
) -> None:
    follow_one(desk, newsroom, b"<h1>Panne</h1>", status=500)
    newsroom.put("/essai/pont.html", html(TITLE, [SUMMARY]))
    desk.wait(minutes=11)
    desk.run()
    assert [version["origin"] for version in desk.articles()[TITLE]["versions"]] == ["feed", "page"]


def test_a_withdrawn_page_is_said_and_so_is_its_return(desk: Desk, newsroom: Newsroom) -> None:
    link = follow_one(desk, newsroom, html(TITLE))
    newsroom.put("/essai/pont.html", b"<h1>Disparue</h1>", status=404)
    desk.wait(minutes=16)
    desk.run()
    (article,) = desk.articles().values()
    shown = desk.call("show", article["id"]).out
    assert "page retirée : 2026-11-23 08:16 UTC" in shown
    assert "disparue" in shown
    newsroom.put("/essai/pont.html", html(TITLE))
    desk.wait(hours=26)
    desk.run()
    (article,) = desk.articles().values()
    assert (article["withdrawn_at"], article["url"], len(article["versions"])) == (None, link, 1)
    outcomes = [request["outcome"] for request in article["requests"]]
    assert outcomes[-1] == "page"
    assert "gone" in outcomes
    assert outcomes[0] in ("page", "same")


def test_better_extraction_makes_no_version_of_old_pages(desk: Desk, newsroom: Newsroom) -> None:
    """An earlier release read another text out of the same page: its digest is in the ledger."""
    follow_one(desk, newsroom, html(TITLE))
    with sqlite3.connect(desk.folder / "home" / "ledger.db") as ledger:
        for table in ("articles", "versions"):
            ledger.execute(f"UPDATE {table} SET text_hash = 'x', title = 'Autre'")
    desk.ask("reprocess")
    (article,) = desk.articles().values()
    assert len(article["versions"]) == 1
    desk.audit()
