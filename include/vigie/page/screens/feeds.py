"""Feeds: how each fares and why, what its last polls brought, what to do about it; and "poll now"."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, status
from fastapi.responses import Response

from vigie.adapters.index.port import Question
from vigie.adapters.ledger.feed_reports import FeedReport, PastPoll, read_polls, report_feed, report_feeds
from vigie.adapters.ledger.feeds import known_feeds
from vigie.adapters.ledger.poll_requests import PollAnswer
from vigie.model import Feed, FeedHealth, FeedId, FeedKind
from vigie.page.serving.desk import ActingDep, Desk, DeskDep
from vigie.page.shapes import Count, ShortArticle, shorten_hit
from vigie.steps.poll_requests import ask_for_poll
from vigie.stores import Stores

routes = APIRouter()
WORST_FIRST: Sequence[FeedHealth] = (
    *("blocked", "gone", "malformed", "failing", "silent", "new", "ok", "disabled"),
)
POLLS_SHOWN = 30
ARTICLES_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """The feeds of the feeds file that were asked for, worst first; `healths` counts all of them, whatever was asked."""

    at: datetime
    healths: tuple[Count, ...]
    feeds: tuple[FeedReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFeed:
    """One feed: how it fares, its row in the feeds file, its last polls and articles, the newest first.

    `answer` is what became of a poll that was asked for just now, where it is not done.
    """

    at: datetime
    feed: FeedReport
    row: Feed
    polls: tuple[PastPoll, ...]
    articles: tuple[ShortArticle, ...]
    answer: PollAnswer | None = None


AskedFeed = Annotated[str, Path(max_length=200)]


@routes.get("/feeds", response_model=Feeds, summary="How the feeds fare")
def show_feeds(
    desk: DeskDep,
    q: Annotated[str, Query(max_length=200, description="Part of an id, a publisher or an address.")] = "",
    health: FeedHealth | Literal[""] = "",
    kind: FeedKind | Literal[""] = "",
) -> Response:
    """Every feed with a sentence that says why, the worst first."""
    view = read_feeds(desk.stores, desk.now, q, health, kind)
    return desk.reply("feeds.html", view, asked={"q": q, "health": health, "kind": kind})


@routes.get("/feeds/{feed_id}", response_model=OneFeed, summary="One feed and its last polls")
def show_feed(desk: DeskDep, feed_id: AskedFeed) -> Response:
    """One feed: how it fares and what to do, its last polls and articles, its row."""
    return desk.reply("feed.html", _read_or_missing(desk, feed_id))


@routes.post("/feeds/{feed_id}/poll", response_model=PollAnswer, summary="Ask for a poll now")
def poll_feed(desk: ActingDep, feed_id: AskedFeed) -> Response:
    """Make the feed due: the next pass polls it. 409 with the reason where it is not to be asked now."""
    view = _read_or_missing(desk, feed_id)
    answer = ask_for_poll(desk.stores, view.feed) or PollAnswer(refused="unlisted")
    if answer.refused is None:
        return desk.done("polled", desk.request.url.path.removesuffix("/poll"), answer)
    refused = read_feed(desk.stores, desk.now, FeedId(feed_id), answer) or view
    return desk.reply("feed.html", refused, status_code=status.HTTP_409_CONFLICT)


def read_feeds(stores: Stores, now: datetime, text: str, health: str, kind: str) -> Feeds:
    """The feeds as the ledger has them."""
    every = report_feeds(stores.ledger)
    counted = Counter(feed.health for feed in every)
    chosen = [feed for feed in every if _answers(feed, text.strip().lower(), health, kind)]
    return Feeds(
        at=now,
        healths=tuple(Count(value=name, count=counted[name]) for name in WORST_FIRST if counted[name]),
        feeds=tuple(sorted(chosen, key=_badness)),
    )


def read_feed(
    stores: Stores, now: datetime, feed_id: FeedId, answer: PollAnswer | None = None
) -> OneFeed | None:
    """One feed; None when the ledger does not know it."""
    report = report_feed(stores.ledger, feed_id)
    row = known_feeds(stores.ledger).get(feed_id)
    if report is None or row is None:
        return None
    found = stores.index.search(Question(sources=(feed_id,), sort="date", size=ARTICLES_SHOWN))
    return OneFeed(
        at=now,
        feed=report,
        row=row,
        polls=tuple(read_polls(stores.ledger, feed_id, POLLS_SHOWN)),
        articles=tuple(shorten_hit(hit) for hit in found.hits),
        answer=answer,
    )


def _read_or_missing(desk: Desk, feed_id: str) -> OneFeed:
    view = read_feed(desk.stores, desk.now, FeedId(feed_id))
    if view is None:
        raise desk.missing(f"no feed has the id {feed_id}")
    return view


def _answers(feed: FeedReport, text: str, health: str, kind: str) -> bool:
    if (health and feed.health != health) or (kind and feed.kind != kind):
        return False
    return not text or any(text in value.lower() for value in (feed.id, feed.publisher, feed.url))


def _badness(feed: FeedReport) -> tuple[int, int, str]:
    return [*WORST_FIRST].index(feed.health), -feed.failures, feed.id  # type: ignore[arg-type]  # a column of its words
