"""Work in batches: small enough to lose little when a worker dies, large enough to load spaCy once for many."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
BATCH = 50
"""Articles a task takes: some seconds of tagging, beside two to load the model."""


def in_batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Lists of at most `size`, in order."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
