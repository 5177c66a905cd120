"""News streams written by a seeded script: what is there every day, what comes back, and events planted among it."""

from tests.topics.streams.items import START, Item, follow, make_detector, run, sort_items, tagged
from tests.topics.streams.plans import LEARNT_D, Stream, fortnight, front_page, newsrooms, year

__all__ = [
    "LEARNT_D",
    "START",
    "Item",
    "Stream",
    "follow",
    "fortnight",
    "front_page",
    "make_detector",
    "newsrooms",
    "run",
    "sort_items",
    "tagged",
    "year",
]
