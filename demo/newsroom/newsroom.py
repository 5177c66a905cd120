"""The newsroom itself: what is published now, at which address, and the levers that tests pull."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import yaml

from demo.newsroom import feeds, pages
from demo.newsroom.odd import answer_odd
from demo.newsroom.replies import Counter, Reply, Request
from demo.newsroom.server import LocalServer
from demo.newsroom.stories import PARIS, Outlet, Story, read_outlets
from demo.newsroom.writing import borrow_today, slug, write_past, write_today

FEED_LENGTH = 12
LISTING_LENGTH = 30
ROBOTS = b"User-agent: *\nDisallow: /interdit/\nAllow: /\n"


class Newsroom:
    """A local server with three invented outlets, up from `with` to its end.

    `now` is aware: everything was published before it. `port` 0 takes a free one. The stories of the `past_days`
    days before the last one have pages too, but are in no feed.
    """

    def __init__(self, now: datetime, port: int = 0, past_days: int = 30) -> None:
        self.now = now.astimezone(PARIS).replace(microsecond=0)
        self.outlets = read_outlets()
        self._lock = threading.Lock()
        self._past = write_past(self.now, past_days)
        self._today = write_today(self.now)
        self._borrowed = borrow_today(self.now, self._today)
        self._gone: dict[str, int] = {}
        self._fixed: dict[str, Reply] = {}
        self._counter = Counter()
        self._server = LocalServer(port, self._answer)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()

    # Where it is, and what it has seen.

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    @property
    def host_port(self) -> str:
        """For VIGIE_ALLOWED_PRIVATE_HOSTS."""
        return f"127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """Without a final slash."""
        return f"http://{self.host_port}"

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request so far, oldest first, without those to /log and to the list of hooks."""
        return tuple(self._server.requests)

    @property
    def received_alerts(self) -> tuple[Any, ...]:
        """The JSON bodies that webhooks brought, oldest first."""
        return tuple(self._server.hooks)

    @property
    def stories(self) -> tuple[Story, ...]:
        """What the feeds are made of: the last day and what was published since, oldest first."""
        return self._today

    @property
    def past_stories(self) -> tuple[Story, ...]:
        """What was written before the last day, oldest first."""
        return self._past

    def feeds_yaml(self, only: Sequence[str] = ()) -> str:
        """A feeds file for Vigie that points here; `only` keeps the feeds with these ids."""
        rows = [
            {
                "id": outlet.id,
                "url": self.base_url + outlet.feed_path,
                "publisher": outlet.name,
                "kind": outlet.kind,
                "language": "fr",
                "country": "FR",
                "poll_minutes": 1,
                "expect": {"min_per_week": 7, "max_per_day": 40},
            }
            for outlet in self.outlets
            if not only or outlet.id in only
        ]
        return yaml.safe_dump({"feeds": rows}, allow_unicode=True, sort_keys=False)

    # Levers.

    def publish(
        self,
        outlet_id: str,
        title: str,
        paragraphs: Sequence[str],
        *,
        at: datetime | None = None,
        section: str = "France",
    ) -> str:
        """Add a story to an outlet's feed, by default at `now`; gives the whole address of its page."""
        outlet = self._outlet(outlet_id)
        at = (at or self.now).astimezone(PARIS).replace(microsecond=0)
        with self._lock:
            number = 1_000_000 + len(self._today)
            path = f"/{outlet.path}/" + outlet.article_path.format(day=at, slug=slug(title), number=number)
            story = Story(
                outlet=outlet, path=path, link=path, title=title, paragraphs=tuple(paragraphs), section=section,
                author=None, at=at, dated=outlet.dated[0],
            )  # fmt: skip
            self._today = tuple(sorted((*self._today, story), key=lambda s: s.at))
        return self.base_url + path

    def edit(
        self,
        url: str,
        *,
        title: str | None = None,
        paragraphs: Sequence[str] | None = None,
        at: datetime | None = None,
    ) -> None:
        """Change a story under its address; `at` is the moment of the change, by default `now`."""
        path = url.removeprefix(self.base_url)
        with self._lock:
            self._today = tuple(
                _edited(s, title, paragraphs, at or self.now) if s.path == path else s for s in self._today
            )

    def withdraw(self, url: str, status: int = 410) -> None:
        """Answer `status` where a page was; its entry stays in the feed."""
        self._gone[url.removeprefix(self.base_url)] = status

    def put(self, path: str, body: bytes, content_type: str = pages.CONTENT_TYPE, status: int = 200) -> str:
        """Answer `path` (from its slash) with anything, in place of what was there; gives the whole address."""
        self._fixed[path] = Reply(
            status=status, content_type=content_type, body=body, cacheable=status == 200
        )
        return self.base_url + path

    def redirect(self, path: str, to: str, status: int = 301) -> str:
        """Answer `path` (from its slash) with a redirect; gives the whole address."""
        self._fixed[path] = Reply(status=status, headers=(("Location", to),))
        return self.base_url + path

    # Answers.

    def _answer(self, path: str, query: dict[str, str]) -> Reply:
        if path in self._fixed:
            return self._fixed[path]
        if path in self._gone:
            return Reply(status=self._gone[path], body=b"<h1>Page retir\xc3\xa9e</h1>")
        if path.startswith("/odd/"):
            return answer_odd(path, query, self.base_url, self.now, self._counter) or _missing()
        if path == "/robots.txt":
            return Reply(content_type="text/plain; charset=utf-8", body=ROBOTS, cacheable=True)
        if path == "/":
            return Reply(body=pages.write_home(self.outlets))
        return self._answer_outlet(path) or self._answer_story(path) or _missing()

    def _answer_outlet(self, path: str) -> Reply | None:
        for outlet in self.outlets:
            if path == outlet.feed_path:
                return self._feed(outlet)
            if path in (f"/{outlet.path}/", f"/{outlet.path}"):
                own = [s for s in reversed((*self._past, *self._today)) if s.outlet.id == outlet.id]
                return Reply(
                    body=pages.write_listing(outlet, own[:LISTING_LENGTH], self.base_url), cacheable=True
                )
        return None

    def _feed(self, outlet: Outlet) -> Reply:
        stories = self._today
        entries = feeds.choose_entries(outlet, stories, self._borrowed, self.base_url, FEED_LENGTH)
        return Reply(
            content_type=feeds.CONTENT_TYPES[outlet.form],
            body=feeds.write_feed(outlet, entries, self.base_url, self.now),
            changed_at=max((s.newest_at for s in stories if s.outlet.id == outlet.id), default=self.now),
            cacheable=True,
        )

    def _answer_story(self, path: str) -> Reply | None:
        stories = (*self._past, *self._today)
        for story in stories:
            if path == story.path:
                others = [s for s in reversed(stories) if s.outlet.id == story.outlet.id and s.path != path][
                    :4
                ]
                body = pages.write_article(story, others, self.base_url)
                return Reply(body=body, changed_at=story.newest_at, cacheable=True)
            if path == story.link:
                return Reply(status=301, headers=(("Location", self.base_url + story.path),))
        return None

    def _outlet(self, outlet_id: str) -> Outlet:
        return next(outlet for outlet in self.outlets if outlet.id == outlet_id)


def _edited(story: Story, title: str | None, paragraphs: Sequence[str] | None, at: datetime) -> Story:
    return replace(
        story,
        title=title or story.title,
        paragraphs=tuple(paragraphs or story.paragraphs),
        changed_at=at.astimezone(PARIS).replace(microsecond=0),
    )


def _missing() -> Reply:
    return Reply(status=404, body=b"<h1>Page introuvable</h1>")
