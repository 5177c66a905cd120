"""The conditions that a feed may be in, and the eight healths that scripts know them by. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from vigie.model import FeedHealth

Condition = Literal[
    "new",
    "disabled",
    "ok",
    "unchanged",
    "moved",
    "more",
    "future-dates",
    "missing-dates",
    "false-304",
    "parts-missing",
    "empty",
    "silent",
    "fewer",
    "empty-body",
    "not-a-feed",
    "no-match",
    "parse-error",
    "html",
    "challenge",
    "refused",
    "not-found",
    "busy",
    "waiting",
    "server-error",
    "unexpected",
    "timeout",
    "dns",
    "tls",
    "unreachable",
    "private",
    "redirects",
    "too-large",
    "unreadable",
    "gone",
]

HEALTH_OF: Mapping[Condition, FeedHealth] = {
    "new": "new",
    "disabled": "disabled",
    "ok": "ok",
    "unchanged": "ok",  # a 304, or the same bytes again
    "moved": "ok",  # 301 or 308, and a feed is there: the desk should write the new address
    "more": "ok",  # than its row expects
    "future-dates": "ok",
    "missing-dates": "ok",
    "false-304": "ok",  # there was news behind its "not modified"
    "parts-missing": "ok",  # some maps of a sitemap index did not come
    "empty": "silent",  # a good feed without entries
    "silent": "silent",  # for longer than is normal for it
    "fewer": "silent",  # than its row expects
    "empty-body": "malformed",  # 200 and not a byte
    "not-a-feed": "malformed",
    "no-match": "malformed",  # a listing where no link matches its pattern: the site was redone
    "parse-error": "malformed",  # the entries that could be read are kept
    "html": "blocked",
    "challenge": "blocked",  # "Just a moment…", whatever the status
    "refused": "blocked",  # 401, 403, 451
    "not-found": "failing",
    "busy": "failing",  # 429, 503
    "waiting": "failing",  # the host asked to be left alone: nothing was sent
    "server-error": "failing",
    "unexpected": "failing",  # any other status
    "timeout": "failing",
    "dns": "failing",
    "tls": "failing",
    "unreachable": "failing",
    "private": "failing",  # an address of a private network
    "redirects": "failing",
    "too-large": "failing",
    "unreadable": "failing",  # a content encoding that is not what it says, a redirect to no web address
    "gone": "gone",
}
NETWORK_CONDITIONS: frozenset[Condition] = frozenset({"timeout", "dns", "tls", "unreachable", "waiting"})
"""What a feed looks like when it is our own network that is out of order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A feed's condition, with French sentences that say why."""

    condition: Condition
    sentence: str

    @property
    def health(self) -> FeedHealth:
        """What the condition amounts to."""
        return HEALTH_OF[self.condition]

    def noting(self, sentence: str, condition: Condition | None = None) -> "Verdict":
        """The verdict with one sentence more; `condition` is taken over by a feed that answers well."""
        taken = condition if condition and self.health == "ok" else self.condition
        return replace(self, condition=taken, sentence=f"{self.sentence} {sentence}")


def number_of(count: int, noun: str) -> str:
    """ "1 entrée", "12 entrées", "5 000 entrées": each word of `noun` takes its plural's s."""
    words = noun if count < 2 else " ".join(f"{word}s" for word in noun.split())
    return f"{say_number(count)} {words}"


def say_number(count: int) -> str:
    """ "5 000", as French writes it."""
    return f"{count:,}".replace(",", "\u202f")
