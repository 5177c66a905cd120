"""From the texts in content/ and a moment to dated stories. The same moment always gives the same stories."""

import random
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from demo.newsroom.stories import PARIS, Borrowed, Outlet, Story, read_content, read_outlets

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_RANGE = re.compile(r"<(\d+)\.\.(\d+)>")


def write_today(now: datetime) -> tuple[Story, ...]:
    """The stories of the last 24 hours before `now`, oldest first."""
    outlets = {outlet.id: outlet for outlet in read_outlets()}
    cast = read_content("cast.yml")
    rows = sorted(read_content("today.yml")["articles"], key=lambda row: -float(row["hours_ago"]))
    return tuple(_write_row(outlets[row["outlet"]], row, n, now, cast) for n, row in enumerate(rows))


def borrow_today(now: datetime, stories: Sequence[Story]) -> tuple[Borrowed, ...]:
    """The entries that a feed carries for another outlet's story: one article, two addresses."""
    by_title = {story.title: story for story in stories}
    return tuple(
        Borrowed(feed=row["feed"], story=by_title[row["title"]], at=_ago(now, float(row["hours_ago"])))
        for row in read_content("today.yml")["borrowed"]
    )


def write_past(now: datetime, days: int) -> tuple[Story, ...]:
    """About eight stories a day for the `days` days that end 24 hours before `now`, oldest first."""
    outlets, cast = read_outlets(), read_content("cast.yml")
    subjects = read_content("past.yml")["subjects"]
    seen: set[str] = set()
    stories = [
        story
        for day in range(days, 0, -1)
        for outlet in outlets
        for story in _write_day(outlet, now - timedelta(days=day), cast, subjects, seen)
    ]
    # One address is one story: a Wednesday that two windows share has one Council of ministers.
    return tuple(sorted({story.path: story for story in stories}.values(), key=lambda story: story.at))


def _write_day(
    outlet: Outlet,
    until: datetime,
    cast: Mapping[str, Any],
    subjects: Sequence[Mapping[str, Any]],
    seen: set[str],
) -> Iterator[Story]:
    """What one outlet writes in the 24 hours that end with `until`: never twice from one subject."""
    dice = random.Random(f"{outlet.id} {until.date().isoformat()}")
    left = [subject for subject in subjects if outlet.id in subject["outlets"]]
    quiet = until.astimezone(PARIS).weekday() >= 5
    for _ in range(max(1, outlet.per_day + dice.choice((-1, 0, 0, 1)) - quiet)):
        at = _working_hour(dice, until)
        subject = _draw(dice, left, at)
        left.remove(subject)
        texts = _write_new(subject, _words(at, cast, dice), dice, seen)
        yield _story(outlet, texts[0], texts[1:], subject["section"], at, dice, cast)


def _write_new(
    subject: Mapping[str, Any], words: Mapping[str, str], dice: random.Random, seen: set[str]
) -> list[str]:
    """A title and its paragraphs; a title that was there before is written again, a few times over."""
    for _ in range(12):
        angle = dice.choice(subject["angles"])
        body = _some(dice, subject["body"], dice.randint(3, 4))
        texts = [_vary(text, dice).format_map(words) for text in (angle["title"], angle["lead"], *body)]
        if texts[0] not in seen:
            break
    seen.add(texts[0])
    return texts


def _draw(dice: random.Random, subjects: Sequence[Mapping[str, Any]], at: datetime) -> Mapping[str, Any]:
    """One of the subjects, by their weights; some are of one weekday only."""
    fit = [subject for subject in subjects if subject.get("weekday", at.weekday()) == at.weekday()]
    return dice.choices(fit, [float(subject["weight"]) for subject in fit])[0]


def _some(dice: random.Random, texts: Sequence[str], count: int) -> list[str]:
    """`count` of the texts, in their order."""
    kept = sorted(dice.sample(range(len(texts)), min(count, len(texts))))
    return [texts[place] for place in kept]


def _vary(text: str, dice: random.Random) -> str:
    """Settle the `[one|or other]` and the `<2..9>` of a text."""
    text = _CHOICE.sub(lambda found: dice.choice(found[1].split("|")), text)
    return _RANGE.sub(lambda found: str(dice.randint(int(found[1]), int(found[2]))), text)


def _words(at: datetime, cast: Mapping[str, Any], dice: random.Random) -> dict[str, str]:
    """What stands for `{…}` in a text that is published at `at`."""
    place, other = dice.sample(cast["places"], 2)
    day = at.astimezone(PARIS)
    return {
        **cast["people"],
        **place,
        "ville2": other["ville"],
        "elle": dice.choice(cast["women"]),
        "lui": dice.choice(cast["men"]),
        "jour": DAYS[day.weekday()],
        "veille": DAYS[(day.weekday() - 1) % 7],
        "demain": DAYS[(day.weekday() + 1) % 7],
        "date": f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    }


def _write_row(
    outlet: Outlet, row: Mapping[str, Any], n: int, now: datetime, cast: Mapping[str, Any]
) -> Story:
    at = _ago(now, float(row["hours_ago"]))
    dice = random.Random(n)
    words = _words(at, cast, dice)
    texts = [text.format_map(words) for text in (row["title"], *row["paragraphs"])]
    return _story(
        outlet, texts[0], texts[1:], row["section"], at, dice, cast, redirect=row.get("redirect", False)
    )


def _story(
    outlet: Outlet,
    title: str,
    paragraphs: Sequence[str],
    section: str,
    at: datetime,
    dice: random.Random,
    cast: Mapping[str, Any],
    *,
    redirect: bool = False,
) -> Story:
    number = 100_000 + dice.randrange(900_000)
    path = f"/{outlet.path}/" + outlet.article_path.format(day=at, slug=slug(title), number=number)
    return Story(
        outlet=outlet,
        path=path,
        link=_feed_link(outlet, path, number, redirect),
        title=title,
        paragraphs=tuple(paragraphs),
        section=section,
        author=None if outlet.kind == "official" else dice.choice(cast["journalists"]),
        at=at,
        dated=outlet.dated[number % len(outlet.dated)],
    )


def _feed_link(outlet: Outlet, path: str, number: int, redirect: bool) -> str:
    """Papers tag the links of their feeds; one in the demo goes through a short link that redirects."""
    if redirect:
        return f"/{outlet.path}/r/{number}"
    return path if outlet.kind == "official" else f"{path}?utm_source=rss&utm_medium=feed&utm_campaign=flux"


def slug(title: str) -> str:
    """A title as the last part of an address."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:80].strip("-")


def _ago(now: datetime, hours: float) -> datetime:
    return (now - timedelta(hours=hours)).astimezone(PARIS).replace(microsecond=0)


def _working_hour(dice: random.Random, until: datetime) -> datetime:
    """A moment of the 24 hours that end with `until`, between six in the morning and eleven at night in Paris."""
    while True:
        at = _ago(until, dice.uniform(0, 24))
        if 6 <= at.hour < 23:
            return at
