"""An article's way through the ledger, one call a step: what the tests of this folder walk with."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.builders import NOW, article, feed, tagged
from vigie.adapters.ledger import Ledger, extractions, stages
from vigie.adapters.ledger.accounts import count_entries, ledger_problems
from vigie.adapters.ledger.entries import EntryToRecord, address_key, article_id_of
from vigie.adapters.ledger.extractions import Extraction
from vigie.adapters.ledger.pages import Fetch, claim_pages, record_fetches
from vigie.adapters.ledger.polls import Poll, record_polls
from vigie.adapters.ledger.reports import read_history
from vigie.model import Article, ArticleId, Entry, RecordId

SOURCES = (feed("le-matin"), feed("le-soir"), feed("elysee", kind="official"))
MINUTE = timedelta(minutes=1)


def archived(item: Entry) -> EntryToRecord:
    """An entry as if it lay in the archive."""
    return EntryToRecord(entry=item, record_id=RecordId(f"entrees.warc.gz#{item.id}"))


def a_poll(*entries: Entry, at: datetime = NOW, **fields: object) -> Poll:
    """What a poll of the first entry's feed brought."""
    usual: dict[str, object] = {
        "feed_id": entries[0].feed_id if entries else "le-matin",
        "at": at,
        "status": 200,
        "health": "ok",
        "sentence": f"{len(entries)} entrées.",
        "next_poll_at": at + 15 * MINUTE,
        "entries": tuple(archived(item) for item in entries),
        "entries_seen": len(entries),
    }
    return Poll(**{**usual, **fields})  # type: ignore[arg-type]  # a test names the fields it changes


def poll(ledger: Ledger, *entries: Entry, at: datetime = NOW, **fields: object) -> int:
    """Record a poll that brought these entries."""
    return record_polls(ledger, [a_poll(*entries, at=at, **fields)])


def id_of(item: Entry) -> ArticleId:
    """The article that an entry makes when its address is new."""
    return article_id_of(address_key(item.url) if item.url else f"entry:{item.id}")


def fetch(
    ledger: Ledger, article_id: ArticleId, *addresses: str, at: datetime = NOW, **fields: object
) -> None:
    """Claim a page and record that it was had under these addresses; without any, that it was not."""
    claim_pages(ledger, [article_id], at)
    had: dict[str, object] = (
        {"addresses": addresses, "record_id": RecordId(f"pages.warc.gz#{article_id}-{at:%H%M}")}
        if addresses
        else {"error": "HTTP 503"}
    )
    record_fetches(
        ledger,
        [Fetch(article_id=article_id, at=at, **{"next_fetch_at": None, **had, **fields})],  # type: ignore[arg-type]
    )


def an_extraction(item: Article, **fields: object) -> Extraction:
    """What extraction found: this article."""
    usual: dict[str, object] = {
        "article": item,
        "text_hash": digest(item.title + item.text),
        "body_hash": digest(item.text),
        "entry_record_id": RecordId("entrees.warc.gz#1"),
        "page_record_id": RecordId("pages.warc.gz#1"),
    }
    return Extraction(article_id=item.id, **{**usual, **fields})  # type: ignore[arg-type]


def extract(ledger: Ledger, item: Article, at: datetime = NOW, **fields: object) -> None:
    """Claim an article and record that extraction found `item`."""
    assert [m.article_id for m in extractions.claim_for_extract(ledger, [item.id], at)] == [item.id]
    extractions.record_extractions(ledger, [an_extraction(item, **fields)], at)


def tag_and_index(ledger: Ledger, ids: Sequence[ArticleId], at: datetime = NOW) -> None:
    """Take what is extracted through tag and index; what became a duplicate leaves."""
    items = [tagged(item) for item in stages.claim_for_tag(ledger, ids, at)]
    stages.record_tagged(ledger, items)
    kept, gone = stages.claim_for_index(ledger, ids, at)
    stages.record_indexed(ledger, [(item.article.id, item.article.version) for item in kept], at)
    stages.record_deleted(ledger, gone)


def publish(ledger: Ledger, item: Entry, at: datetime = NOW, **fields: object) -> ArticleId:
    """The whole way of a new entry: polled, fetched, extracted, tagged, indexed."""
    poll(ledger, item, at=at)
    article_id = id_of(item)
    fetch(ledger, article_id, item.url or "", at=at)
    extract(ledger, article(article_id, url=item.url, **fields), at)
    tag_and_index(ledger, [article_id], at)
    return article_id


def digest(text: str) -> str:
    """Some hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def state_of(ledger: Ledger, article_id: ArticleId) -> str:
    """An article's state."""
    history = read_history(ledger, article_id)
    assert history is not None
    return history.state


def assert_sound(ledger: Ledger) -> None:
    """Nothing in the ledger contradicts anything else."""
    assert count_entries(ledger).adds_up
    assert list(ledger_problems(ledger)) == []
