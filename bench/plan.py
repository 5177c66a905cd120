"""What is measured, and at which sizes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure
from bench.newsroom import SOURCES
from bench.press import Press
from bench.site import serve
from bench.work import run_job


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Sizes of the press: `collected` one after the other, the first `extracted` of them extracted too.

    `detected` and `counted` are entries of the newsrooms, `live` days and articles a day of a ledger.
    """

    entries: int
    collected: tuple[int, ...]
    extracted: tuple[int, ...]
    tagged: int
    detected: int
    counted: int
    live: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure beside its baseline, in the same run. `unit` is what is counted."""

    what: str
    unit: str
    feeds: int
    ours: Figure
    bare: Figure
    baseline: str

    @property
    def ratio(self) -> float:
        """How many times as long as the baseline takes."""
        return self.bare.per_second / self.ours.per_second


FULL = Plan(
    entries=10,
    collected=(10, 100, 1000),
    extracted=(10, 100),
    tagged=30,
    detected=12_000,
    counted=40_000,
    live=(35, 1_000),
)
QUICK = Plan(entries=3, collected=(4, 16), extracted=(16,), tagged=4, detected=60, counted=400, live=(12, 10))
HTTPX = "httpx, one thread"
TRAFILATURA = "trafilatura"
SPACY = "spaCy's model alone"
ENTITIES = "its tok2vec and ner, one process"
JSON = "reading the lines"
INDEX = "reading the documents"


def measure_all(plan: Plan, folder: Path) -> Iterator[Line]:
    """Every line, as it comes; everything is kept in `folder`, which has to be empty."""
    for feeds in plan.collected:
        yield from _measure_collect(Press(feeds=feeds, entries=plan.entries), plan, folder / f"home-{feeds}")
    yield _measure_tag(Press(feeds=plan.tagged, entries=plan.entries), folder)
    yield from measure_detection(plan, folder)


def measure_detection(plan: Plan, folder: Path) -> Iterator[Line]:
    """A stream replayed with and without tagging, and a pass on a ledger that holds weeks. Here a feed is a newsroom,
    or a day of the ledger."""
    for what, entries, baseline in (("detect", plan.detected, ENTITIES), ("count", plan.counted, JSON)):
        newsrooms = Press(feeds=len(SOURCES), entries=entries)
        alone = run_job(newsrooms, (), f"bench.detect:{what}_bare", folder / what)[what]
        found = run_job(newsrooms, (), f"bench.detect:{what}", folder / what)[what]
        yield Line(
            what=what, unit="entries", feeds=newsrooms.feeds, ours=found, bare=alone, baseline=baseline
        )
    days = Press(feeds=plan.live[0], entries=plan.live[1])
    figures = run_job(days, range(1, len(SOURCES) + 1), "bench.live:live", folder / "live")
    yield Line(
        what="live pass",
        unit="articles",
        feeds=len(SOURCES),
        ours=figures["live"],
        bare=figures["bare"],
        baseline=INDEX,
    )


def _measure_collect(press: Press, plan: Plan, home: Path) -> Iterator[Line]:
    with serve(press) as site:
        bare = run_job(press, site.ports, "bench.collect:ask_bare", home)
        ours = run_job(press, site.ports, "bench.collect:collect", home)
        for what, unit in (("poll", "entries"), ("fetch", "pages")):
            yield Line(
                what=what, unit=unit, feeds=press.feeds, ours=ours[what], bare=bare[what], baseline=HTTPX
            )
        if press.feeds in plan.extracted:
            alone = run_job(press, site.ports, "bench.extract:extract_bare", home)["extract"]
            found = run_job(press, site.ports, "bench.extract:extract", home)["extract"]
            yield Line(
                what="extract", unit="pages", feeds=press.feeds, ours=found, bare=alone, baseline=TRAFILATURA
            )


def _measure_tag(press: Press, folder: Path) -> Line:
    """No site is asked: the texts are made where they are tagged."""
    alone = run_job(press, (), "bench.tag:tag_bare", folder)["tag"]
    found = run_job(press, (), "bench.tag:tag", folder)["tag"]
    return Line(what="tag", unit="articles", feeds=press.feeds, ours=found, bare=alone, baseline=SPACY)
