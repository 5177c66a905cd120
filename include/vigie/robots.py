"""What a site's robots.txt lets us ask (RFC 9309, by protego). Pure: the body is given; junk allows."""

import re

from protego import Protego

MAX_ROBOTS_BYTES = 512 * 1024
"""RFC 9309 asks for at least 500 KiB to be read."""
MAX_WILDCARDS = 6
"""A rule with more is left out: each `*` multiplies the work of matching, and no honest rule has that many."""
MAX_CRAWL_DELAY_S = 600.0
"""Six pages an hour. A longer one would be a refusal, and robots.txt has words for that."""

_RULE_RE = re.compile(r"\s*(?:dis)?allow\s*:", re.IGNORECASE)


def is_allowed(robots_body: bytes | None, url: str, user_agent: str) -> bool:
    """Whether robots.txt lets `user_agent` ask for `url`. No body (404, unreachable site file) allows all."""
    rules = _parse(robots_body)
    return rules is None or bool(rules.can_fetch(url, user_agent))


def crawl_delay_s(robots_body: bytes | None, user_agent: str) -> float | None:
    """The gap between two requests that robots.txt asks for, at most ten minutes; None where it asks for none."""
    rules = _parse(robots_body)
    delay = rules.crawl_delay(user_agent) if rules is not None else None
    return min(float(delay), MAX_CRAWL_DELAY_S) if delay is not None and delay >= 0 else None


def _parse(body: bytes | None) -> Protego | None:
    if not body:
        return None
    text = body[:MAX_ROBOTS_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    lines = [line for line in re.split(r"[\r\n]+", text) if not _is_costly(line)]
    return Protego.parse("\n".join(lines))


def _is_costly(line: str) -> bool:
    return _RULE_RE.match(line) is not None and (line.count("*") > MAX_WILDCARDS or len(line) > 2000)
