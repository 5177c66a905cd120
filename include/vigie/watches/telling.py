"""The alert that a watch makes of the articles it found in one pass, and why."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from vigie.model import Alert, AlertId, ArticleId, Passage
from vigie.search.documents import Document, passage_of
from vigie.search.questions import Clause, read_typed_text
from vigie.search.snippets import CLOSE, OPEN, make_snippet
from vigie.watches.watch import Watch, WatchId, describe_watch

PASSAGES = 5
"""Articles that are shown; the others are counted and linked by id."""
MATCHED = 12
"""Words that are shown."""
SEARCH_CHARS = 300
"""Of what the watch looks for: `vigie watches` has it whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One article that a watch found: where, and which of its words matched, as written there."""

    passage: Passage
    matched: tuple[str, ...]


def show_evidence(watch: Watch, document: Document) -> Evidence:
    """What of a document answers the watch."""
    clauses = read_typed_text(watch.query).required
    passage = Passage(
        article_id=ArticleId(document["id"]),
        title=document["title"],
        url=document["url"],
        source=document["publisher"],
        text=re.sub(f"[{OPEN}{CLOSE}]", "", make_snippet(passage_of(document), clauses)),
    )
    return Evidence(
        passage=passage, matched=_once([*_words(document, clauses), *_tag_words(document, watch)])
    )


def make_watch_alert(
    watch: Watch, ids: Sequence[ArticleId], evidence: Sequence[Evidence], copies: int, now: datetime
) -> Alert:
    """One alert for all that a watch found, `evidence` being of the first. The same articles give the same id."""
    matched = _once(word for one in evidence for word in one.matched)[:MATCHED]
    passages = tuple(one.passage for one in evidence)
    return Alert(
        id=_alert_id(watch.id, ids),
        fired_at=now,
        topic=watch.name,
        terms=(),
        article_ids=tuple(ids),
        now=len(ids),
        before=0.0,
        window_h=0,
        sources=tuple(dict.fromkeys(passage.source for passage in passages)),
        reason=_reason(watch, len(ids), copies, matched),
        passages=passages,
        kind="watch",
        about=watch.id,
        matched=matched,
    )


def _reason(watch: Watch, count: int, copies: int, matched: Sequence[str]) -> str:
    found = f"{count} article{'s' if count > 1 else ''}"
    again = f" (et {copies} reprise{'s' if copies > 1 else ''})" if copies else ""
    words = f", mots trouvés : {', '.join(matched)}" if matched else ""
    return f"Veille « {watch.name} » : {found}{again}{words}. Recherche : {_shorten(describe_watch(watch))}."


def _shorten(text: str) -> str:
    return text if len(text) <= SEARCH_CHARS else f"{text[:SEARCH_CHARS].rstrip()} …"


def _alert_id(watch_id: WatchId, ids: Sequence[ArticleId]) -> AlertId:
    named = "\n".join(["watch", watch_id, *sorted(ids)])
    return AlertId(hashlib.sha256(named.encode()).hexdigest()[:20])


def _words(document: Document, clauses: Sequence[Clause]) -> Iterator[str]:
    """Each word or phrase that was asked for, as it first stands in the title, or else in the text."""
    fields = (document["title"], passage_of(document))
    for clause in clauses:
        found = (_first_match(field, clause) for field in fields)
        yield next((words for words in found if words), "")


def _first_match(text: str, clause: Clause) -> str:
    words = rf"{OPEN}[^{CLOSE}]*{CLOSE}"
    phrase = re.search(
        rf"{words}(?:[^{OPEN}]*{words}){{{len(clause.terms) - 1}}}", make_snippet(text, [clause])
    )
    return re.sub(f"[{OPEN}{CLOSE}]", "", phrase[0]) if phrase else ""


def _tag_words(document: Document, watch: Watch) -> Iterator[str]:
    """What the article calls the people that were asked for, and the words that decided on the topics."""
    people, topics = _folded(watch.leaders), _folded(watch.topics)
    for leader in document["leaders"]:
        if not people.isdisjoint(_folded((leader["id"], leader["name"]))):
            yield leader["mention"]
    for topic in document["topics"]:
        if not topics.isdisjoint(_folded((topic["id"], topic["label"]))):
            yield from topic["words"]


def _folded(values: Iterable[str]) -> set[str]:
    return {value.lower() for value in values}


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """Without what differs in capitals only, nor in white space; the first form stays."""
    kept: dict[str, str] = {}
    for word in words:
        plain = " ".join(word.split())
        if plain:
            kept.setdefault(plain.lower(), plain)
    return tuple(kept.values())
