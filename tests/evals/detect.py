"""Measures the detector on the project's own streams: `python -m tests.evals.detect`, one name of a set or more.

With `--floors` it prints the table of `tests/evals/detect_floors.py` as it would be set from today's figures.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, partial

from tests.evals.detect_floors import floors_under
from tests.evals.detect_scores import (
    DELAYS_D,
    DatedEvent,
    DetectScore,
    add_scores,
    digest_lines,
    score_alerts,
)
from tests.topics.streams import LEARNT_D, START, Stream, front_page, newsrooms, run, year
from vigie.model import Alert, ArticleId
from vigie.topics.terms import normalize_term

MAJORITY = 0.5
"""An alert is of what half of its articles are about."""
SETS = {
    "newsrooms": tuple(partial(newsrooms, seed) for seed in (1, 2)),
    "front page": tuple(partial(front_page, seed) for seed in (1, 2, 3)),
    "front page of one source": tuple(partial(front_page, seed, one_source=True) for seed in (1, 2, 3)),
    "a year": (partial(year, 1),),
}


def score_stream(stream: Stream, alerts: Iterable[Alert] | None = None) -> DetectScore:
    """The figures of one stream."""
    about = {item.id: item.about for item in stream.items}
    classes = {normalize_term(term): kind for term, kind in stream.classes.items()}
    return score_alerts(
        run(stream.items) if alerts is None else alerts,
        list_events(stream, about),
        since=START + timedelta(days=LEARNT_D),
        days=stream.days - LEARNT_D,
        classify=lambda alert: classify(alert, classes, about),
    )


def list_events(stream: Stream, about: Mapping[ArticleId, str | None]) -> list[DatedEvent]:
    """The planted events of a stream: an alert is of one when half of its articles are, and names it by a term of it."""
    arrivals: defaultdict[str | None, list[datetime]] = defaultdict(list)
    for item in stream.items:
        arrivals[item.about].append(item.arrives)
    return [
        DatedEvent(
            name=event.name,
            shape=event.shape,
            day=START + timedelta(days=event.day),
            names=lambda a, e=event: is_of(a, e.name, about) and has_term(a, e.terms),  # type: ignore[misc]
            touches=lambda a, e=event: is_of(a, e.name, about),  # type: ignore[misc]
            arrivals=arrivals[event.name],
        )
        for event in stream.events
    ]


def is_of(alert: Alert, name: str, about: Mapping[ArticleId, str | None]) -> bool:
    """Whether half of an alert's articles are about this."""
    return sum(about[i] == name for i in alert.article_ids) >= MAJORITY * len(alert.article_ids)


def has_term(alert: Alert, terms: Iterable[str]) -> bool:
    """Whether a term of the alert is one of these, or a part of it, or has it in it."""
    keys = [f" {normalize_term(term)} " for term in alert.terms]
    wanted = [f" {normalize_term(term)} " for term in terms]
    return any(w in k or k in w for w in wanted for k in keys)


def classify(alert: Alert, classes: Mapping[str, str], about: Mapping[ArticleId, str | None]) -> str:
    """What an alert of no event is: the class of its first term, or of most of its articles, or "chance"."""
    main = normalize_term(alert.terms[0])
    if main in classes:
        return classes[main]
    [(most, count)] = Counter(about[i] for i in alert.article_ids).most_common(1)
    return most if most and count >= MAJORITY * len(alert.article_ids) else "chance"


def digest_stream(stream: Stream) -> str:
    """What changes when a stream does."""
    return digest_lines(
        f"{i.id}|{i.arrives}|{i.copy}|{i.about}|{i.tagged.article.date}|{i.tagged.article.publisher}|"
        f"{i.tagged.tags.keyphrases}|{i.tagged.article.title}"
        for i in stream.items
    )


@cache
def measure(name: str) -> tuple[str, DetectScore]:
    """The digest and the figures of one set of streams."""
    streams = [make() for make in SETS[name]]
    digest = digest_lines(map(digest_stream, streams))
    return digest, add_scores([score_stream(stream) for stream in streams])


def report(name: str, score: DetectScore) -> str:
    """The figures, those of each shape, every event that was missed and every alert of none."""
    lines = [f"{name}: {score.line()}"]
    for shape in score.shapes:
        shares = " ".join(f"{score.recall(d, shape):.2f}" for d in DELAYS_D)
        count = sum(t.event.shape == shape for t in score.told)
        lines.append(f"    {shape:24} {count:3} events  {shares}")
    lines += [f"    false: {kind:18} {count}" for kind, count in score.false_by_class.most_common()]
    lines += [f"  missed: {t.event.name} (vague alerts: {t.vague})" for t in score.told if not t.first]
    lines += [f"  {kind}: {a.fired_at:%m-%d} {a.topic} | {a.reason}" for kind, a in score.others]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Print the report of each set, or the table of floors."""
    names = [a for a in arguments if a != "--floors"] or list(SETS)
    for name in names:
        digest, score = measure(name)
        shown = (
            f'    "{name}": {floors_under(score)!r},'
            if "--floors" in arguments
            else report(f"{name} ({digest})", score)
        )
        sys.stdout.write(shown + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
