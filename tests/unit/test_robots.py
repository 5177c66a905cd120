"""What robots.txt lets us ask, whatever stands in it."""

import time

import pytest

from vigie.robots import crawl_delay_s, is_allowed

AGENT = "Vigie/0 (+https://desk.example/contact)"
RULES = b"User-agent: *\nDisallow: /prive\nCrawl-delay: 3\n\nUser-agent: Vigie\nDisallow: /interdit\nAllow: /interdit/sauf\n"


@pytest.mark.parametrize(
    ("path", "agent", "allowed"),
    [
        ("/prive/x", "Autre/1", False),
        ("/prive/x", AGENT, True),
        ("/interdit/x", AGENT, False),
        ("/interdit/sauf/x", AGENT, True),
    ],
)
def test_rules_of_an_agent(path: str, agent: str, allowed: bool) -> None:
    assert is_allowed(RULES, f"https://a.example{path}", agent) is allowed


@pytest.mark.parametrize(
    "body", [None, b"", b"\x00\xff", b"<html>Disallow: /</html>", b"Disallow: /", b"User-agent"]
)
def test_junk_allows(body: bytes | None) -> None:
    assert is_allowed(body, "https://a.example/x", AGENT)
    assert crawl_delay_s(body, AGENT) is None


def test_crawl_delay_is_bounded() -> None:
    assert crawl_delay_s(RULES, "Autre/1") == 3
    assert crawl_delay_s(b"User-agent: *\nCrawl-delay: 86400", AGENT) == 600
    assert crawl_delay_s(b"User-agent: *\nCrawl-delay: nan", AGENT) is None


def test_costly_rules_are_left_out() -> None:
    start = time.monotonic()
    assert is_allowed(
        b"User-agent: *\nDisallow: " + b"/*a" * 40 + b"*b", "https://a.example/" + "/a" * 1500, AGENT
    )
    assert time.monotonic() - start < 30  # a guard against minutes, not a measurement
