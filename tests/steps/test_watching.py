"""Watches and communiqués on a real newsroom: each article told once, whatever its versions and copies."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, published, put_feed

RIVER = "La rivière Sarvole a débordé cette nuit et l'eau monte encore dans la vallée."
OTHER = "Le conseil municipal a voté le budget de la bibliothèque et des deux écoles."
DECLARATION = "Emmanuel Macron a salué mardi le travail des pompiers de la vallée."

Follow = Callable[..., None]


@pytest.fixture
def watched(desk: Desk) -> Desk:
    """A desk with one watch, in a file of its own."""
    write(desk, {"id": "crue", "name": "Les crues", "query": "rivière -football"})
    return desk


@pytest.fixture
def follow(desk: Desk, newsroom: Newsroom) -> Follow:
    """Serve these texts as articles of one feed: `follow(titre=texte)`; again with more of them."""

    def serve(kind: str = "press", name: str = "essai", **texts: str) -> None:
        items = []
        for title, text in texts.items():
            body = html(
                title, [text, f"Un second paragraphe pour {title}."], published(desk.clock.isoformat())
            )
            items.append(Item(link=newsroom.put(f"/{name}/{title}.html", body), title=title, date=desk.clock))
        desk.follow({"id": name, "kind": kind, "url": put_feed(newsroom, *items, path=f"/{name}.xml")})

    return serve


def write(desk: Desk, *rows: dict[str, Any]) -> None:
    """The watches file, in YAML that is JSON."""
    path = desk.folder / "watches.yml"
    path.write_text(json.dumps({"watches": rows}), encoding="utf-8")
    desk.settings["VIGIE_WATCHES"] = str(path)


def told(desk: Desk, kind: str = "watch") -> list[Any]:
    return [alert for alert in desk.ask("alerts")["alerts"] if alert["kind"] == kind]


def counts(desk: Desk) -> dict[str, int]:
    return {row["id"]: row["found"] for row in desk.ask("watches")["watches"]}


def test_what_matches_is_told_once_with_why(watched: Desk, follow: Follow) -> None:
    follow(crue=RIVER, budget=OTHER)
    assert watched.run()["watch"]["done"] == 2
    (alert,) = told(watched)
    assert alert["reason"] == (
        "Veille « Les crues » : 1 article, mots trouvés : rivière. Recherche : rivière -football."
    )
    assert (alert["about"], alert["matched"], alert["now"]) == ("crue", ["rivière"], 1)
    assert alert["passages"][0]["title"] == "crue"
    assert "La rivière Sarvole a débordé" in alert["passages"][0]["text"]
    watched.wait(minutes=20)
    assert watched.run()["watch"]["taken"] == 0
    assert told(watched) == [alert]
    assert counts(watched) == {"crue": 1}
    watched.audit()


def test_several_articles_of_one_pass_are_one_alert_and_later_ones_another(
    watched: Desk, follow: Follow
) -> None:
    first = {"a": RIVER, "b": f"Hier, une autre rivière a été nettoyée par des bénévoles. {OTHER}"}
    follow(**first)
    watched.run()
    assert [(alert["now"], len(alert["article_ids"])) for alert in told(watched)] == [(2, 2)]
    watched.wait(minutes=20)
    follow(**first, c="Au loin, la rivière Orvanne est à sec depuis le mois de juillet, disent les pêcheurs.")
    watched.run()
    assert [alert["now"] for alert in told(watched)] == [2, 1]
    assert counts(watched) == {"crue": 3}


def test_a_later_version_that_matches_fires_then_and_no_version_fires_twice(
    watched: Desk, follow: Follow
) -> None:
    follow(une=OTHER)
    watched.run()
    assert told(watched) == []
    for days, text in ((0.1, f"{OTHER} La rivière déborde."), (2, f"{OTHER} Deux rivières débordent.")):
        watched.wait(days=days)
        follow(une=text)
        watched.run()
        assert [alert["now"] for alert in told(watched)] == [1]
    (article,) = watched.articles().values()
    assert len(article["versions"]) == 3


def test_a_new_watch_does_not_begin_with_the_past(desk: Desk, follow: Follow) -> None:
    follow(crue=RIVER)
    desk.run()
    desk.wait(hours=3)
    assert desk.ask("watches", "add", "crue", "--query", "rivière")["watch"]["query"] == "rivière"
    desk.run()
    assert told(desk) == []
    assert desk.ask("watches", "try", "crue")["total"] == 1
    assert counts(desk) == {"crue": 0}


def test_what_was_late_is_not_missed(watched: Desk, follow: Follow, newsroom: Newsroom) -> None:
    """Published a year ago, first seen now: an old date is no reason to stay silent."""
    body = html("crue", [RIVER, "Il y a longtemps."], published("2025-06-01T08:00:00+02:00"))
    link = newsroom.put("/essai/vieux.html", body)
    watched.follow({"id": "essai", "url": put_feed(newsroom, Item(link=link, title="crue"))})
    watched.run()
    assert len(told(watched)) == 1


def test_an_imported_past_is_no_news_and_today_s_import_is(watched: Desk) -> None:
    lines = [
        {"url": "https://exemple.fr/1", "title": "Vieux", "text": RIVER, "published_at": "2019-05-01"},
        {"url": "https://exemple.fr/2", "title": "Sans date", "text": f"{OTHER} {RIVER}"},
        {"url": "https://exemple.fr/3", "title": "Hier", "text": f"{RIVER} Deux ponts sont fermés.",
         "published_at": "2026-11-22T10:00:00+01:00"},
    ]  # fmt: skip
    watched.ask("watches")
    watched.call("import", "-", stdin="".join(json.dumps(line) + "\n" for line in lines))
    assert watched.run()["watch"]["done"] == 3
    assert [alert["passages"][0]["title"] for alert in told(watched)] == ["Hier"]


def put_copies(desk: Desk, *newsrooms: Newsroom) -> list[dict[str, str]]:
    """The same article on each of these sites; the rows of their feeds."""
    desk.hosts = [newsroom.host_port for newsroom in newsrooms]
    text = [RIVER, OTHER, "Le préfet a réuni les maires et promis de l'aide avant la fin du mois."] * 3
    rows = []
    for number, newsroom in enumerate(newsrooms):
        link = newsroom.put("/crue.html", html("Crue dans la vallée", text))
        rows.append(
            {"id": f"n{number}", "url": put_feed(newsroom, Item(link=link, title="Crue dans la vallée"))}
        )
    return rows


def test_a_copy_is_counted_and_not_told_again(
    watched: Desk, newsroom: Newsroom, other_newsroom: Newsroom
) -> None:
    rows = put_copies(watched, newsroom, other_newsroom)
    for number in (1, 2):
        watched.follow(*rows[:number])
        watched.run()
        watched.wait(minutes=20)
        assert counts(watched) == {"crue": number}
        assert [alert["now"] for alert in told(watched)] == [1]
    watched.audit()


def test_copies_of_one_pass_are_said_in_the_reason(
    watched: Desk, newsroom: Newsroom, other_newsroom: Newsroom
) -> None:
    watched.follow(*put_copies(watched, newsroom, other_newsroom))
    watched.run()
    (alert,) = told(watched)
    assert "1 article (et 1 reprise)" in alert["reason"]
    assert counts(watched) == {"crue": 2}


def test_a_communique_on_two_official_sites_is_told_once(
    desk: Desk, newsroom: Newsroom, other_newsroom: Newsroom
) -> None:
    desk.hosts = [newsroom.host_port, other_newsroom.host_port]
    rows = []
    for number, site in enumerate((newsroom, other_newsroom)):
        link = site.put("/visite.html", html("Visite de la vallée", [DECLARATION, RIVER, OTHER] * 3))
        feed = put_feed(site, Item(link=link, title="Visite de la vallée"))
        rows.append({"id": f"n{number}", "url": feed, "kind": "official"})
        desk.follow(*rows)
        desk.run()
        desk.wait(minutes=20)
        assert len(told(desk, "communique")) == 1


def test_filters_are_those_of_search(desk: Desk, follow: Follow) -> None:
    write(
        desk,
        {"id": "macron", "name": "Macron", "leaders": ["Emmanuel Macron"]},
        {"id": "autre", "name": "Autre", "leaders": ["Q3052772"], "kinds": ["official"]},
        {"id": "source", "name": "Source", "sources": ["journal essai"]},
    )
    follow(crue=RIVER, budget=OTHER, visite=DECLARATION)
    desk.run()
    assert {alert["about"]: alert["now"] for alert in told(desk)} == {"macron": 1, "source": 3}
    (alert,) = (alert for alert in told(desk) if alert["about"] == "macron")
    assert alert["matched"] == ["Emmanuel Macron"]


def test_a_leader_s_communique_is_told_once_whatever_its_versions(desk: Desk, follow: Follow) -> None:
    follow("official", "palais", visite=DECLARATION, budget=OTHER)
    desk.run()
    (alert,) = told(desk, "communique")
    assert alert["reason"] == "Communiqué (Journal palais) : Emmanuel Macron, chef de l'État."
    assert (alert["about"], alert["topic"]) == ("Q3052772", "visite")
    desk.wait(minutes=90)
    follow("official", "palais", visite=f"{DECLARATION} Il a parlé devant la mairie.", budget=OTHER)
    assert desk.run()["watch"]["done"] == 1
    assert told(desk, "communique") == [alert]
    desk.audit()


def test_the_press_makes_no_communique(desk: Desk, follow: Follow) -> None:
    follow("press", "essai", visite=DECLARATION)
    desk.run()
    assert told(desk, "communique") == []


def test_a_file_that_is_wrong_is_said_before_anything_is_asked(desk: Desk, newsroom: Newsroom) -> None:
    write(desk, {"id": "vide", "name": "Vide"})
    outcome = desk.call("run")
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 1)
    assert "asks for nothing" in outcome.err
    assert not newsroom.requests
