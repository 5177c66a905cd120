"""What waits for a channel becomes messages: one alert alone, or several gathered into one.

- Nothing goes in quiet hours; what came in them goes gathered when they are over.
- With `most_per_hour`, alerts go one by one while there is room for all of them, else the last place takes the rest.
- A message that was formed and may have been sent keeps its id and its alerts.
- A digest gathers others by itself: it goes alone.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from vigie.batches import in_batches
from vigie.delivery.rules import Rules
from vigie.model import AlertId, AlertKind

HOUR = timedelta(hours=1)
MOST_GATHERED = 50
"""A message of more is read by nobody; the others go in a second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One alert that waits for one channel. `message_id` says that it was put into a message already."""

    alert_id: AlertId
    kind: AlertKind
    made_at: datetime
    next_try_at: datetime
    tries: int = 0
    message_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One message: its id, the same however often it is sent, and the alerts in it."""

    id: str
    alert_ids: tuple[AlertId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What goes now, in order, and when the rest is next looked at; None when nothing is left."""

    messages: tuple[Planned, ...] = ()
    again_at: datetime | None = None


def plan_messages(
    channel: str, waiting: Iterable[Waiting], sent: Iterable[datetime], rules: Rules, now: datetime
) -> Plan:
    """What goes now of what waits for the channel with this key.

    `sent` are the times of the messages that it took, or that are on their way, of the last hour at least.
    """
    everything = list(waiting)
    due = sorted((item for item in everything if item.next_try_at <= now), key=_turn)
    later = [item.next_try_at for item in everything if item.next_try_at > now]
    if quiet := rules.quiet_until(now):
        return Plan(again_at=quiet if due else _soonest(later))
    recent = sorted(at for at in sent if now - HOUR < at)
    room = len(due) if rules.most_per_hour is None else max(0, rules.most_per_hour - len(recent))
    messages = _messages(channel, due, rules, room)
    told = sum(len(message.alert_ids) for message in messages)
    if told < len(due) and rules.most_per_hour is not None:
        times = [*recent, *([now] * len(messages))]
        later.append(times[-rules.most_per_hour] + HOUR)
    return Plan(messages=messages, again_at=_soonest(later))


def _turn(item: Waiting) -> tuple[int, bool, datetime, AlertId]:
    """What was tried least goes first: one message that a channel never takes must not hold up the others."""
    return item.tries, item.message_id is None, item.made_at, item.alert_id


def _soonest(times: Sequence[datetime]) -> datetime | None:
    return min(times, default=None)


def _messages(channel: str, due: Sequence[Waiting], rules: Rules, room: int) -> tuple[Planned, ...]:
    fixed = _fixed(due)[:room]
    free = [item for item in due if item.message_id is None and item.kind != "digest"]
    units = [*fixed, *_fit(_units(free, rules), room - len(fixed))]
    return tuple(_planned(channel, unit) for unit in sorted(units, key=lambda unit: _turn(unit[0])))


def _fixed(due: Sequence[Waiting]) -> list[list[Waiting]]:
    """Messages that nothing can be put into: those that were formed before, and digests."""
    bound = sorted((item for item in due if item.message_id), key=lambda item: item.message_id or "")
    formed = [list(items) for _, items in groupby(bound, key=lambda item: item.message_id)]
    return [*formed, *([item] for item in due if item.kind == "digest" and item.message_id is None)]


def _units(free: Sequence[Waiting], rules: Rules) -> list[list[Waiting]]:
    """Messages as they would be with room for all: what came in quiet hours together, the others one by one."""
    held = [item for item in free if rules.quiet_until(item.made_at)]
    fresh = [[item] for item in free if not rules.quiet_until(item.made_at)]
    return [*in_batches(held, MOST_GATHERED), *fresh]


def _fit(units: list[list[Waiting]], room: int) -> list[list[Waiting]]:
    """As many as there is room for: where it does not do for all, the last place takes the rest."""
    if len(units) <= room:
        return units
    first = units[: max(0, room - 1)]
    rest = [item for unit in units[len(first) :] for item in unit]
    return [*first, *in_batches(rest, MOST_GATHERED)][: max(0, room)]


def _planned(channel: str, unit: Sequence[Waiting]) -> Planned:
    ids = tuple(item.alert_id for item in unit)
    return Planned(id=unit[0].message_id or message_id(channel, ids), alert_ids=ids)


def message_id(channel: str, alert_ids: Sequence[AlertId]) -> str:
    """The alert's own id for one; for several a digest of the channel and them."""
    if len(alert_ids) == 1:
        return alert_ids[0]
    return hashlib.sha256("\n".join(["message", channel, *sorted(alert_ids)]).encode()).hexdigest()[:20]
