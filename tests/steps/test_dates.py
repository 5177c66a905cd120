"""Dates are true: where each comes from, which one is believed, and null where none can be."""

from datetime import timedelta

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, published, put_feed


def collect(desk: Desk, newsroom: Newsroom, *items: Item, **row: str) -> dict[str, str | None]:
    """`published_at` of each article by title, as `search` gives it."""
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items), **row})
    desk.run()
    return {hit["title"]: hit["published_at"] for hit in desk.ask("search", "", "--size", "50")["hits"]}


def test_a_date_that_cannot_be_trusted_is_null(desk: Desk, newsroom: Newsroom) -> None:
    junk = {
        "absente": None,
        "mots": "hier soir",
        "1970": "Thu, 01 Jan 1970 00:00:00 GMT",
        "9999": "Fri, 31 Dec 9999 23:59:59 GMT",
        "demain": newsroom.now + timedelta(days=1),
        "dans une heure": newsroom.now + timedelta(hours=1),
        "31 février": "Mon, 31 Feb 2026 10:00:00 +0100",
        "0000": "0000-00-00T00:00:00Z",
    }
    items = [
        Item(link=f"{newsroom.base_url}/rien/{n}", title=t, date=d) for n, (t, d) in enumerate(junk.items())
    ]
    good = Item(link=f"{newsroom.base_url}/rien/bon", title="bonne", date=newsroom.now - timedelta(hours=1))
    found = collect(desk, newsroom, *items, good)
    assert found == {**dict.fromkeys(junk), "bonne": "2026-11-23T07:00:00Z"}
    desk.audit()


def test_undated_articles_are_outside_of_every_range(desk: Desk, newsroom: Newsroom) -> None:
    collect(desk, newsroom, Item(link=f"{newsroom.base_url}/rien", title="Sans date"))
    assert desk.ask("search", "")["total"] == 1
    assert desk.ask("search", "", "--since", "1900-01-01")["total"] == 0
    assert desk.ask("search", "", "--until", "9999-12-31", "--since", "0001-01-01")["total"] == 0


def test_the_first_date_stays_when_a_feed_redates(desk: Desk, newsroom: Newsroom) -> None:
    link = f"{newsroom.base_url}/rien"
    first = Item(link=link, title="Redatée", date=newsroom.now - timedelta(days=1))
    assert collect(desk, newsroom, first) == {"Redatée": "2026-11-22T08:00:00Z"}
    desk.wait(hours=7)
    again = Item(link=link, title="Redatée", date=newsroom.now)
    same_guid = collect(desk, newsroom, again)
    desk.wait(hours=7)
    other_guid = collect(desk, newsroom, Item(link=link, title="Redatée", date=newsroom.now, guid="nouveau"))
    assert same_guid == other_guid == {"Redatée": "2026-11-22T08:00:00Z"}
    assert len(desk.articles()) == 1
    desk.audit()


def test_a_pages_own_time_beats_a_later_feed_date(desk: Desk, newsroom: Newsroom) -> None:
    link = newsroom.put("/page", html("Datée", head=published("2026-11-20T18:30:00-05:00")))
    found = collect(desk, newsroom, Item(link=link, title="Datée", date=newsroom.now))
    assert found == {"Datée": "2026-11-20T23:30:00Z"}
    dates = {date["origin"]: date for date in desk.articles()["Datée"]["dates"]}
    assert dates["meta"]["chosen"]
    assert dates["meta"]["offset_minutes"] == -300
    assert not dates["feed"]["chosen"]


def test_a_page_that_is_redated_by_an_edit_keeps_its_first_date(desk: Desk, newsroom: Newsroom) -> None:
    link = newsroom.put("/page", html("Datée", head=published("2026-11-20T18:30:00+01:00")))
    item = Item(link=link, title="Datée", date=newsroom.now)
    collect(desk, newsroom, item)
    newsroom.put(
        "/page", html("Datée", ["Tout autre chose désormais."], published("2026-11-23T09:10:00+01:00"))
    )
    desk.wait(minutes=20)
    assert collect(desk, newsroom, item) == {"Datée": "2026-11-20T17:30:00Z"}
    article = desk.articles()["Datée"]
    assert len(article["versions"]) == 2
    assert [date["at"] for date in article["dates"] if date["chosen"]] == ["2026-11-20T17:30:00Z"]


def test_without_an_offset_the_zone_is_that_of_the_feeds_country(desk: Desk, newsroom: Newsroom) -> None:
    link = newsroom.put("/page", html("Sans décalage", head=published("2026-11-20T18:30:00")))
    assert collect(desk, newsroom, Item(link=link, title="x"), country="FR") == {
        "Sans décalage": "2026-11-20T17:30:00Z"
    }
    desk.settings["VIGIE_HOME"] = str(desk.folder / "quebec")
    assert collect(desk, newsroom, Item(link=link, title="x"), country="CA") == {
        "Sans décalage": "2026-11-20T23:30:00Z"
    }
    assert desk.articles()["Sans décalage"]["dates"][0]["offset_minutes"] is None


def test_show_says_why_one_date_won(desk: Desk, newsroom: Newsroom) -> None:
    head = published("2026-11-20T18:30:00-05:00") + (
        '<meta property="article:modified_time" content="2026-11-22T08:00:00+01:00">'
    )
    text = ["Publié le 21 novembre 2026 à 9h10", "Une réunion s'est tenue au palais ce matin."]
    link = newsroom.put("/page", html("Datée", text, head))
    collect(desk, newsroom, Item(link=link, title="Datée", date=newsroom.now))
    article = desk.articles()["Datée"]
    assert article["published_at"] == "2026-11-20T23:30:00Z"
    assert article["published_reason"] == "la page et le flux diffèrent : la plus ancienne des deux"
    assert article["modified_at"] == "2026-11-22T07:00:00Z"
    reasons = {(date["origin"], date["modified"]): date["reason"] for date in article["dates"]}
    assert reasons == {
        ("meta", False): "retenue",
        ("meta", True): "date de modification",
        ("page", False): "d'une source moins sûre",
        ("feed", False): "d'une source moins sûre",
    }
    shown = desk.call("show", article["id"]).out
    assert "publié : 2026-11-20 23:30 UTC (la page et le flux diffèrent : la plus ancienne des deux)" in shown
    assert "modifié : 2026-11-22 07:00 UTC (balise meta)" in shown
    assert "-05:00" in shown


def test_a_page_that_prints_the_time_of_day_is_dated_by_its_feed(desk: Desk, newsroom: Newsroom) -> None:
    link = newsroom.put("/page", html("Horloge", head=published(newsroom.now.isoformat())))
    found = collect(desk, newsroom, Item(link=link, title="Horloge", date=newsroom.now - timedelta(days=2)))
    assert found == {"Horloge": "2026-11-21T08:00:00Z"}
    alone = newsroom.put("/seule", html("Seule", head=published(newsroom.now.isoformat())))
    desk.settings["VIGIE_HOME"] = str(desk.folder / "seule")
    assert collect(desk, newsroom, Item(link=alone, title="Seule")) == {"Seule": None}


def test_the_newsrooms_odd_dates(desk: Desk, newsroom: Newsroom) -> None:
    desk.follow({"id": "dates", "url": f"{newsroom.base_url}/odd/feed/dates"})
    desk.run()
    found = {hit["title"]: hit["published_at"] for hit in desk.ask("search", "")["hits"]}
    assert [found[f"Date difficile {n}"] for n in range(5)] == [None] * 5
    assert found["Date difficile 5"] == "2026-11-23T06:00:00Z"
