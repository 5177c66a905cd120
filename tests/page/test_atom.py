"""The feeds, held to RFC 4287, read back by a feed reader, and not sent twice."""

from typing import Any

import feedparser
import lxml.etree
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.page.addresses import list_screens
from tests.page.asking import ask_html, ask_json, ask_tree
from tests.page.written import HOSTILE_PUBLISHER, SCRIPT_TITLE
from vigie.page.searching.article_feed import Addresses, build_article_feed, feed_id
from vigie.page.searching.asking import Asked
from vigie.stores import Stores

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/search.atom", "/search.atom?q=cobalt&kind=press", "/search.atom?q=introuvable", "/alerts.atom")


def read(page: TestClient, path: str, **query: Any) -> Any:
    """As a reader sees it, after the rules of Atom are checked."""
    answer = page.get(path, params=query or None)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml"
    root = lxml.etree.fromstring(answer.content)
    for node in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = node.findall(ATOM + name)
            assert found.text
        alternates = [
            link for link in node.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"
        ]
        assert len({(link.get("type"), link.get("hreflang")) for link in alternates}) == len(alternates)
    ids = [node.text for node in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    return feed


@pytest.mark.parametrize("path", FEEDS)
def test_it_is_atom_and_says_where_it_is(page: TestClient, path: str) -> None:
    feed = read(page, path)
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == f"http://testserver{path}"


def test_a_search_is_a_feed_of_the_same_articles_by_date(page: TestClient) -> None:
    query = {"q": "Paris", "leader": "Emmanuel Macron", "since": "2026-11-20"}
    feed = read(page, "/search.atom", **query)
    found = ask_json(page, "/search", **query, sort="date")
    assert found["total"] > 1
    assert [entry.title for entry in feed.entries] == [article["title"] for article in found["articles"]]
    assert [entry.id for entry in feed.entries] == [
        f"urn:vigie:article:{article['id']}" for article in found["articles"]
    ]
    assert {link.rel: link.href for link in feed.feed.links}["alternate"].startswith(
        "http://testserver/search?q=Paris&"
    )
    first, article = feed.entries[0], found["articles"][0]
    assert first.link == article["url"]
    assert first.author == article["publisher"]
    assert first.published.replace("+00:00", "Z") == article["published_at"]
    assert {tag.term for tag in first.tags} == {*article["leaders"], *article["topics"]}
    assert len(read(page, "/search.atom", size=3).entries) == 3
    assert [entry.id for entry in read(page, "/search.atom", **query, sort="relevance").entries] == [
        entry.id for entry in feed.entries
    ]


def test_an_entry_is_updated_when_its_version_was_read(page: TestClient, stores: Stores) -> None:
    (entry,) = [
        each for each in read(page, "/search.atom").entries if each.title.startswith("Emmanuel Macron reçoit")
    ]
    document = stores.index.get(entry.id.removeprefix("urn:vigie:article:"))
    assert document is not None
    assert document["version"] == 2
    assert entry.updated.replace("+00:00", "Z") == document["fetched_at"]
    assert "un accord sur l'énergie" in entry.content[0].value


def test_other_people_s_words_are_text(page: TestClient) -> None:
    feed = read(page, "/search.atom", source=HOSTILE_PUBLISHER)
    entry = next(each for each in feed.entries if each.title == SCRIPT_TITLE or "script" in each.title)
    assert entry.title_detail.type == entry.content[0].type == "text/plain"
    assert "<script>alert(5)</script>" in entry.content[0].value
    body = page.get("/search.atom").text
    assert not set(body) & set("\u202a\u202b\u202c\u202d\u202e\ue000\ue001")
    root = lxml.etree.fromstring(body.encode())
    assert {node.get("type") for node in root.iter(f"{ATOM}content")} == {"text"}
    assert all(len(node) == 0 for node in root.iter(f"{ATOM}content", f"{ATOM}title"))
    assert "javascript:" not in body


def test_alerts_say_why_and_operators_are_asked_for(page: TestClient) -> None:
    feed = read(page, "/alerts.atom")
    assert {entry.tags[0].term for entry in feed.entries} == {"topic", "watch", "communique"}
    assert {
        entry.tags[0].term for entry in read(page, "/alerts.atom", kind=["operator", "topic"]).entries
    } == {*("operator", "topic")}
    assert len(read(page, "/alerts.atom", size=1).entries) == 1
    assert page.get("/alerts.atom", params={"kind": "x"}).status_code == 400


@pytest.mark.parametrize("path", FEEDS)
def test_what_a_reader_has_is_not_sent_again(page: TestClient, path: str) -> None:
    first = page.get(path)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    assert first.headers["cache-control"] == "private, no-cache"
    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", W/{tag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": date},
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ):
        again = page.get(path, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    for headers in (
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": date},  # the tag knows better
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"} if "introuvable" not in path else {},
        {"If-Modified-Since": "naguere"},
    ):
        assert page.get(path, headers=headers).content == first.content


def test_a_new_article_changes_the_feed(own_page: TestClient, own_stores: Stores) -> None:
    from tests.page.test_watches import import_article

    before = own_page.get("/search.atom", params={"q": "girafe"})
    tag = before.headers["etag"]
    import_article(
        own_stores, "Une girafe en ville", "Une girafe a été vue lundi matin près de la gare de Rouen."
    )
    for known in ({"If-None-Match": tag}, {"If-Modified-Since": before.headers["last-modified"]}):
        after = own_page.get("/search.atom", params={"q": "girafe"}, headers=known)
        assert after.status_code == 200
    assert [entry.title for entry in feedparser.parse(after.content).entries] == ["Une girafe en ville"]


def test_every_screen_names_its_feeds(page: TestClient, stores: Stores) -> None:
    alternate = "//head/link[@rel='alternate'][@type='application/atom+xml']"
    for path in list_screens(page.app, stores):  # type: ignore[arg-type]  # TestClient says ASGI app
        if path.endswith("/archived"):  # other people's page, as text
            continue
        assert "/alerts.atom" in ask_tree(page, path).xpath(f"{alternate}/@href")
    (_alerts, search) = ask_tree(page, "/search", q="été & <b>", leader="Q3052772", sort="date").xpath(
        alternate
    )
    assert search.get("title")
    feed = read(page, search.get("href"))
    assert feed.feed.title.startswith("Vigie : été & <b>")


def test_under_another_path_the_addresses_follow(page: TestClient) -> None:
    outer = FastAPI()
    outer.mount("/outils/vigie", page.app)
    client = TestClient(outer, base_url="https://desk.example")
    feed = read(client, "/outils/vigie/search.atom", q="cobalt")
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == "https://desk.example/outils/vigie/search.atom?q=cobalt"
    assert links["alternate"] == "https://desk.example/outils/vigie/search?q=cobalt"
    related = [link.href for entry in feed.entries for link in entry.links if link.rel == "related"]
    assert related[0].startswith("https://desk.example/outils/vigie/articles/")
    assert 'href="/outils/vigie/search.atom?q=cobalt"' in ask_html(client, "/outils/vigie/search", q="cobalt")
    described = client.get("/outils/vigie/openapi.json").json()
    assert described["servers"] == [{"url": "/outils/vigie"}]


def test_a_bad_question_and_nobody_get_no_feed(page: TestClient, nobody: TestClient) -> None:
    assert (
        page.get("/search.atom", params={"since": "demain"})
        .json()["detail"]
        .startswith("since: demain: not a date")
    )
    assert page.get("/search.atom", params={"size": 1000}).status_code == 422
    assert {nobody.get(path).status_code for path in FEEDS} == {401}


def test_a_feed_is_known_by_its_question(stores: Stores) -> None:
    one, other = Asked(text="eau", sort="date"), Asked(text="eau", kinds=("press",))
    assert feed_id(one) == feed_id(Asked(text="eau", sort="relevance"))
    assert feed_id(one) != feed_id(other)
    where = Addresses(feed="https://x.example/f", screen="https://x.example/s", base="https://x.example")
    documents = [hit.document for hit in stores.index.search(one.question).hits]
    assert build_article_feed(one, documents, where) == build_article_feed(one, documents, where)
