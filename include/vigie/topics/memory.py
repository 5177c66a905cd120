"""What a ledger remembers for the detector, and a detector that goes on from it. Pure.

A pass costs what is new: the last three days in detail, the counts of the terms that can burst now, the subjects of a
month. `candidate_terms` says which terms those are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from vigie.model import Sighting, Trend
from vigie.topics.counts import BASELINE_DAYS, KEPT_DAYS, Counts
from vigie.topics.history import History
from vigie.topics.subjects import OPEN_DAYS, Past, Subject, Subjects, midnight
from vigie.topics.trends import make_trend
from vigie.topics.window import LONGEST, Window
from vigie.wire import dump_json, load_json

EPOCH_DAY = datetime(1970, 1, 1, tzinfo=UTC).toordinal()
DETAIL = LONGEST + timedelta(days=2)
"""How long sightings are kept one by one: the longest window, and two days for what comes late."""


def hour_of(at: datetime) -> int:
    """The hours since 1970, UTC."""
    return int(at.timestamp() // 3600)


def day_of(hour: int) -> int:
    """The ordinal of the day of an hour."""
    return hour // 24 + EPOCH_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Articles of a term (none for a volume) in an hour, of one source."""

    hour: int
    source: str
    articles: int
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """`now` is the latest moment that was decided on. `window` are the articles decided on since `now` less the longest
    window, in the order of time; they are in the counts too. `seasons` are weeks' articles by term and week."""

    now: datetime
    window: Sequence[Sequence[Sighting]] = ()
    counts: Iterable[Count] = ()
    volumes: Iterable[Count] = ()
    joined: Mapping[str, int] = field(default_factory=dict)
    seasons: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    subjects: Sequence[Subject] = ()
    past: Mapping[str, Past] = field(default_factory=dict)


def candidate_terms(
    window: Iterable[Sequence[Sighting]], new: Sequence[Sequence[Sighting]], leads: Iterable[str]
) -> set[str]:
    """The terms whose counts may be asked for: those of two articles, of a new communiqué, and of open subjects."""
    seen = Counter(s.term for sightings in (*window, *new) for s in sightings)
    official = {s.term for sightings in new for s in sightings if s.kind == "official"}
    return {term for term, count in seen.items() if count > 1} | official | set(leads)


def recall_history(memory: Memory) -> History:
    """The history as it stood."""
    counts = Counts(seasons={term: dict(weeks) for term, weeks in memory.seasons.items()})
    counts.joined.update({s: datetime.fromtimestamp(hour * 3600, UTC) for s, hour in memory.joined.items()})
    for volume in memory.volumes:
        counts.volumes.setdefault(day_of(volume.hour), Counter())[volume.source] += volume.articles
    for count in memory.counts:
        on_day = counts.terms.setdefault(count.term, {}).setdefault(day_of(count.hour), {})
        on_day[count.source] = on_day.get(count.source, 0) + count.articles
    window = Window()
    window.move_to(memory.now)
    history = History(counts, window)
    for sightings in memory.window:
        history.recall(sightings)
    return history


def recall_subjects(memory: Memory) -> Subjects:
    """The subjects as they stood."""
    subjects = Subjects()
    subjects.restore(memory.subjects, memory.past, memory.now)
    return subjects


def sort_subjects(bodies: Iterable[str], now: datetime) -> tuple[list[Subject], dict[str, Past]]:
    """Subjects as they were written down: those of the last four weeks or still open, and what is left of the others."""
    month = midnight(now) - timedelta(days=BASELINE_DAYS)
    edge = midnight(now) - timedelta(days=OPEN_DAYS)
    read = sorted((load_json(Subject, body) for body in bodies), key=lambda s: (s.touched_at, s.id))
    closed = [s for s in read if s.touched_at < edge and s.is_told]
    past = {s.lead: Past(id=s.id, touched_at=s.touched_at) for s in closed}
    return [s for s in read if s.opened_at >= month or s.touched_at >= edge], past


def oldest_hour(now: datetime) -> int:
    """The first hour whose counts may be asked for."""
    return hour_of(midnight(now) - timedelta(days=KEPT_DAYS))


def list_changes(subjects: Subjects, history: History) -> list[tuple[Trend, str]]:
    """Each subject that moved: as it is shown, and as it is remembered."""
    return [(make_trend(s, history), dump_json(s)) for s in subjects.changed.values()]


def sum_counts(decided: Iterable[Sequence[Sighting]]) -> Counter[tuple[str, int, str]]:
    """Articles by term, hour and source; copies count nowhere."""
    return Counter(
        (s.term, hour_of(s.at), s.source) for sightings in decided for s in sightings if not s.copy
    )


def sum_volumes(decided: Iterable[Sequence[Sighting]]) -> Counter[tuple[int, str]]:
    """Articles by hour and source; copies count nowhere."""
    return Counter((hour_of(g[0].at), g[0].source) for g in decided if g and not g[0].copy)
