"""Entries by day and state: the accounts, day by day, on both databases."""

from datetime import date, timedelta

from tests.builders import NOW, entry
from tests.ledger.flow import poll, publish
from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.accounts import count_entries
from vigie.adapters.ledger.state_counts import count_states

LATE = NOW.replace(hour=23, minute=59, second=59, microsecond=999_000)


def test_each_day_has_its_states_and_they_sum_to_the_accounts(ledger: Ledger) -> None:
    publish(ledger, entry("un"))
    poll(ledger, entry("deux"), at=LATE)
    poll(ledger, entry("un", feed_id="le-soir"), at=LATE)
    poll(ledger, entry("trois"), at=LATE + timedelta(milliseconds=1))
    found = count_states(ledger, NOW - timedelta(days=1))
    assert [(each.day, each.state, each.reason, each.entries) for each in found] == [
        (date(2026, 3, 10), "duplicate", None, 1),
        (date(2026, 3, 10), "indexed", None, 1),
        (date(2026, 3, 10), "waiting", None, 1),
        (date(2026, 3, 11), "waiting", None, 1),
    ]
    assert sum(each.entries for each in found) == count_entries(ledger).total


def test_only_what_was_seen_since_then(ledger: Ledger) -> None:
    poll(ledger, entry("un"))
    poll(ledger, entry("deux"), at=LATE)
    assert [each.entries for each in count_states(ledger, LATE)] == [1]
    assert count_states(ledger, LATE + timedelta(days=1)) == []
