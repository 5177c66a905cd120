"""Recorded feeds and pages still give what they gave; `python -m tests.golden.rewrite` accepts a change."""

from pathlib import Path

import pytest

from tests.golden.rewrite import read_cases


@pytest.mark.parametrize(("target", "text"), [pytest.param(*case, id=case[0].name) for case in read_cases()])
def test_golden(target: Path, text: str) -> None:
    assert target.read_text(encoding="utf-8") == text
