"""The nouns of the newsroom: an outlet, a story, and what a reader of its YAML gets to hear when it is wrong."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import yaml

PARIS = ZoneInfo("Europe/Paris")
CONTENT = Path(__file__).parent / "content"

Form = Literal["rss2", "atom", "rss1"]
Dated = Literal["json-ld", "meta", "time", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One publisher: how its feed is made, where its articles live, how its pages say their date."""

    id: str
    path: str
    name: str
    tagline: str
    kind: Literal["official", "press"]
    form: Form
    article_path: str
    sections: tuple[str, ...]
    dated: tuple[Dated, ...]
    per_day: int

    @property
    def feed_path(self) -> str:
        """Where its feed is."""
        return f"/{self.path}/{'flux.atom' if self.form == 'atom' else 'flux.xml'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article of one outlet. `path` is its canonical address; `at` is aware, in Paris time, to the second.

    `link` is what the feed gives instead of the canonical address: a campaign tag, a short link that redirects.
    """

    outlet: Outlet
    path: str
    link: str
    title: str
    paragraphs: tuple[str, ...]
    section: str
    author: str | None
    at: datetime
    dated: Dated
    changed_at: datetime | None = None

    @property
    def text(self) -> str:
        """The body as a reader would copy it."""
        return "\n\n".join(self.paragraphs)

    @property
    def newest_at(self) -> datetime:
        """When the page last changed."""
        return self.changed_at or self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrowed:
    """A feed's entry for another outlet's story."""

    feed: str
    story: Story
    at: datetime


@cache
def read_content(name: str) -> Any:
    """One of the YAML files beside this module; read once, and changed by nobody."""
    return yaml.safe_load((CONTENT / name).read_text(encoding="utf-8"))


def read_outlets() -> tuple[Outlet, ...]:
    """The outlets, in the order of their file."""
    rows = read_content("outlets.yml")["outlets"]
    return tuple(
        Outlet(**row | {"sections": tuple(row["sections"]), "dated": tuple(row["dated"])}) for row in rows
    )
