"""How many rows each table should have, kept beside the rows themselves.

Double-entry book-keeping: a row that is added or removed through the ledger moves its table's tally in the same
transaction, so a row that went any other way shows in `vigie audit`.
"""

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from vigie.adapters.ledger.schema import TALLIED, Base, TallyRow

MOVES = "vigie.tallies"
"""Where a session notes what its flushes added and removed, until it commits."""


def follow(session: Session) -> None:
    """Make the commit of this session move the tallies by all that its flushes did."""
    session.info[MOVES] = Counter()
    event.listen(session, "after_flush", _note_flush)
    event.listen(session, "before_commit", _move_all)


def move(session: Session, table: type[Base], by: int) -> None:
    """For statements that add or remove rows without the unit of work."""
    statement = sa.update(TallyRow).where(TallyRow.table_name == table.__tablename__)
    session.execute(
        statement.values(rows=TallyRow.rows + by), execution_options={"synchronize_session": False}
    )


def _note_flush(session: Session, _context: UOWTransaction) -> None:
    session.info[MOVES].update(type(row) for row in session.new)
    session.info[MOVES].subtract(type(row) for row in session.deleted)


def _move_all(session: Session) -> None:
    session.flush()  # a commit flushes after this hook: too late to be counted
    moves = session.info[MOVES]
    for table in TALLIED:  # always in this order: two transactions never wait for each other in a ring
        if by := moves.pop(table, 0):
            move(session, table, by)


def differences(session: Session) -> Iterator[str]:
    """One sentence for each table whose rows do not add up to its tally."""
    expected = {row.table_name: row.rows for row in session.scalars(sa.select(TallyRow))}
    for table in TALLIED:
        name = table.__tablename__
        count = session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        if count != expected.get(name):
            yield f"ledger: {name} has {count} rows, its tally says {expected.get(name, 'nothing')}"
