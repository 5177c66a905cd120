"""Articles as an Atom feed (RFC 4287): the answer to a search, for a feed reader. Pure: the same articles give the same bytes.

Content is text, never markup. An entry is `updated` when the text of its version was read, so that a new version is
shown again, and a change of tags is not.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from vigie.digests.atom import BEFORE_ANY
from vigie.digests.phrases import safe_link, tidy
from vigie.page.searching.asking import Asked
from vigie.search.documents import Document, passage_of
from vigie.wire import dump_json

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT_CHARS = 1_500
"""The first paragraphs: whether it is worth reading. The article is at its address."""
TITLE_CHARS = 300
QUESTION_CHARS = 200
TAGS = 12
KINDS = {"official": "source officielle", "press": "presse"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a feed is served, where its search is shown, and what stands before `/articles/…`."""

    feed: str
    screen: str
    base: str


def build_article_feed(asked: Asked, documents: Sequence[Document], addresses: Addresses) -> bytes:
    """The feed, in the order of the documents."""
    feed = FeedGenerator()
    feed.id(feed_id(asked))
    feed.title(tidy(f"Vigie : {describe_search(asked)}", TITLE_CHARS))
    feed.author(name="Vigie")
    feed.generator("Vigie")
    feed.language("fr")
    feed.updated(max(map(_updated, documents), default=BEFORE_ANY))
    feed.link(href=addresses.feed, rel="self", type="application/atom+xml")
    feed.link(href=addresses.screen, rel="alternate", type="text/html")
    for document in documents:
        feed.add_entry(_entry(document, addresses.base), order="append")
    body: bytes = feed.atom_str(pretty=True)
    return body


def feed_id(asked: Asked) -> str:
    """The same for the same search, wherever it is served; a feed is always by date."""
    return (
        f"urn:vigie:search:{hashlib.sha256(dump_json(replace(asked, sort='date')).encode()).hexdigest()[:24]}"
    )


def entry_id(document: Document) -> str:
    """What a feed reader knows an article by, in every feed it is in."""
    return f"urn:vigie:article:{document['id']}"


def last_indexed(documents: Sequence[Document]) -> datetime:
    """When the newest of them came into the index: no later answer to the same search is older."""
    return max((datetime.fromisoformat(each["indexed_at"]) for each in documents), default=BEFORE_ANY)


def describe_search(asked: Asked) -> str:
    """A search in French, on one line."""
    parts = [tidy(asked.text, QUESTION_CHARS)]
    parts += [" ou ".join(values) for values in (asked.leaders, asked.topics, asked.sources)]
    parts += [" ou ".join(KINDS[kind] for kind in asked.kinds)]
    return " ; ".join(part for part in parts if part) or "tous les articles"


def _entry(document: Document, base: str) -> FeedEntry:
    entry = FeedEntry()
    entry.id(entry_id(document))
    entry.title(tidy(document["title"], TITLE_CHARS) or "Sans titre")
    entry.updated(_updated(document))
    if document["published_at"]:
        entry.published(datetime.fromisoformat(document["published_at"]))
    entry.author(name=tidy(document["publisher"], TITLE_CHARS) or "?")
    ours = f"{base}/articles/{document['id']}"
    theirs = safe_link(document["url"])
    entry.link(href=theirs or ours)
    if theirs:
        entry.register_extension("related", partial(_Related, ours), rss=False)
    for name in _tags(document)[:TAGS]:
        entry.category(term=name)
    entry.content(tidy(passage_of(document), CONTENT_CHARS) or "Sans texte", type="text")
    return entry


class _Related:
    """Vigie's own page of an article, beside its address: feedgen drops the `rel` of an entry's links."""

    def __init__(self, href: str) -> None:
        self._href = href

    def extend_atom(self, entry: Any) -> None:
        """As feedgen calls an extension."""
        etree.SubElement(entry, f"{ATOM}link", href=self._href, rel="related", title="Dans Vigie")


def _tags(document: Document) -> list[str]:
    names = (tidy(name, TITLE_CHARS) for name in (*document["leader_names"], *document["topic_labels"]))
    return list(dict.fromkeys(name for name in names if name))


def _updated(document: Document) -> datetime:
    return datetime.fromisoformat(document["fetched_at"])
