"""Batches keep every item, in order."""

from itertools import count

import pytest

from vigie.batches import BATCH, in_batches


@pytest.mark.parametrize(("total", "sizes"), [(0, []), (1, [1]), (3, [3]), (4, [3, 1]), (9, [3, 3, 3])])
def test_batches_are_full_but_for_the_last(total: int, sizes: list[int]) -> None:
    batches = list(in_batches(iter(range(total)), 3))
    assert [len(batch) for batch in batches] == sizes
    assert [item for batch in batches for item in batch] == list(range(total))


def test_batches_are_taken_as_they_are_needed() -> None:
    endless = count()
    assert next(in_batches(endless)) == list(range(BATCH))
    assert next(endless) == BATCH
