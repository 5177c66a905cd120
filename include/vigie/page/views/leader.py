"""A leader as their screen shows them: what the desk's tables and the articles say of one person."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from vigie.adapters.index.port import Answer, Hit, Question
from vigie.knowledge.holders import find_people
from vigie.knowledge.leaders import Leaders
from vigie.knowledge.types.leaders import Term
from vigie.model import ArticleId, PersonId, QuoteKind
from vigie.page.drawing.charts import DayCount, fill_days
from vigie.page.shapes import Count, ShortArticle, shorten_hit
from vigie.page.views.names import NamedCount, name_people, name_topics
from vigie.search.documents import Document
from vigie.stores import Stores
from vigie.tagging.words import fold

READ = 100
"""The newest articles of a person, which are read for the quotations; as many as hold a dozen for those who speak."""
ARTICLES, QUOTES, COUNTED = 15, 10, 12
SCRAP = 20
"""Characters: of a few words inside somebody's sentence, so many at least can be read alone."""
_WIKIDATA = re.compile(r"Q[0-9]{1,12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A term of office as the tables write it: days, months or years; an empty `end` is open. `now` says it runs."""

    title: str
    role: str
    country: str
    start: str
    end: str
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quotation and the article that it stands in."""

    text: str
    kind: QuoteKind
    article_id: ArticleId
    title: str
    publisher: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderView:
    """A person. `terms` are the tables', the newest first; empty for somebody whom only articles know.

    `days`, `recent`, `sources`, `beside` and `topics` are of the last days (UTC), `total`, `articles` and `quotes` of
    all time, the newest first; agency copies say nothing new and are left out of the quotations.
    """

    id: str
    name: str
    wikidata: str | None
    also: tuple[str, ...]
    terms: tuple[TermView, ...]
    recent: int
    total: int
    days: tuple[DayCount, ...]
    sources: tuple[Count, ...]
    beside: tuple[NamedCount, ...]
    topics: tuple[NamedCount, ...]
    quotes: tuple[Said, ...]
    articles: tuple[ShortArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Somebody whom the tables know, with what they are now, or were last."""

    id: str
    name: str
    last: TermView


def read_leader(stores: Stores, key: str, now: datetime, days: int) -> LeaderView | None:
    """By Wikidata id, `desk:` id, or the very name where one person has it; None for nobody."""
    terms = _terms_of(stores.leaders, key)
    person, name = (terms[0].person, terms[0].name) if terms else (key, key)
    newest = stores.index.search(Question(leaders=(person,), sort="date", size=READ))
    if not terms:
        known = _known_from(newest.hits, key)
        if known is None:
            return None
        person, name = known
    lately = stores.index.search(_lately(person, now, days))
    others = [bucket for bucket in lately.facets["leader"] if bucket.value != name]
    return LeaderView(
        id=person,
        name=name,
        wikidata=f"https://www.wikidata.org/wiki/{person}" if _WIKIDATA.fullmatch(person) else None,
        also=tuple(stores.leaders.aliases.people.get(name, ())),
        terms=tuple(_show_terms(stores.leaders, terms, now.date())),
        total=newest.total,
        recent=lately.total,
        days=_count_days(lately, now, days),
        sources=tuple(Count(value=b.value, count=b.count) for b in lately.facets["source"][:COUNTED]),
        beside=name_people(stores, others[:COUNTED]),
        topics=name_topics(stores, lately.facets["topic"][:COUNTED]),
        quotes=tuple(islice(_quotes(newest.hits, person), QUOTES)),
        articles=tuple(shorten_hit(hit) for hit in newest.hits[:ARTICLES]),
    )


def find_leaders(leaders: Leaders, words: str, today: date, most: int) -> tuple[Found, ...]:
    """Those whose names, other names or id have these words; those in office first, then by name."""
    people = find_people(leaders, words).items()
    found = [
        Found(id=person, name=terms[0].name, last=next(_show_terms(leaders, terms, today)))
        for person, terms in people
    ]
    return tuple(sorted(found, key=lambda each: (not each.last.now, fold(each.name)))[:most])


def _terms_of(leaders: Leaders, key: str) -> list[Term]:
    """The terms of an id, else of a name that one person has, in order."""
    terms = sorted((row.term for row in leaders.rows if row.term.person == key), key=lambda term: term.start)
    if terms:
        return terms
    people = find_people(leaders, key).values()
    named = [terms for terms in people if any(fold(term.name) == fold(key) for term in terms)]
    return named[0] if len(named) == 1 else []


def _known_from(hits: Sequence[Hit], key: str) -> tuple[PersonId, str] | None:
    """Whom an article means by an id or a name; a document of before people were counted has mentions alone."""
    for hit in hits:
        for tag in (*hit.document.get("people", ()), *hit.document["leaders"]):
            if tag["id"] == key or fold(tag["name"]) == fold(key):
                return PersonId(tag["id"]), tag["name"]
    return None


def _lately(person: str, now: datetime, days: int) -> Question:
    today = datetime.combine(now.astimezone(UTC).date(), datetime.min.time(), UTC)
    return Question(
        leaders=(person,),
        since=today - timedelta(days=days - 1),
        sort="date",
        size=0,
        facets=("day", "source", "leader", "topic"),
    )


def _count_days(lately: Answer, now: datetime, days: int) -> tuple[DayCount, ...]:
    counts = {date.fromisoformat(bucket.value): bucket.count for bucket in lately.facets["day"]}
    return fill_days(counts, now.astimezone(UTC).date(), days)


def _show_terms(leaders: Leaders, terms: Iterable[Term], today: date) -> Iterator[TermView]:
    """Those that run first, then the newest first; of several at once, that of the country they mostly serve."""
    listed = list(terms)
    served = Counter(term.country for term in listed)
    listed.sort(key=lambda term: (term.covers(today), term.start, served[term.country]), reverse=True)
    for term in listed:
        yield TermView(
            title=term.label,
            role=leaders.offices[term.office].role,
            country=term.country,
            start=term.written[0],
            end=term.written[1],
            now=term.covers(today),
        )


def _quotes(hits: Iterable[Hit], person: str) -> Iterator[Said]:
    """Each once, whoever repeats it."""
    seen: set[str] = set()
    for document in (hit.document for hit in hits if hit.document["copy_of"] is None):
        for quote in document["quotes"]:
            words = fold(quote["text"])
            is_scrap = quote["kind"] == "partial" and len(words) < SCRAP
            if quote["speaker_id"] == person and not is_scrap and words not in seen:
                seen.add(words)
                yield _say(quote, document)


def _say(quote: Document, document: Document) -> Said:
    published = document["published_at"]
    return Said(
        text=quote["text"],
        kind=quote["kind"],
        article_id=document["id"],
        title=document["title"],
        publisher=document["publisher"],
        published_at=datetime.fromisoformat(published) if published else None,
    )
