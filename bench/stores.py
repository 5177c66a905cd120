"""A Vigie of its own for a measurement: a home in a folder, and the press in its feeds file."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import yaml

from bench.figures import Job
from bench.press import START
from bench.site import HOST
from vigie.settings import Settings
from vigie.stores import Stores, open_stores


@contextmanager
def open_bench_stores(job: Job, now: datetime = START) -> Iterator[Stores]:
    """The stores of the job's home; no gap between two requests to a host, or the gap would be what is measured."""
    with open_stores(bench_settings(job, now)) as stores:
        yield stores


def bench_settings(job: Job, now: datetime) -> Settings:
    """A home and a feeds file in the job's folder."""
    job.home.mkdir(parents=True, exist_ok=True)
    feeds = job.home / "feeds.yml"
    feeds.write_text(yaml.safe_dump({"feeds": [_row(number, port) for number, port in enumerate(job.ports)]}))
    return Settings(
        home=job.home / "home",
        feeds=feeds,
        now=now,
        host_delay_s=0,
        allowed_private_hosts=",".join(f"{HOST}:{port}" for port in job.ports),
    )


def _row(number: int, port: int) -> dict[str, str]:
    return {
        "id": f"journal-{number}",
        "url": f"http://{HOST}:{port}/feed",
        "publisher": f"Journal {number}",
        "kind": "press",
        "language": "fr",
        "country": "FR",
    }
