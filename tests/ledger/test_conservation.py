"""Conservation: whatever happens in whatever order, every entry is in one state and the ledger says what is where."""

from datetime import timedelta
from random import Random

import pytest

from tests.builders import NOW, alert, article, entry, feed, sighting, tagged
from tests.ledger.flow import SOURCES, an_extraction, archived, assert_sound, poll
from vigie.adapters.ledger import Ledger, alerts, extractions, sightings, stages
from vigie.adapters.ledger.accounts import count_entries, expected_documents
from vigie.adapters.ledger.entries import record_entries_in
from vigie.adapters.ledger.extractions import Extraction, Material
from vigie.adapters.ledger.feeds import ensure_source, sync_feeds
from vigie.adapters.ledger.pages import Fetch, claim_pages, due_pages, record_fetches
from vigie.model import ArticleId, Entry, RecordId

URLS = [f"https://le-matin.example/{number}" for number in range(14)]
STEPS = 70
TRIES_TO_SETTLE = 25


class World:
    """A ledger, an index that is a dict, and a clock; every choice is drawn from one seed."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self.ledger, self.draw, self.now = ledger, Random(seed), NOW
        self.index: dict[ArticleId, int] = {}
        self.names = 0

    def step(self) -> None:
        """Do one thing at random; a worker may die before it records what it did."""
        self.now += timedelta(minutes=self.draw.choice((0, 1, 30, 600)))
        self.draw.choice(
            (self.poll, self.poll, self.poll, self.poll, self.fetch, self.fetch, self.extract, self.extract, self.tag, self.put, self.put,
             self.bring, self.reopen, self.rebuild, self.detect, self.sync)
        )()  # fmt: skip

    def entry(self) -> Entry:
        self.names += self.draw.random() < 0.8
        feed_id = self.draw.choice(SOURCES).id
        url = self.draw.choice([*URLS, None])
        if self.draw.random() < 0.1:
            return entry(f"n{self.names}", feed_id=feed_id, url=url, title="", summary="")
        return entry(f"n{self.names}", feed_id=feed_id, url=url)

    def poll(self) -> None:
        first = self.entry()
        more = [
            e for e in (self.entry() for _ in range(self.draw.randrange(6))) if e.feed_id == first.feed_id
        ]
        poll(self.ledger, first, *more, at=self.now)

    def bring(self) -> None:
        source = feed("import:fonds", url="", enabled=False)
        item = entry(f"i{self.names}", feed_id=source.id, url=self.draw.choice(URLS), origin="import")
        with self.ledger.writing() as session:
            ensure_source(session, source)
            record_entries_in(session, [archived(item)], self.now)

    def fetch(self) -> None:
        for page in claim_pages(self.ledger, due_pages(self.ledger, self.now)[:5], self.now):
            record_fetches(self.ledger, [self.fetched(page.article_id, page.url)])

    def fetched(self, article_id: ArticleId, url: str) -> Fetch:
        again = self.now + timedelta(hours=1) if self.draw.random() < 0.5 else None
        if self.draw.random() < 0.3:
            return Fetch(article_id=article_id, at=self.now, next_fetch_at=again, error="HTTP 503")
        walked = (url, self.draw.choice(URLS)) if self.draw.random() < 0.3 else (url,)
        record_id = RecordId(f"pages#{self.draw.randrange(10**9)}")
        return Fetch(
            article_id=article_id, at=self.now, next_fetch_at=again, addresses=walked, record_id=record_id
        )

    def extract(self) -> None:
        due = stages.due_articles(self.ledger, self.now)
        for material in extractions.claim_for_extract(self.ledger, due, self.now):
            if self.draw.random() < 0.15:
                stages.record_failure(self.ledger, material.article_id, "illisible", self.now)
            else:
                extractions.record_extractions(self.ledger, [self.extracted(material)], self.now)

    def extracted(self, material: Material) -> Extraction:
        luck = self.draw.random()
        canonical = self.draw.choice(URLS) if luck < 0.2 else None
        if luck > 0.9:
            return Extraction(article_id=material.article_id, article=None, rejected="rien")
        text = self.draw.choice(("Un texte.", "Un texte corrigé."))
        same = an_extraction(article(material.article_id, text=text)).text_hash == material.text_hash
        version = material.version if same else material.version + 1
        return an_extraction(
            article(material.article_id, text=text, version=version, url=material.url), canonical=canonical
        )

    def tag(self) -> None:
        due = stages.due_articles(self.ledger, self.now)
        items = stages.claim_for_tag(self.ledger, due, self.now)
        stages.record_tagged(self.ledger, [tagged(item) for item in items])

    def put(self) -> None:
        due = stages.due_articles(self.ledger, self.now)
        kept, gone = stages.claim_for_index(self.ledger, due, self.now)
        refused = [item for item in kept if self.draw.random() < 0.1]
        done = [(item.article.id, item.article.version) for item in kept if item not in refused]
        self.index.update(done)
        for article_id in gone:
            self.index.pop(article_id, None)
        if self.draw.random() < 0.2:
            return self.die()
        stages.record_deleted(self.ledger, gone)
        stages.record_indexed(self.ledger, done, self.now)
        for item in refused:
            stages.record_failure(self.ledger, item.article.id, "refusé", self.now)
        return None

    def die(self) -> None:
        """Killed before it recorded: its leases end by time."""
        self.now += timedelta(minutes=16)

    def reopen(self) -> None:
        stages.reopen(self.ledger, self.now - timedelta(hours=6), self.draw.choice((None, self.now)))

    def rebuild(self) -> None:
        if self.draw.random() < 0.3:
            stages.reopen(self.ledger, None, None, forget_index=True)
            self.index.clear()

    def detect(self) -> None:
        for article_id in sightings.uncounted_articles(self.ledger):
            terms = {self.draw.choice("abcdef") for _ in range(3)}
            version = self.index[article_id]
            found = [sighting(term, article_id, at=self.now) for term in sorted(terms)]
            sightings.record_sightings(self.ledger, [(article_id, version, found)])
        seen = {group[0].article_id for group in sightings.undecided_sightings(self.ledger)}
        fired = [alert(f"alerte-{self.now:%m%d%H}", article_ids=tuple(seen))] if seen else []
        alerts.record_decision(self.ledger, sorted(seen), fired, [("cle", "Slack")], self.now)

    def sync(self) -> None:
        kept = [item for item in SOURCES if self.draw.random() < 0.8]
        sync_feeds(self.ledger, kept, self.now)

    def settle(self) -> None:
        """Nothing new comes and nothing fails: everything that waits is done."""
        self.draw.random = lambda: 0.5  # type: ignore[method-assign]  # luck that is neither good nor bad
        for _ in range(TRIES_TO_SETTLE):
            self.now += timedelta(days=8)
            for work in (self.fetch, self.extract, self.tag, self.put):
                work()
            if not due_pages(self.ledger, self.now) and not stages.due_articles(self.ledger, self.now):
                return
        raise AssertionError("there is always something left to do")


def check(world: World) -> None:
    """What an audit checks."""
    assert_sound(world.ledger)
    expected = expected_documents(world.ledger)
    assert world.index.keys() <= expected.keys()
    wrong = {i: e for i, e in expected.items() if not e.allows(world.index.get(i))}
    assert wrong == {}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_every_entry_is_accounted_for(ledger: Ledger, seed: int) -> None:
    world = World(ledger, seed)
    for number in range(STEPS):
        world.step()
        if number % 10 == 9:
            assert_sound(ledger)
    world.settle()
    check(world)
    counts = count_entries(ledger)
    assert counts.total > 10
    assert (counts.waiting, counts.failed) == (0, 0)
    assert counts.indexed == len(world.index)
