"""How the stages fare, and what operators were told of Vigie itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.alerts import add_alerts
from vigie.adapters.ledger.schema import AlertRow, ArticleRow
from vigie.alerts.operations import OVER, TRIES, Finding, StageWork, decide_alerts
from vigie.model import AlertId, Stage


def read_stages(ledger: Ledger, now: datetime) -> tuple[list[StageWork], datetime | None]:
    """What waits at each stage, and when an article last became searchable."""
    with ledger.reading() as session:
        works = [_read_stage(session, stage, now) for stage in get_args(Stage)]
        return works, session.scalar(sa.select(sa.func.max(ArticleRow.indexed_at)))


def tell_operators(
    ledger: Ledger, findings: Sequence[Finding], channels: Sequence[tuple[str, str]], now: datetime
) -> list[AlertId]:
    """Write an alert, with its deliveries, for each finding that is not what operators were last told of it."""
    with ledger.writing() as session:
        broken = {finding.about for finding in findings if _was_told_broken(session, finding.about)}
        return add_alerts(session, decide_alerts(findings, broken, now), channels, now)


def _read_stage(session: Session, stage: Stage, now: datetime) -> StageWork:
    here = ArticleRow.todo == stage
    due = sa.and_(here, sa.or_(ArticleRow.retry_at.is_(None), ArticleRow.retry_at <= now))
    waiting, oldest = session.execute(
        sa.select(sa.func.count(), sa.func.min(ArticleRow.first_seen_at)).where(due, ArticleRow.tries == 0)
    ).one()
    failing = sa.and_(here, ArticleRow.tries >= TRIES, ArticleRow.error.is_not(None))
    count = session.scalar(sa.select(sa.func.count()).select_from(ArticleRow).where(failing)) or 0
    last = sa.select(ArticleRow.error).where(failing).order_by(ArticleRow.retry_at.desc()).limit(1)
    return StageWork(
        stage=stage, due=waiting, oldest_seen_at=oldest, failing=count, error=session.scalar(last)
    )


def _was_told_broken(session: Session, about: str) -> bool:
    newest = (
        sa.select(AlertRow.about)
        .where(AlertRow.kind == "operator", AlertRow.about.in_((about, about + OVER)))
        .order_by(AlertRow.fired_at.desc(), AlertRow.about.desc())  # of one moment, its end comes last
        .limit(1)
    )
    return session.scalar(newest) == about
