"""Floors under the detector's alerts, on streams that a seeded script writes: the table is in `detect_floors.py`."""

import pytest

from tests.evals.detect import SETS, measure, report
from tests.evals.detect_floors import FLOORS, find_breaches


def test_each_set_has_its_floors() -> None:
    assert FLOORS.keys() == SETS.keys()


@pytest.mark.parametrize("name", SETS)
def test_no_figure_is_under_its_floor(name: str) -> None:
    digest, score = measure(name)
    breaches = list(find_breaches(score, FLOORS[name]))
    assert not breaches, "\n".join([*breaches, report(f"{name} ({digest})", score)])
