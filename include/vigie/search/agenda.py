"""The agenda: what the articles say happens on which day. Documents in, rows out; the same event in several articles is
one row. Pure.

Articles tell one event when they say the same kind on the same day (or one of them less exactly) and name somebody in
common; where one of them names nobody, they must be in the same place. Anything else stays apart: two rows are seen
to be one, one row is not seen to be two.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from vigie.model import Event
from vigie.search.documents import Document
from vigie.tagging.events.merging import fullness, join_events, same_days
from vigie.tagging.moment import read_moment
from vigie.tagging.words import fold
from vigie.wire import load_json

LONG_WINDOW_DAYS = 92
"""What is only told to the year is in no shorter agenda."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of the agenda: the days from `first` to `last`, both included, and what must be so. `who` and
    `place` are parts of names, or ids; empty means any."""

    first: date
    last: date
    kinds: frozenset[str] = frozenset()
    who: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that tells of an event; `copy_of` another, it counts for nothing of its own."""

    id: str
    title: str
    source: str
    publisher: str
    url: str | None
    published_at: str | None
    copy_of: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """An event and the articles that tell of it, the fullest first."""

    event: Event
    articles: tuple[Source, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The publishers that tell of it, each once, copies left out where there is an original."""
        own = [article.publisher for article in self.articles if not article.copy_of]
        return tuple(dict.fromkeys(own or [article.publisher for article in self.articles]))


def build_agenda(documents: Iterable[Document], wanted: Wanted) -> list[AgendaRow]:
    """The rows of the agenda by day, what is told less exactly first; of one day those with most sources first."""
    by_kind: defaultdict[str, list[AgendaRow]] = defaultdict(list)
    found = [
        AgendaRow(event=event, articles=(_source(document, event),))
        for document in documents
        for event in events_of(document)
        if is_wanted(event, wanted)
    ]
    for row in sorted(found, key=lambda row: fullness(row.event), reverse=True):
        event, rows = row.event, by_kind[row.event.kind]
        same = next((at for at, other in enumerate(rows) if is_told_again(event, other.event)), None)
        if same is None:
            rows.append(row)
        else:
            rows[same] = _join(rows[same], row)
    asked = [row for rows in by_kind.values() for row in rows if _names_whom(row.event, wanted)]
    return sorted(
        asked, key=lambda row: (row.event.date or "", -len(row.sources), row.event.kind, row.articles[0].id)
    )


def events_of(document: Mapping[str, Any]) -> list[Event]:
    """The dated events of a document; one of before a field was there has its default."""
    return [load_json(Event, raw) for raw in document.get("events", ()) if raw.get("date")]


def is_wanted(event: Event, wanted: Wanted) -> bool:
    """Whether an event is of a kind that is asked for, on a day of the window."""
    if wanted.kinds and event.kind not in wanted.kinds:
        return False
    begin, end = read_moment(event.date), read_moment(event.last_date or event.date)
    if begin is None or end is None:
        return False
    is_long = (wanted.last - wanted.first).days >= LONG_WINDOW_DAYS
    if len(event.date or "") == len("2018") and not is_long:
        return False
    return begin.first <= wanted.last and wanted.first <= end.last


def is_told_again(one: Event, other: Event) -> bool:
    """Whether two articles tell of one event."""
    if one.kind != other.kind or not same_days(one, other):
        return False
    ours, theirs = _people(one), _people(other)
    if ours and theirs:
        return bool(ours & theirs)
    return bool(one.place) and fold(one.place or "") == fold(other.place or "")


def days_asked(wanted: Wanted) -> Sequence[str]:
    """The values of `event_dates` that an article with an event of the window may have: its days, months and years."""
    days = [
        date.fromordinal(n).isoformat() for n in range(wanted.first.toordinal(), wanted.last.toordinal() + 1)
    ]
    cut = (day[:length] for length in (10, 7, 4) for day in days)
    return tuple(dict.fromkeys(cut))


def _names_whom(event: Event, wanted: Wanted) -> bool:
    who, place = fold(wanted.who), fold(wanted.place)
    named = not who or wanted.who in event.participant_ids or any(who in fold(n) for n in event.participants)
    return named and (not place or place in fold(event.place or "") or place == fold(event.country or ""))


def _join(row: AgendaRow, more: AgendaRow) -> AgendaRow:
    known = {article.id for article in row.articles}
    added = tuple(article for article in more.articles if article.id not in known)
    joined = join_events(row.event, more.event)
    return replace(row, event=joined, articles=(*row.articles, *added))


def _source(document: Document, event: Event) -> Source:
    return Source(
        id=document["id"],
        title=document["title"],
        source=document["source"],
        publisher=document["publisher"],
        url=document["url"],
        published_at=document["published_at"],
        copy_of=document.get("copy_of"),
        text=event.text,
    )


def _people(event: Event) -> frozenset[str]:
    return frozenset(map(fold, event.participants))
