"""The documents of standings: every field that the index has, and no secret of an address."""

from dataclasses import replace

from tests.contract.test_standings import FEED, STATE
from vigie.search.findings import FINDING_FIELDS
from vigie.search.mapping import find_fault
from vigie.search.standings import build_feed_document, build_state_document, day_of


def test_the_index_takes_every_document() -> None:
    for kind, document in (("feeds", build_feed_document(FEED)), ("states", build_state_document(STATE))):
        assert find_fault(document, FINDING_FIELDS[kind], {}) is None  # type: ignore[index]
        assert set(document) == set(FINDING_FIELDS[kind])  # type: ignore[index]


def test_an_id_says_the_day_the_state_and_the_reason() -> None:
    assert build_state_document(STATE)["id"] == "2026-03-10 rejected robots.txt"
    assert build_state_document(replace(STATE, state="indexed", reason=None))["id"] == "2026-03-10 indexed"
    assert day_of("2026-03-10 indexed") == "2026-03-10"


def test_a_password_in_an_address_is_not_shown() -> None:
    shown = build_feed_document(replace(FEED, url="https://desk:s3cret@le-matin.example/flux.xml"))
    assert shown["url"] == "https://le-matin.example/flux.xml"


def test_the_digest_says_whether_anything_changed() -> None:
    assert build_feed_document(FEED)["digest"] == build_feed_document(FEED)["digest"]
    assert build_feed_document(FEED)["digest"] != build_feed_document(replace(FEED, failures=4))["digest"]
