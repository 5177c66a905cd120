"""The newsroom serves what it says it serves, in the forms that real readers of feeds and pages understand."""

import re
from collections import Counter
from datetime import timedelta

import feedparser
import httpx
import pytest
import trafilatura

from demo.newsroom import Newsroom
from tests.newsroom.conftest import NOW
from vigie.feeds.file import load_feeds

NEW = "Brévanoux"


def read_feeds(newsroom: Newsroom, http: httpx.Client) -> dict[str, feedparser.FeedParserDict]:
    feeds = load_feeds(newsroom.feeds_yaml(), where="demo")
    return {feed.id: feedparser.parse(http.get(feed.url).content) for feed in feeds}


def test_three_feeds_in_three_forms(newsroom: Newsroom, http: httpx.Client) -> None:
    read = read_feeds(newsroom, http)
    assert {key: feed.version for key, feed in read.items()} == {
        "demo-presidence": "rss20",
        "demo-courrier": "atom10",
        "demo-gazette": "rss10",
    }
    assert not any(feed.bozo for feed in read.values())


def test_entries_are_of_the_last_day_and_never_ahead(newsroom: Newsroom, http: httpx.Client) -> None:
    entries = [entry for feed in read_feeds(newsroom, http).values() for entry in feed.entries]
    assert 14 <= len(entries) <= 36
    dates = [story.at for story in newsroom.stories]
    assert NOW - timedelta(days=1) < min(dates)
    assert max(dates) <= NOW
    assert all(entry.get("published_parsed") or entry.get("updated_parsed") for entry in entries)


def test_one_subject_is_new_and_all_three_write_about_it(newsroom: Newsroom) -> None:
    assert not [story for story in newsroom.past_stories if NEW in story.title + story.text]
    telling = [story for story in newsroom.stories if NEW in story.title]
    assert {story.outlet.id for story in telling} == {"demo-presidence", "demo-courrier", "demo-gazette"}
    assert len(telling) >= 5


def test_one_article_stands_in_two_feeds_under_two_addresses(newsroom: Newsroom, http: httpx.Client) -> None:
    links = {e.link for feed in read_feeds(newsroom, http).values() for e in feed.entries}
    pages = Counter(link.split("?")[0] for link in links)
    ((shared, _),) = [item for item in pages.items() if item[1] == 2]
    assert {link.split("?")[1] for link in links if link.startswith(shared)} == {
        "utm_source=rss&utm_medium=feed&utm_campaign=flux",
        "utm_source=partenaire",
    }


def test_a_short_link_leads_to_the_canonical_page(newsroom: Newsroom, http: httpx.Client) -> None:
    short = next(story for story in newsroom.stories if "/r/" in story.link)
    answer = http.get(newsroom.base_url + short.link)
    assert (answer.status_code, answer.headers["location"]) == (301, newsroom.base_url + short.path)


@pytest.mark.parametrize("dated", ["json-ld", "meta", "time", "text"])
def test_a_page_gives_its_text_title_and_date_however_it_is_dated(
    newsroom: Newsroom, http: httpx.Client, dated: str
) -> None:
    stories = [story for story in (*newsroom.stories, *newsroom.past_stories[::6]) if story.dated == dated]
    assert len(stories) >= 3
    for story in stories:
        page = http.get(newsroom.base_url + story.path)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert f'<link rel="canonical" href="{newsroom.base_url}{story.path}">' in page.text
        assert "Lire aussi" in page.text
        read = trafilatura.bare_extraction(page.text, with_metadata=True)
        assert (read.text or "").split("\n") == list(story.paragraphs)
        assert (read.title, read.date) == (story.title, story.at.date().isoformat())


def test_texts_have_no_template_left_in_them(newsroom: Newsroom) -> None:
    for story in (*newsroom.past_stories, *newsroom.stories):
        assert not re.search(r"[\[\]{}<>|]", story.title + story.text), story


def test_the_past_is_varied(newsroom: Newsroom) -> None:
    past = newsroom.past_stories
    assert 180 <= len(past) <= 300
    assert len({story.path for story in past}) == len(past)
    assert len({story.title for story in past}) > 0.9 * len(past)
    assert max(story.at for story in past) <= NOW - timedelta(days=1)
    assert min(story.at for story in past) >= NOW - timedelta(days=31)
    shingles = [
        set(zip(w, w[1:], w[2:], strict=False)) for w in (story.text.lower().split() for story in past)
    ]
    alike = [1 for n, a in enumerate(shingles) for b in shingles[:n] if len(a & b) > 0.85 * len(a | b)]
    assert len(alike) <= 2  # copies would count once in a detector


def test_the_same_moment_gives_the_same_newsroom(newsroom: Newsroom) -> None:
    with Newsroom(NOW) as again:
        assert (again.past_stories, again.stories) == (newsroom.past_stories, newsroom.stories)


def test_leaders_are_named_in_all_the_ways(newsroom: Newsroom) -> None:
    told = " ".join(story.text for story in newsroom.stories)
    for mention in ("Emmanuel Macron", "le président russe", "locataire de l'Élysée", "son homologue turc"):
        assert mention.lower() in told.lower()


def test_what_did_not_change_is_not_sent_again(newsroom: Newsroom, http: httpx.Client) -> None:
    url = newsroom.base_url + newsroom.outlets[1].feed_path
    first = http.get(url)
    assert http.get(url, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert http.get(url, headers={"If-Modified-Since": first.headers["last-modified"]}).status_code == 304
    assert http.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_robots_allow_all_but_one_corner(newsroom: Newsroom, http: httpx.Client) -> None:
    answer = http.get(f"{newsroom.base_url}/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "Disallow: /interdit/\n" in answer.text


def test_listing_pages_link_to_the_newest_stories(newsroom: Newsroom, http: httpx.Client) -> None:
    newest = [story for story in newsroom.stories if story.outlet.path == "courrier"][-1]
    assert newest.path in http.get(f"{newsroom.base_url}/courrier/").text


# Levers.


def test_a_published_story_is_in_the_feed_and_has_a_page(own_newsroom: Newsroom, http: httpx.Client) -> None:
    url = own_newsroom.publish("demo-gazette", "Une truite record à Sarvoles", ["Elle pesait neuf kilos."])
    assert "neuf kilos" in http.get(url).text
    assert url in http.get(own_newsroom.base_url + own_newsroom.outlets[2].feed_path).text


def test_an_edit_changes_the_page_and_its_etag(own_newsroom: Newsroom, http: httpx.Client) -> None:
    url = own_newsroom.base_url + own_newsroom.stories[0].path
    before = http.get(url)
    own_newsroom.edit(url, paragraphs=["Un texte tout autre."], at=NOW + timedelta(hours=1))
    after = http.get(url, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "Un texte tout autre." in after.text


def test_a_withdrawn_page_answers_410(own_newsroom: Newsroom, http: httpx.Client) -> None:
    url = own_newsroom.base_url + own_newsroom.stories[0].path
    own_newsroom.withdraw(url)
    assert http.get(url).status_code == 410


def test_anything_can_stand_anywhere(own_newsroom: Newsroom, http: httpx.Client) -> None:
    url = own_newsroom.put(own_newsroom.outlets[0].feed_path, b"<html>", status=503)
    assert (http.get(url).status_code, http.get(url).content) == (503, b"<html>")


def test_requests_are_logged_with_headers_and_status(own_newsroom: Newsroom, http: httpx.Client) -> None:
    http.get(f"{own_newsroom.base_url}/nulle-part?x=1", headers={"User-Agent": "essai"})
    (seen,) = own_newsroom.requests
    assert (seen.path, seen.status, seen.header("user-agent")) == ("/nulle-part?x=1", 404, "essai")
    (line,) = http.get(f"{own_newsroom.base_url}/log").json()
    assert (line["path"], line["status"]) == ("/nulle-part?x=1", 404)


def test_webhooks_are_kept(own_newsroom: Newsroom, http: httpx.Client) -> None:
    hook = f"{own_newsroom.base_url}/hooks/alerts"
    assert http.post(hook, json={"title": "été"}).status_code == 200
    assert http.post(hook, content=b"not json").status_code == 400
    assert http.get(hook).json() == [{"title": "été"}] == list(own_newsroom.received_alerts)


def test_a_flaky_hook_refuses_the_first_calls(own_newsroom: Newsroom, http: httpx.Client) -> None:
    hook = f"{own_newsroom.base_url}/hooks/flaky?fail=2"
    assert [http.post(hook, json={}).status_code for _ in range(4)] == [503, 503, 200, 200]
    assert len(own_newsroom.received_alerts) == 2
