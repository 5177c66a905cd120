"""The same event told twice is one: the fuller. Used on the events of a text, and on those of many in the agenda."""

from collections.abc import Iterable
from dataclasses import replace

from vigie.model import Event
from vigie.tagging.words import fold


def merge_events(events: Iterable[Event]) -> list[Event]:
    """The events of one text, each once, in order of appearance."""
    kept: list[Event] = []
    for event in events:
        same = next((at for at, other in enumerate(kept) if is_same_event(event, other)), None)
        if same is None:
            kept.append(event)
        else:
            kept[same] = join_events(kept[same], event)
    return sorted(kept, key=lambda event: event.start)


def is_same_event(one: Event, other: Event) -> bool:
    """Of one kind, on days that agree, with participants of whom some are the same, in places that do not differ."""
    if one.kind != other.kind or not same_days(one, other):
        return False
    if one.place and other.place and fold(one.place) != fold(other.place) and one.kind == "visit":
        return False
    ours, theirs = _names(one), _names(other)
    return not ours or not theirs or bool(ours & theirs)


def same_days(one: Event, other: Event) -> bool:
    """Whether the days agree: one may be told less exactly, or not at all."""
    if one.date is None or other.date is None:
        return one.date == other.date or bool(_names(one) & _names(other))
    if one.date.startswith(other.date) or other.date.startswith(one.date):
        return True
    return _is_within(one, other) or _is_within(other, one)


def join_events(one: Event, other: Event) -> Event:
    """What the two tell together, in the words of the fuller."""
    full, less = (one, other) if fullness(one) >= fullness(other) else (other, one)
    known = _names(full)
    return replace(
        full,
        date=full.date or less.date,
        last_date=full.last_date if full.date else less.last_date,
        participants=(*full.participants, *(name for name in less.participants if fold(name) not in known)),
        participant_ids=tuple(dict.fromkeys((*full.participant_ids, *less.participant_ids))),
        place=full.place or less.place,
        country=full.country if full.place else less.country,
    )


def fullness(event: Event) -> tuple[int, int, bool]:
    """How much an event tells: its day first, then who, then where."""
    return len(event.date or ""), len(event.participants), event.place is not None


def _is_within(one: Event, other: Event) -> bool:
    """Whether the first day of the one is among those of the other."""
    return bool(
        one.date and other.date and other.last_date and other.date <= one.date <= other.last_date + "-99"
    )


def _names(event: Event) -> frozenset[str]:
    return frozenset(map(fold, event.participants))
