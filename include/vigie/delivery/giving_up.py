"""What operators are told of a channel that did not take alerts for a day."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from vigie.model import Alert, AlertId


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A channel that takes nothing: how many alerts were given up, how many still wait, and when it last took one."""

    channel: str
    label: str
    given_up: int
    waiting: int
    took_last_at: datetime | None


def make_alert(outage: Outage, now: datetime) -> Alert:
    """The alert for operators: one for each outage, whichever of its alerts is given up first.

    It has the channel's key and label, and nothing of its address or of what the other side said.
    """
    since = f"le {outage.took_last_at:%d/%m/%Y à %H:%M} UTC" if outage.took_last_at else "jamais"
    waiting = (
        f" {_count(outage.waiting, 'autre attend', 'autres attendent')} encore." if outage.waiting else ""
    )
    return Alert(
        id=AlertId(_digest(outage)),
        fired_at=now,
        topic=f"Canal sans réponse : {outage.label}",
        terms=(),
        article_ids=(),
        now=0,
        before=0.0,
        window_h=0,
        sources=(),
        reason=(
            f"Le canal « {outage.label} » ({outage.channel}) n'a pas pris "
            f"{_count(outage.given_up, 'alerte', 'alertes')} en un jour d'essais : abandon.{waiting} "
            f"Dernier envoi réussi : {since}. `vigie alerts` les montre toutes."
        ),
        kind="operator",
        about=outage.channel,
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number < 2 else many}"


def _digest(outage: Outage) -> str:
    took = outage.took_last_at.isoformat() if outage.took_last_at else "never"
    return hashlib.sha256(f"channel\n{outage.channel}\n{took}".encode()).hexdigest()[:20]
