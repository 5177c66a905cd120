"""Search and screens as tables of docs/performance.md, engines side by side and each figure beside its goal."""

from collections.abc import Iterator, Sequence

from bench.search import SearchFigures, Times
from bench.search_plan import Searched

BEGIN, END = "<!-- search: begin -->", "<!-- search: end -->"
QUESTION_GOAL_MS, BULK_GOAL_MS, SCREEN_GOAL_MS = 100, 1_000, 300


def format_search(found: Searched) -> str:
    """Questions and bulks by engine, what an article takes, and the screens."""
    parts = [_questions(found.engines), _sizes(found), _screens(found)]
    return "\n\n".join(part for part in parts if part)


def over_goal(found: Searched) -> list[str]:
    """What takes longer than it should, in words."""
    timed = [(times, QUESTION_GOAL_MS, one.engine) for one in found.engines for times in one.questions]
    timed += [(one.bulk, BULK_GOAL_MS, one.engine) for one in found.engines]
    timed += [(times, SCREEN_GOAL_MS, "page") for times in found.screens.screens]
    return [
        f"{where}, {times.name}: p95 {times.p95_ms:,.0f} ms of {goal:,} ms"
        for times, goal, where in timed
        if times.p95_ms >= goal
    ]


def _questions(engines: Sequence[SearchFigures]) -> str:
    if not engines:
        return ""
    head = " | ".join(f"{one.engine} p50 | p95" for one in engines)
    lines = [
        f"Milliseconds on {engines[0].articles:,} articles:",
        "",
        f"| Question | Answers | {head} | Goal, p95 |",
        f"|---|---:|{'---:|---:|' * len(engines)}---:|",
    ]
    for number, times in enumerate(engines[0].questions):
        lines.append(_row(times, [one.questions[number] for one in engines], QUESTION_GOAL_MS))
    lines.append(_row(engines[0].bulk, [one.bulk for one in engines], BULK_GOAL_MS))
    return "\n".join(lines)


def _row(first: Times, times: Sequence[Times], goal: int) -> str:
    spans = " | ".join(f"{one.p50_ms:,.1f} | {one.p95_ms:,.1f}" for one in times)
    return f"| {first.name} | {first.answers:,.0f} | {spans} | {goal:,} |"


def _sizes(found: Searched) -> str:
    return "\n".join(
        [*(f"- {_size(one)}" for one in found.engines), *(f"- not measured: {why}" for why in found.away)]
    )


def _size(one: SearchFigures) -> str:
    return (
        f"{one.engine}: {one.bytes_per_article / 1000:.1f} kB on disk an article, of {one.text_bytes_per_article / 1000:.1f} kB "
        f"of text; {one.articles:,} put in {one.seed_s:,.0f} s, their making included; {one.peak_mb:,.0f} MB at most."
    )


def _screens(found: Searched) -> str:
    return "\n".join(_screen_lines(found))


def _screen_lines(found: Searched) -> Iterator[str]:
    measured = found.screens
    yield f"The page's server on {measured.articles:,} articles (Tantivy, SQLite), milliseconds, {measured.peak_mb:,.0f} MB at most:"
    yield ""
    yield "| Screen | kB | p50 | p95 | Goal, p95 |"
    yield "|---|---:|---:|---:|---:|"
    for times in measured.screens:
        yield (
            f"| {times.name} | {times.answers / 1000:,.0f} | {times.p50_ms:,.0f} | {times.p95_ms:,.0f} | {SCREEN_GOAL_MS} |"
        )
    if measured.missing:
        yield ""
        yield f"Not there: {'; '.join(measured.missing)}."
