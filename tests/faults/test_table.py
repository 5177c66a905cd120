"""The table itself: enough rows, each of its own, each a whole sentence short."""

from collections import Counter

from tests.faults.table import GROUPS, read_table

FEWEST = 60


def test_the_table_has_its_rows() -> None:
    rows = read_table()
    assert len(rows) >= FEWEST
    assert {row.group for row in rows} == set(GROUPS)
    assert [name for name, times in Counter(row.id for row in rows).items() if times > 1] == []
    assert [test for test, times in Counter(row.test for row in rows).items() if times > 1] == []


def test_a_row_says_what_and_what_then() -> None:
    for row in read_table():
        for text in (row.what, row.after):
            assert text
            assert "|" not in text, f"{row.id}: it would end its cell"
            assert "\n" not in text
            assert not text.endswith("."), f"{row.id}: a cell, not a paragraph"
