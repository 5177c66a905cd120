"""What the detector remembers between two passes: counts by the hour, the last days in detail, trends, seasons.

A pass reads what can burst now and writes what it decided on; old counts become seasons. So it costs what is new.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger, sightings, tallies
from vigie.adapters.ledger.schema import (
    ArticleRow,
    Base,
    CountRow,
    SeasonRow,
    SightingRow,
    TrendRow,
    VolumeRow,
)
from vigie.model import Sighting
from vigie.topics import memory
from vigie.topics.counts import KEPT_DAYS, SEASON_DAYS, SEASON_MIN, week_of
from vigie.topics.memory import Count, Memory
from vigie.topics.subjects import PAST_DAYS
from vigie.topics.window import LONGEST

AT_ONCE = 5_000
"""Terms asked for in one statement: SQLite takes 32,766 parameters."""


def read_memory(ledger: Ledger, new: Sequence[Sequence[Sighting]]) -> Memory | None:
    """What is needed to decide on these articles; None before the first decision."""
    with ledger.reading() as session:
        decided = sa.select(sa.func.max(SightingRow.at)).join(
            ArticleRow, ArticleRow.id == SightingRow.article_id
        )
        now = session.scalar(decided.where(ArticleRow.decided_version > 0, SightingRow.copy.is_(False)))
        if now is None:
            return None
        subjects, past = memory.sort_subjects(_subjects(session, now), now)
        window = [group for group in sightings.decided_since(session, now - LONGEST) if not group[0].copy]
        terms = memory.candidate_terms(window, new, (term for s in subjects for term in s.terms))
        oldest = memory.oldest_hour(now)
        return Memory(
            now=now,
            window=window,
            counts=list(_counts(session, sorted(terms), oldest)),
            volumes=list(_volumes(session, oldest)),
            joined=_joined(session),
            seasons=_seasons(session, terms, now),
            subjects=subjects,
            past=past,
        )


def add_counts(session: Session, decided: Sequence[Sequence[Sighting]]) -> None:
    """Count the articles of a decision, in its transaction."""
    counts = [
        {"term": term[:300], "hour": hour, "source": source[:300], "articles": n}
        for (term, hour, source), n in sorted(memory.sum_counts(decided).items())
    ]
    volumes = [
        {"hour": hour, "source": source[:300], "articles": n}
        for (hour, source), n in sorted(memory.sum_volumes(decided).items())
    ]
    _add(session, CountRow, counts)
    _add(session, VolumeRow, volumes)


def forget_old(ledger: Ledger) -> None:
    """Make seasons of the counts that left the baseline, and drop the details that left the window.

    Its clock is the latest article: what nobody decides on is not forgotten.
    """
    with ledger.writing() as session:
        latest = session.scalar(sa.select(sa.func.max(VolumeRow.hour)))
        if latest is None:
            return
        today = memory.day_of(latest)
        for week in _weeks_to_end(session, today):
            _end_season(session, week)
        session.execute(sa.delete(SeasonRow).where(SeasonRow.week < week_of(today - SEASON_DAYS)))
        _drop_untold(session, latest)
        _drop_details(session)


def _subjects(session: Session, now: datetime) -> Iterator[str]:
    year = now - timedelta(days=PAST_DAYS)
    month = now - timedelta(days=KEPT_DAYS)
    kept = sa.or_(
        TrendRow.touched_at >= month, sa.and_(TrendRow.told_at.is_not(None), TrendRow.touched_at >= year)
    )
    yield from session.scalars(sa.select(TrendRow.memory).where(kept))


def _counts(session: Session, terms: Sequence[str], oldest: int) -> Iterator[Count]:
    for start in range(0, len(terms), AT_ONCE):
        of = CountRow.term.in_(terms[start : start + AT_ONCE])
        query = sa.select(CountRow.hour, CountRow.source, CountRow.articles, CountRow.term)
        for hour, source, articles, term in session.execute(query.where(of, CountRow.hour >= oldest)):
            yield Count(hour=hour, source=source, articles=articles, term=term)


def _volumes(session: Session, oldest: int) -> Iterator[Count]:
    query = sa.select(VolumeRow.hour, VolumeRow.source, VolumeRow.articles).where(VolumeRow.hour >= oldest)
    for hour, source, articles in session.execute(query):
        yield Count(hour=hour, source=source, articles=articles)


def _joined(session: Session) -> dict[str, int]:
    query = sa.select(VolumeRow.source, sa.func.min(VolumeRow.hour)).group_by(VolumeRow.source)
    return {source: hour for source, hour in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def _seasons(session: Session, terms: set[str], now: datetime) -> Mapping[str, Mapping[int, int]]:
    """Those of the weeks around this one a year ago, and a week beyond: a pass may see the day turn."""
    today = now.toordinal()
    around = SeasonRow.week.between(week_of(today - 378), week_of(today - 343))
    found: dict[str, dict[int, int]] = {}
    for term, week, articles in session.execute(
        sa.select(SeasonRow.term, SeasonRow.week, SeasonRow.articles).where(around)
    ):
        if term in terms:
            found.setdefault(term, {})[week] = articles
    return found


def _add(session: Session, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Add counts to those that are there."""
    if not rows:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    mapper = sa.inspect(table)
    more = mapper.columns["articles"] + statement.excluded.articles
    session.execute(
        statement.on_conflict_do_update(index_elements=list(mapper.primary_key), set_={"articles": more}),
        rows,
    )


def _weeks_to_end(session: Session, today: int) -> Iterable[int]:
    first = session.scalar(sa.select(sa.func.min(CountRow.hour)))
    if first is None:
        return ()
    last = (today - KEPT_DAYS - 1) // 7 - 1  # the newest week whose every day has left the baseline
    return range(week_of(memory.day_of(first)), last + 1)


def _end_season(session: Session, week: int) -> None:
    first = (week * 7 + 1 - memory.EPOCH_DAY) * 24
    during = CountRow.hour.between(first, first + 7 * 24 - 1)
    total = sa.func.sum(CountRow.articles)
    kept = sa.select(CountRow.term, total).where(during).group_by(CountRow.term).having(total >= SEASON_MIN)
    rows = [{"term": term, "week": week, "articles": n} for term, n in session.execute(kept)]
    _add(session, SeasonRow, rows)
    session.execute(sa.delete(CountRow).where(during))


def _drop_untold(session: Session, latest: int) -> None:
    """What was never told and has left the baseline is asked for by nobody."""
    month = datetime.fromtimestamp(latest * 3600, UTC) - timedelta(days=KEPT_DAYS)
    session.execute(sa.delete(TrendRow).where(TrendRow.told_at.is_(None), TrendRow.touched_at < month))


def _drop_details(session: Session) -> None:
    decided = sa.select(ArticleRow.id).where(ArticleRow.decided_version > 0)
    latest = session.scalar(sa.select(sa.func.max(SightingRow.at)).where(SightingRow.article_id.in_(decided)))
    if latest is None:
        return
    old = sa.and_(SightingRow.at < latest - memory.DETAIL, SightingRow.article_id.in_(decided))
    gone = session.execute(sa.delete(SightingRow).where(old))
    tallies.move(session, SightingRow, -gone.rowcount)  # type: ignore[attr-defined]  # a delete has a row count
