"""What a burst is worth to a reader: its surprise, less for what is no name, no one story, or routine."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from vigie.topics.history import History
from vigie.topics.lessons import Lessons
from vigie.topics.scores import Burst
from vigie.topics.terms import ROUTINE_MARK, is_name, is_vague
from vigie.topics.window import Seen

VAGUE_FACTOR = 0.5
"""A lone common noun needs twice the surprise of a name: it pools unrelated articles ("sécurité", "corps")."""
PHRASE_FACTOR = 0.85
"""So that of a name and a phrase in the same articles the name heads the alert."""
UNLIKE_FACTOR = 0.4
"""What is left to a term whose articles have nothing else in common."""
ROUTINE_CUT = 0.6
"""What routine costs at most: a strong event of sport passes, a fixture seldom does. On the written newsrooms 0.35 lets
23 of 65 false alarms through, 0.6 19 of 63, at the same recall (docs/adr/0009)."""
RUNNING_CUT = 0.7
"""What it costs a phrase at most that its articles all have a word that is there nearly every day: it is the new stock
phrase of a running story, or a quarrel of the day."""
RUNNING_SHARE = 0.5
"""A word of more than half of the baseline's days is there nearly every day."""
KNOWN_FACTOR = 0.6
"""What is left to the name of a person in office or of a standing body: known to every reader, it is seldom the news,
which has its own words. "Gérald Darmanin", "Olaf Scholz" or "Insee" headed alerts that named no subject."""
MIN_LIFT = 4.0
"""How much more frequent a companion must be beside a term than anywhere: 4 and 8 give the same alerts."""
COMPANIONS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a desk and its readers say: keys of routine, of people in office and standing bodies, and lessons."""

    routine: Collection[str] = ()
    known: Collection[str] = ()
    lessons: Lessons = field(default_factory=Lessons)


def weigh_burst(burst: Burst, history: History, habits: Habits) -> float:
    """The surprise of a burst, less for a term that is often there, for what is no name, for unlike articles, for
    articles with a mark of routine, for the phrases of a running story, and as people taught."""
    label = history.label(burst.term)
    companions = count_companions(burst)
    alike = min(1.0, UNLIKE_FACTOR + coherence(burst, history, companions))
    habit = 1.0 - ROUTINE_CUT * routine_share(burst, habits.routine)
    taught = habits.lessons.factor((burst.term,), history.now)
    weight = burst.strength * burst.quiet_share**2 * form_factor(label) * alike * habit * taught
    if burst.term in habits.known:
        weight *= KNOWN_FACTOR
    if not is_name(label):
        weight *= 1.0 - RUNNING_CUT * running_share(burst, history, companions)
    return weight


def form_factor(label: str) -> float:
    """1 for a name, less for a phrase of common nouns, least for a lone one."""
    if is_name(label):
        return 1.0
    return VAGUE_FACTOR if is_vague(label) else PHRASE_FACTOR


def routine_share(burst: Burst, routine: Collection[str]) -> float:
    """The share of a burst's articles that have a term of routine beside it, or a routine title."""
    return sum(is_routine(seen, routine) for seen in burst.articles) / len(burst.articles)


def is_routine(seen: Seen, routine: Collection[str]) -> bool:
    """True for an article with a term of routine, or a routine title."""
    return ROUTINE_MARK in seen.terms or not seen.terms.isdisjoint(routine)


def count_companions(burst: Burst) -> Counter[str]:
    """The other terms of a burst's articles, those that are no variant of it, by how many have them."""
    own = set(burst.term.split())
    counts: Counter[str] = Counter()
    for seen in burst.articles:
        counts.update(t for t in seen.terms if own.isdisjoint(t.split()))
    return counts


def coherence(burst: Burst, history: History, companions: Counter[str]) -> float:
    """The share of a burst's articles that its best companion term is in too: 1 for one story, near 0 for a pool.

    A companion is `MIN_LIFT` times as frequent here as in the whole window.
    """
    total = sum(history.volumes(burst.window_h).values())
    for term, count in companions.most_common(COMPANIONS):
        share = count / len(burst.articles)
        if share * total >= MIN_LIFT * len(history.recent(term, burst.window_h)):
            return share
    return 0.0


def running_share(burst: Burst, history: History, companions: Counter[str]) -> float:
    """The share of a burst's articles with a word that is there nearly every day."""
    days, today = history.day_count(), history.now.toordinal()
    daily = [
        term
        for term, _ in companions.most_common(2 * COMPANIONS)
        if history.counts.total(term, today - days, today - 1).days > RUNNING_SHARE * days
    ]
    return sum(not seen.terms.isdisjoint(daily) for seen in burst.articles) / len(burst.articles)
