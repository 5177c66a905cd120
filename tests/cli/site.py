"""Sites for the tests: feeds and pages of a few lines, put on a newsroom's server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from demo.newsroom import Newsroom

TEXT = (
    "Le conseil municipal de Sarvoles s'est réuni mardi pour examiner la réfection du pont et l'éclairage de la place.",
    "Les élus ont adopté les deux projets à l'unanimité, après une heure d'échanges avec les habitants présents.",
    "Les travaux commenceront au printemps et dureront quatre mois, pendant lesquels une déviation sera en place.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of an RSS feed. `date` is written as it stands; `link` is the whole address."""

    link: str
    title: str
    summary: str = "Un résumé d'une ligne, tel que le flux le donne."
    date: datetime | str | None = None
    guid: str | None = None


def rss(items: Sequence[Item]) -> bytes:
    """RSS 2.0."""
    body = "".join(
        f"<item><title>{escape(i.title)}</title><link>{escape(i.link)}</link>"
        f"<guid isPermaLink='false'>{escape(i.guid or i.link)}</guid>{_date(i.date)}"
        f"<description>{escape(i.summary)}</description></item>"
        for i in items
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>Essai</title>"
        f"<link>http://essai.example/une</link>{body}</channel></rss>"
    ).encode()


def html(title: str, paragraphs: Sequence[str] = TEXT, head: str = "") -> bytes:
    """An article's page, without a date unless `head` has one."""
    text = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='fr'><head><meta charset='utf-8'><title>{escape(title)}</title>{head}</head>"
        f"<body><article><h1>{escape(title)}</h1>{text}</article></body></html>"
    ).encode()


def published(iso: str) -> str:
    """A head that says when."""
    return f"<meta property='article:published_time' content='{iso}'>"


def put_feed(newsroom: Newsroom, *items: Item, path: str = "/essai/flux.xml") -> str:
    """Serve these entries; gives the feed's address."""
    return newsroom.put(path, rss(items), "application/rss+xml; charset=utf-8")


def _date(date: datetime | str | None) -> str:
    if date is None:
        return ""
    return f"<pubDate>{escape(date if isinstance(date, str) else format_datetime(date))}</pubDate>"
