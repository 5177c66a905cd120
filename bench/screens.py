"""Screens: how long the page's server takes for each of them, over a ledger and a Tantivy index of many articles.

The page is asked in process, without a network: what is measured is reading, counting and drawing. A new screen is a row
of `SCREENS`.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from bench.corpus import LEADERS, PER_DAY, TOPICS, Corpus
from bench.figures import Job, peak_mb
from bench.newsroom import START
from bench.press import WHAT
from bench.search import Times, seed, take_times, write_documents
from bench.seeding import seed_ledger
from bench.stores import bench_settings
from vigie.stores import Stores

RUNS = 25
SCREENS: tuple[tuple[str, str], ...] = (
    ("Today", "/"),
    ("Search, empty", "/search"),
    ("Search, a common word", "/search?q={word}"),
    ("Search, a phrase", "/search?q=%22{phrase}%22"),
    ("Search, a leader", "/search?leader={leader}"),
    ("Search as Atom", "/search.atom?q={word}"),
    ("Article", "/articles/{article}"),
    ("Topics", "/topics"),
    ("Topic of the detector", "/topics/{trend}"),
    ("Topic of the taxonomy", "/topics/{topic}"),
    ("Alerts", "/alerts"),
    ("Alert", "/alerts/{alert}"),
    ("Alerts as Atom", "/alerts.atom"),
    ("Leaders", "/leaders"),
    ("Leader", "/leaders/{leader}"),
    ("Watches", "/watches"),
    ("Feeds", "/feeds"),
    ("Feed", "/feeds/{feed}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenFigures:
    """`missing` are the screens that the page does not have: each with what it answered."""

    articles: int
    peak_mb: float
    screens: tuple[Times, ...]
    missing: tuple[str, ...]


def screens(job: Job) -> Mapping[str, ScreenFigures]:
    """Ask each screen as a browser does, with ids and words that change from one time to the next."""
    from starlette.testclient import TestClient

    from vigie.page.app import create_app
    from vigie.page.serving.guard import Guard, Visitor

    corpus = Corpus()
    now = START + timedelta(days=job.entries // PER_DAY, hours=12)
    with ExitStack() as stack:
        stores = Stores(bench_settings(job, now), stack)
        if not any(True for _ in stores.index.versions()):  # `search_tantivy` may have made it already
            seed(stores.index, write_documents(corpus, job.entries))
        known = seed_ledger(stores, corpus, job.entries)
        guard = Guard(visit=lambda: Visitor(name="Bench", may_act=True))
        client = stack.enter_context(TestClient(create_app(guard=guard, read_stores=lambda: stores)))
        client.headers["Accept"] = "text/html"
        found, missing = [], []
        for name, path in SCREENS:
            chance = Random(name)  # noqa: S311 - the same every time, no secret
            first = client.get(_fill(path, corpus, known, chance))
            if first.status_code != 200:
                missing.append(f"{name} ({path}: {first.status_code})")
                continue
            found.append(_time(client, name, path, corpus, known, chance))
    return {
        "screens": ScreenFigures(
            articles=job.entries, peak_mb=peak_mb(), screens=tuple(found), missing=tuple(missing)
        )
    }


def _time(
    client: object, name: str, path: str, corpus: Corpus, known: Mapping[str, list[str]], chance: Random
) -> Times:
    def ask(_run: int) -> int:
        answer = client.get(_fill(path, corpus, known, chance))  # type: ignore[attr-defined]
        answer.raise_for_status()
        return len(answer.content)

    return take_times(name, RUNS, ask)


def _fill(path: str, corpus: Corpus, known: Mapping[str, list[str]], chance: Random) -> str:
    return path.format(
        word=chance.choice(corpus.words[:40]),
        phrase=chance.choice(WHAT).replace(" ", "+"),
        leader=chance.choice(LEADERS[:50])[0],
        topic=chance.choice(TOPICS[:50])[0],
        **{name: chance.choice(ids) for name, ids in known.items()},
    )
