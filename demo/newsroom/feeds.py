"""From stories to the three forms of a feed, as such feeds are written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from demo.newsroom.stories import Borrowed, Form, Outlet, Story

CONTENT_TYPES: dict[Form, str] = {
    "rss2": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rss1": "application/rdf+xml; charset=utf-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry as the feed shows it, addresses whole."""

    link: str
    guid: str
    title: str
    summary: str
    section: str
    author: str | None
    at: datetime


def choose_entries(
    outlet: Outlet, stories: Iterable[Story], borrowed: Iterable[Borrowed], base_url: str, limit: int
) -> tuple[FeedEntry, ...]:
    """The newest `limit` entries of an outlet's feed, newest first, with those it borrows from others."""
    own = [_entry(story, base_url, story.link, story.at) for story in stories if story.outlet.id == outlet.id]
    taken = [
        _entry(b.story, base_url, f"{b.story.path}?utm_source=partenaire", b.at)
        for b in borrowed
        if b.feed == outlet.id
    ]
    return tuple(sorted([*own, *taken], key=lambda entry: entry.at, reverse=True)[:limit])


def _entry(story: Story, base_url: str, link: str, at: datetime) -> FeedEntry:
    return FeedEntry(
        link=base_url + link,
        guid=base_url + story.path,
        title=story.title,
        summary=_summary(story.paragraphs[0]),
        section=story.section,
        author=story.author,
        at=at,
    )


def _summary(text: str) -> str:
    """The first words of a story, cut as feeds cut them."""
    return text if len(text) <= 180 else text[:180].rsplit(" ", 1)[0] + "…"


def write_feed(outlet: Outlet, entries: Iterable[FeedEntry], base_url: str, now: datetime) -> bytes:
    """The feed's body, in UTF-8."""
    write = {"rss2": _write_rss2, "atom": _write_atom, "rss1": _write_rss1}[outlet.form]
    return write(outlet, tuple(entries), base_url, now).encode()


def _write_rss2(outlet: Outlet, entries: tuple[FeedEntry, ...], base_url: str, now: datetime) -> str:
    items = "".join(
        f"""
    <item>
      <title>{escape(e.title)}</title>
      <link>{escape(e.link)}</link>
      <guid isPermaLink="true">{escape(e.guid)}</guid>
      <pubDate>{format_datetime(e.at)}</pubDate>
      <description><![CDATA[<p>{escape(e.summary, quote=False)}</p>]]></description>
    </item>"""
        for e in entries
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>{escape(outlet.name)}</title>
    <link>{base_url}/{outlet.path}/</link>
    <description>{escape(outlet.tagline)}</description>
    <language>fr-FR</language>
    <lastBuildDate>{format_datetime(now)}</lastBuildDate>
    <atom:link href="{base_url}{outlet.feed_path}" rel="self" type="application/rss+xml"/>{items}
  </channel>
</rss>
"""


def _write_atom(outlet: Outlet, entries: tuple[FeedEntry, ...], base_url: str, now: datetime) -> str:
    items = "".join(
        f"""
  <entry>
    <title type="html">{escape(escape(e.title, quote=False))}</title>
    <link rel="alternate" type="text/html" href="{escape(e.link)}"/>
    <id>{escape(e.guid)}</id>
    <published>{e.at.isoformat()}</published>
    <updated>{e.at.isoformat()}</updated>
    <author><name>{escape(e.author or outlet.name)}</name></author>
    <category term="{escape(e.section)}"/>
    <summary type="text">{escape(e.summary)}</summary>
  </entry>"""
        for e in entries
    )
    updated = entries[0].at if entries else now
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
  <title>{escape(outlet.name)}</title>
  <subtitle>{escape(outlet.tagline)}</subtitle>
  <id>{base_url}/{outlet.path}/</id>
  <link rel="alternate" type="text/html" href="{base_url}/{outlet.path}/"/>
  <link rel="self" type="application/atom+xml" href="{base_url}{outlet.feed_path}"/>
  <updated>{updated.isoformat()}</updated>{items}
</feed>
"""


def _write_rss1(outlet: Outlet, entries: tuple[FeedEntry, ...], base_url: str, now: datetime) -> str:
    order = "".join(f'\n        <rdf:li rdf:resource="{escape(e.guid)}"/>' for e in entries)
    items = "".join(
        f"""
  <item rdf:about="{escape(e.guid)}">
    <title>{escape(e.title)}</title>
    <link>{escape(e.link)}</link>
    <description>{escape(e.summary)}</description>
    <dc:date>{e.at.isoformat()}</dc:date>
    <dc:creator>{escape(e.author or outlet.name)}</dc:creator>
    <dc:subject>{escape(e.section)}</dc:subject>
  </item>"""
        for e in entries
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
         xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="{base_url}{outlet.feed_path}">
    <title>{escape(outlet.name)}</title>
    <link>{base_url}/{outlet.path}/</link>
    <description>{escape(outlet.tagline)}</description>
    <dc:language>fr</dc:language>
    <dc:date>{now.isoformat()}</dc:date>
    <items>
      <rdf:Seq>{order}
      </rdf:Seq>
    </items>
  </channel>{items}
</rdf:RDF>
"""
