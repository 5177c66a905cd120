"""What people taught the detector, and what it changes: pure functions of lessons, words and a moment.

The rules. A lesson holds from the moment it was made, so a replay decides as it did then, until its date.

- A muted word heads no alert, and a trend that it leads is not told. It is the word itself: "Paris" mutes no "accord de
  Paris", because an alert too many costs a line and one too few is never noticed.
- A muted trend is neither told nor followed up. The same words may head another one: who wants silence on a word mutes it.
- A followed trend has its updates sent. Of a mute and a follow of one trend the newer holds, and a follow of a trend is
  stronger than a mute of a word that leads it: it is the more exact wish.
- A rating bears on the words that led the alert, for 90 days: taste holds longer than one story, not than a season. A
  "noise" halves their weight; two in force leave a quarter, and more change nothing, so that what is a crisis at four times
  the usual is heard whatever was said of it. A "useful" lifts one "noise" of the same word; what is left over weighs
  1.25, once however many, because praise must not make a word an alert by itself. Of two ratings of one alert the newer
  counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from vigie.model import Lesson, TrendId
from vigie.topics.terms import normalize_term

RATED_FOR = timedelta(days=90)
NOISE = 0.5
LEAST = 0.25
USEFUL = 1.25


class Lessons:
    """Lessons as they stand in the ledger: those that were withdrawn are not among them."""

    def __init__(self, lessons: Sequence[Lesson] = ()) -> None:
        self._muted_terms: dict[str, list[Lesson]] = defaultdict(list)
        self._wishes: dict[str, list[Lesson]] = defaultdict(list)
        self._ratings: dict[str, list[Lesson]] = defaultdict(list)
        for lesson in sorted(lessons, key=lambda each: (each.made_at, each.id)):
            self._file(lesson)

    def _file(self, lesson: Lesson) -> None:
        if lesson.kind == "rate":
            for term in lesson.terms:
                self._ratings[term].append(lesson)
        elif lesson.kind == "mute" and lesson.target in lesson.terms:
            self._muted_terms[lesson.target].append(lesson)
        else:
            self._wishes[lesson.target].append(lesson)

    def is_muted(self, terms: Collection[str], at: datetime, trend: TrendId | None = None) -> bool:
        """Whether nothing is to be told of what these terms (keys) lead, or of this trend."""
        wish = self._wish(trend, at) if trend else None
        if wish:
            return wish.kind == "mute"
        return any(holds(lesson, at) for term in terms for lesson in self._muted_terms.get(term, ()))

    def follows(self, trend: TrendId, at: datetime) -> bool:
        """Whether the updates of this trend are to be sent."""
        wish = self._wish(trend, at)
        return wish is not None and wish.kind == "follow"

    def factor(self, terms: Collection[str], at: datetime) -> float:
        """What the weight of a burst that these terms (keys) lead is multiplied by: 0.25 to 1.25."""
        bearing = (lesson for term in terms for lesson in self._ratings.get(term, ()) if holds(lesson, at))
        newest = {
            lesson.target: lesson for lesson in sorted(bearing, key=lambda each: (each.made_at, each.id))
        }
        return _weigh(newest.values())

    def _wish(self, trend: TrendId, at: datetime) -> Lesson | None:
        """The newest mute or follow of a trend that holds."""
        return next((wish for wish in reversed(self._wishes.get(trend, ())) if holds(wish, at)), None)


def _weigh(ratings: Iterable[Lesson]) -> float:
    noise = sum(1 if rating.verdict == "noise" else -1 for rating in ratings)
    if noise > 0:
        return max(NOISE**noise, LEAST)
    return USEFUL if noise < 0 else 1.0


def ends_at(lesson: Lesson) -> datetime | None:
    """The first moment at which it no longer holds; None is for ever."""
    if lesson.kind != "rate":
        return lesson.until
    rated = lesson.made_at + RATED_FOR
    return min(rated, lesson.until) if lesson.until else rated


def holds(lesson: Lesson, at: datetime) -> bool:
    """Whether a lesson is in force at a moment: made by then, and not over."""
    end = ends_at(lesson)
    return lesson.made_at <= at and (end is None or at < end)


def leading_keys(labels: Sequence[str]) -> tuple[str, ...]:
    """The keys that a rating of an alert with these terms bears on: its first, and longer or shorter forms of it.

    "Bayrou" and "François Bayrou" are one; the place or the common noun that stands beside them is not to blame.
    """
    keys = [key for key in dict.fromkeys(map(normalize_term, labels)) if key]
    return tuple(key for key in keys if _has_words(key, keys[0]) or _has_words(keys[0], key))


def _has_words(key: str, words: str) -> bool:
    return f" {words} " in f" {key} "
