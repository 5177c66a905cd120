"""The feed of alerts, held to RFC 4287 and read back by a feed reader."""

from datetime import timedelta
from typing import Any

import feedparser
import lxml.etree
import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW
from tests.digests.happened import HOSTILE, passage, told
from vigie.digests.atom import BEFORE_ANY, build_feed
from vigie.model import Alert

ATOM = "{http://www.w3.org/2005/Atom}"


def parsed(body: bytes) -> Any:
    """As a reader sees it, after the rules of Atom are checked."""
    root = lxml.etree.fromstring(body)
    assert root.tag == f"{ATOM}feed"
    assert root.find(f"{ATOM}author/{ATOM}name").text
    for node in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = node.findall(ATOM + name)
            assert found.text
    ids = [node.text for node in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    for entry in root.iter(f"{ATOM}entry"):
        assert len(entry.findall(f"{ATOM}content")) == 1
        assert len(entry.findall(f"{ATOM}link")) <= 1
    feed = feedparser.parse(body)
    assert not feed.bozo
    return feed


def test_an_alert_says_why_and_links_to_its_articles() -> None:
    one = told(
        "a/1",
        topic="Malpertuis : des plaintes",
        terms=("malpertuis", "plaintes"),
        matched=("bassin",),
        passages=(
            passage("Un"),
            passage("Deux", url="https://le-soir.example/deux"),
            passage("Trois", url=None),
        ),
    )
    (entry,) = parsed(build_feed([one])).entries
    assert entry.id == "urn:vigie:alert:a%2F1"
    assert entry.title == "Malpertuis : des plaintes"
    assert entry.updated == entry.published == one.fired_at.isoformat()
    assert [(tag.term, tag.label) for tag in entry.tags] == [("topic", "Sujet")]
    assert [(link.rel, link.href) for link in entry.links] == [("alternate", "https://le-matin.example/un")]
    (content,) = entry.content
    for words in (
        *(
            one.reason,
            "6 articles en 24 h, contre 0,1 d'ordinaire",
            "malpertuis et plaintes",
            "bassin",
            "https://le-soir.example/deux",
        ),
        *("Le Matin", "Un passage.", "Trois"),
    ):
        assert words.replace("'", "&#39;") in content.value or words in content.value
    assert content.type == "text/html"


def test_the_newest_is_first_and_the_feed_is_as_old_as_it() -> None:
    alerts = [told(f"a{n}", fired_at=NOW + timedelta(hours=n)) for n in (1, 3, 2)]
    feed = parsed(build_feed(alerts))
    assert [entry.id[-2:] for entry in feed.entries] == ["a3", "a2", "a1"]
    assert feed.feed.updated == (NOW + timedelta(hours=3)).isoformat()
    assert build_feed(alerts) == build_feed(alerts[::-1])


def test_an_entry_leads_to_vigies_page_and_from_there_to_the_trend() -> None:
    one = told("a1", about="t1", passages=(passage("Un"),))
    (entry,) = parsed(build_feed([one], page_url="https://airflow.example/vigie")).entries
    assert [link.href for link in entry.links] == ["https://airflow.example/vigie/alerts/a1"]
    page = lxml.html.fromstring(entry.content[0].value)
    assert [link.get("href") for link in page.iter("a")] == [
        "https://airflow.example/vigie/alerts/a1",
        "https://airflow.example/vigie/topics/t1",
        "https://le-matin.example/un",
    ]


def test_a_feed_without_alerts_is_a_feed() -> None:
    feed = parsed(build_feed([], self_url="https://vigie.example/alerts.atom"))
    assert feed.entries == []
    assert feed.feed.updated == BEFORE_ANY.isoformat()
    assert feed.feed.links[0].href == "https://vigie.example/alerts.atom"


def test_nothing_of_a_stranger_gets_out_of_its_place() -> None:
    nasty = told("a", topic=HOSTILE, reason=HOSTILE, terms=(HOSTILE,), sources=(HOSTILE,),
                 passages=(passage(HOSTILE, text=HOSTILE, source=HOSTILE, url="javascript:alert(1)"),))  # fmt: skip
    body = build_feed([nasty])
    root = lxml.etree.fromstring(body)
    content = root.find(f"{ATOM}entry/{ATOM}content").text
    page = lxml.html.fromstring(f"<div>{content}</div>")
    assert {element.tag for element in page.iter()} <= {"div", "p", "ul", "li", "a", "blockquote"}
    assert not list(page.iter("a"))
    assert not root.findall(f"{ATOM}entry/{ATOM}link")
    assert "\u202e" not in body.decode()


def test_a_megabyte_stays_small() -> None:
    long = "&<\u202e" * 400_000
    alerts = [told(f"a{n}", topic=long, reason=long, terms=(long,) * 50, passages=(passage(long, text=long),) * 30)
              for n in range(5)]  # fmt: skip
    assert len(build_feed(alerts)) < 500_000


@given(st.text(), st.text(), st.text())
def test_any_words_make_a_valid_feed(title: str, text: str, url: str) -> None:
    one: Alert = told(
        "a", topic=title, reason=text, passages=(passage(title, text=text, url=url, source=text),)
    )
    parsed(build_feed([one]))
