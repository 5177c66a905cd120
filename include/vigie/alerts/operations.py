"""What operators are told of Vigie itself: a stage that fails, an audit that does not add up. Pure.

Each is told when it begins and when it is over, once: the newest alert about it says which of the two it was.
"""

import hashlib
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from vigie.model import Alert, AlertId, Stage

AUDIT = "audit"
OVER = "/ok"
"""Behind what an alert is about, where it says that it is over."""
PROBLEMS_SHOWN = 5
MANY = 10
"""Articles that a stage fails at, before it is the stage that is wrong and not the articles."""
TRIES = 3
"""Before an article counts as failed for good reason: some 20 minutes, longer than a server's restart."""
STANDSTILL = timedelta(hours=6)
"""Nothing became searchable for so long, and something could: a worker, a DAG or the index is out of order."""
_NAMES: dict[Stage, str] = {"extract": "extraction", "tag": "étiquetage", "index": "indexation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one part of Vigie fares: `about` names it, `reason` says what is wrong, None that nothing is."""

    about: str
    name: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWork:
    """What waits at a stage: all that could be done now, since when the oldest was seen, and what keeps failing."""

    stage: Stage
    due: int
    oldest_seen_at: datetime | None
    failing: int
    error: str | None


def judge_audit(problems: Sequence[str]) -> Finding:
    """Whether the audit adds up."""
    if not problems:
        return Finding(about=AUDIT, name="Audit", reason=None)
    shown = " ; ".join(problems[:PROBLEMS_SHOWN])
    more = f" ; et {len(problems) - PROBLEMS_SHOWN} de plus" if len(problems) > PROBLEMS_SHOWN else ""
    head = "1 problème" if len(problems) == 1 else f"{len(problems)} problèmes"
    reason = f"L'audit ne tombe pas juste, {head} : {shown}{more}. `vigie audit` les nomme tous."
    return Finding(about=AUDIT, name="Audit", reason=reason)


def judge_stages(
    works: Iterable[StageWork], last_indexed_at: datetime | None, now: datetime
) -> list[Finding]:
    """Whether each stage does its work: what it keeps failing at, or that everything stands still before it."""
    moved = last_indexed_at is not None and now - last_indexed_at < STANDSTILL
    return [
        Finding(
            about=f"stage:{work.stage}", name=f"Étape {_NAMES[work.stage]}", reason=_judge(work, moved, now)
        )
        for work in works
    ]


def _judge(work: StageWork, moved: bool, now: datetime) -> str | None:
    name = _NAMES[work.stage]
    if work.failing >= MANY:
        last = f" Dernière erreur : {work.error}" if work.error else ""
        return f"L'étape « {name} » échoue sur {work.failing} articles, {TRIES} essais et plus.{last}"
    seen = work.oldest_seen_at
    if not moved and seen is not None and now - seen >= STANDSTILL:
        hours = int(STANDSTILL.total_seconds() // 3600)
        return (
            f"Rien n'est devenu cherchable depuis {hours} heures, et {work.due} articles attendent l'étape "
            f"« {name} », le plus ancien vu le {seen:%d/%m/%Y à %H:%M} UTC."
        )
    return None


def decide_alerts(findings: Iterable[Finding], broken: AbstractSet[str], now: datetime) -> list[Alert]:
    """The alerts for what changed; `broken` is what operators were last told is wrong."""
    return [
        _alert(finding, now)
        for finding in findings
        if (finding.reason is not None) != (finding.about in broken)
    ]


def _alert(finding: Finding, now: datetime) -> Alert:
    over = finding.reason is None
    about = finding.about + (OVER if over else "")
    return Alert(
        id=AlertId(hashlib.sha256(f"operations\n{about}\n{now.isoformat()}".encode()).hexdigest()[:20]),
        fired_at=now,
        topic=f"{finding.name} : {'rétabli' if over else 'à voir'}",
        terms=(),
        article_ids=(),
        now=0,
        before=0.0,
        window_h=0,
        sources=(),
        reason=finding.reason or "Ce qui était signalé ne l'est plus.",
        kind="operator",
        about=about,
    )
