"""Watch: match the saved searches against what was indexed, tell communiqués, and write both alerts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from vigie.adapters.index.port import Answer, Question, read_all
from vigie.adapters.index.tantivy.batch import DocumentBatch
from vigie.adapters.ledger import watches as ledger_watches
from vigie.adapters.ledger.feeds import known_feeds
from vigie.adapters.ledger.watches import FoundBefore, KeptWatch, Match, Told
from vigie.alerts.communiques import communique_id, make_communique
from vigie.batches import in_batches
from vigie.errors import UsageError
from vigie.model import Alert, Sums
from vigie.search.documents import Document, read_document
from vigie.stores import Stores
from vigie.watches.file import load_watches
from vigie.watches.news import Unwatched
from vigie.watches.telling import PASSAGES, Evidence, make_watch_alert, show_evidence
from vigie.watches.watch import Watch, WatchId

RECORDED_AT_ONCE = 5000
"""Articles of one transaction, whose finds make one alert a watch: more than a busy day brings."""
READ_AT_ONCE = 200
"""Documents in memory."""


def match_watches(stores: Stores) -> Sums:
    """Tell each watch of every article that was indexed since the last time, and everybody of communiqués.

    Each article, its matches and their alerts are written in one transaction, before anything is sent.
    """
    sync_watches_file(stores)
    taken = 0
    while due := ledger_watches.unwatched_articles(stores.ledger, RECORDED_AT_ONCE):
        taken += len(due) if _look_at(stores, due) else 0
    return Sums(taken=taken, done=taken)


def sync_watches_file(stores: Stores) -> None:
    """Bring the ledger up to the watches file; `UsageError` when the file is not there or says something wrong."""
    path = stores.settings.watches
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"VIGIE_WATCHES: {path} cannot be read: {error}") from error
    ledger_watches.sync_watches(stores.ledger, load_watches(text, where=str(path)), stores.now())


def question_of(watch: Watch) -> Question:
    """What a search is asked that means the same."""
    return Question(
        text=watch.query,
        leaders=watch.leaders,
        topics=watch.topics,
        sources=watch.sources,
        kinds=watch.kinds,
    )


def try_watch(stores: Stores, watch: Watch, span: timedelta, size: int) -> Answer:
    """What a watch finds in the index of all that was published in the last `span`."""
    since = stores.now() - span
    return stores.index.search(replace(question_of(watch), since=since, size=size, sort="date"))


def unknown_names(stores: Stores, watches: Sequence[Watch]) -> dict[WatchId, list[str]]:
    """For each watch, the names in its filters that neither the desk's lists nor the ledger have."""
    known = _known_names(stores, watches)
    return {
        watch.id: [
            value
            for what in ("leaders", "topics", "sources")
            for value in getattr(watch, what)
            if value.lower() not in known[what]
        ]
        for watch in watches
    }


def _known_names(stores: Stores, watches: Sequence[Watch]) -> dict[str, set[str]]:
    feeds = known_feeds(stores.ledger).values()
    known = {"sources": {name.lower() for feed in feeds for name in (feed.id, feed.publisher)}}
    if any(watch.leaders or watch.topics for watch in watches):  # a second to read
        knowledge = stores.knowledge
        known["leaders"] = {name.lower() for term in knowledge.terms for name in (term.person, term.name)}
        known["topics"] = {name.lower() for rule in knowledge.topics.rules for name in (rule.id, rule.label)}
    return known


@dataclass(slots=True)
class _Findings:
    """What the watches found so far, in the order of the articles; `silent` are copies of a text that was found."""

    before: FoundBefore
    found: dict[WatchId, list[Unwatched]] = field(default_factory=lambda: defaultdict(list))
    evidence: dict[WatchId, list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    silent: list[tuple[WatchId, Unwatched]] = field(default_factory=list)
    communiques: list[Alert] = field(default_factory=list)

    def add(self, watch: Watch, article: Unwatched, document: Document) -> None:
        """A watch matches an article: told, counted as a copy, or known since an earlier version."""
        if (watch.id, article.id) in self.before.articles:
            return
        if (watch.id, article.text_id) in self.before.texts:
            self.silent.append((watch.id, article))
        else:
            self.found[watch.id].append(article)
            if len(self.evidence[watch.id]) < PASSAGES:
                self.evidence[watch.id].append(show_evidence(watch, document))
        self.before.texts.add((watch.id, article.text_id))


def _look_at(stores: Stores, due: Sequence[Unwatched]) -> bool:
    """Match these articles and record what came of it; False when somebody else was faster."""
    now = stores.now()
    watches = ledger_watches.kept_watches(stores.ledger)
    findings = _Findings(ledger_watches.found_before(stores.ledger, due))
    oldest = min((kept.made_at for kept in watches), default=None)
    worth = [
        each
        for each in due
        if (oldest is not None and each.is_news_since(oldest)) or each.may_be_communique(now)
    ]
    for batch in in_batches(worth, READ_AT_ONCE):
        documents = read_all(stores.index, [each.id for each in batch])
        _match(findings, watches, batch, documents)
        _find_communiques(stores, findings, batch, documents)
    alerts, matches = _conclude(findings, [kept.watch for kept in watches], now)
    channels: Told = {"watch": stores.channels_for("watch"), "communique": stores.channels_for("communique")}
    return ledger_watches.record_watched(stores.ledger, due, matches, alerts, channels, now)


def _match(
    findings: _Findings,
    watches: Sequence[KeptWatch],
    batch: Sequence[Unwatched],
    documents: Sequence[Document],
) -> None:
    together = DocumentBatch(documents if watches else ())
    for kept in watches:
        matched = set(together.find(question_of(kept.watch)))
        for article, document in zip(batch, documents, strict=True):
            if article.id in matched and article.is_news_since(kept.made_at):
                findings.add(kept.watch, article, document)


def _find_communiques(
    stores: Stores, findings: _Findings, batch: Sequence[Unwatched], documents: Sequence[Document]
) -> None:
    """One alert a text: a copy on a second official site is not told again."""
    now = stores.now()
    read = {
        article: doc for article, doc in zip(batch, documents, strict=True) if article.may_be_communique(now)
    }
    ids = {communique_id(key) for article in read for key in (article.id, article.text_id)}
    told = ledger_watches.known_alerts(stores.ledger, ids) | {alert.id for alert in findings.communiques}
    for article, document in read.items():
        alert = make_communique(read_document(document), now)
        if alert and told.isdisjoint({alert.id, communique_id(article.text_id)}):
            findings.communiques.append(alert)
            told |= {alert.id, communique_id(article.text_id)}


def _conclude(
    findings: _Findings, watches: Sequence[Watch], now: datetime
) -> tuple[list[Alert], list[Match]]:
    copies = Counter(watch_id for watch_id, _article in findings.silent)
    alerts, matches = list(findings.communiques), []
    for watch in watches:
        found = findings.found.get(watch.id)
        if found:
            evidence = findings.evidence[watch.id]
            alert = make_watch_alert(watch, [each.id for each in found], evidence, copies[watch.id], now)
            alerts.append(alert)
            matches += [_matched(watch.id, each, alert) for each in found]
    matches += [_matched(watch_id, each, None) for watch_id, each in findings.silent]
    return alerts, matches


def _matched(watch_id: WatchId, article: Unwatched, alert: Alert | None) -> Match:
    return Match(
        watch_id=watch_id,
        article_id=article.id,
        version=article.version,
        alert_id=alert.id if alert else None,
    )
