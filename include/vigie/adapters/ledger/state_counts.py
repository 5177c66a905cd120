"""How many entries of each day are in which state: the accounts, day by day."""

from collections import Counter
from datetime import UTC, datetime

import sqlalchemy as sa

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.accounts import state_and_reason
from vigie.adapters.ledger.schema import ArticleRow, EntryRow
from vigie.search.standings import LONGEST_REASON, StateStanding

_DAY_S = 86_400


def count_states(ledger: Ledger, since: datetime) -> list[StateStanding]:
    """The entries first seen since then, by day (UTC), state and reason; in that order."""
    state, reason = state_and_reason()
    seconds = sa.extract("epoch", EntryRow.first_seen_at)  # to the millisecond: SQLite rounds
    each = (
        sa.select((seconds - seconds % _DAY_S).label("day"), state.label("state"), reason.label("reason"))
        .select_from(EntryRow)
        .outerjoin(ArticleRow)
        .where(EntryRow.first_seen_at >= since)
        .subquery()
    )
    grouped = sa.select(each.c.day, each.c.state, each.c.reason, sa.func.count())
    counts: Counter[tuple[int, str, str]] = Counter()
    with ledger.reading() as session:
        for day, name, why, count in session.execute(
            grouped.group_by(each.c.day, each.c.state, each.c.reason)
        ):
            counts[int(day), name, why[:LONGEST_REASON].strip()] += count
    return [
        StateStanding(
            day=datetime.fromtimestamp(day, UTC).date(), state=name, reason=why or None, entries=counted
        )
        for (day, name, why), counted in sorted(counts.items())
    ]
