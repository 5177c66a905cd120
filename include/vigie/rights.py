"""Reservations of text and data mining (W3C TDMRep, final report of 10 May 2024), as the law asks. Pure.

Said in three places, and the nearer one wins: `/.well-known/tdmrep.json`, then the header of the answer, then a meta
tag of the page. This module reads the first two, and says all three in French.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from vigie.plaintext import fold_line

TDM_PATH = "/.well-known/tdmrep.json"
MAX_TDM_BYTES = 512_000
"""As for robots.txt; a longer list is read up to there, which makes it no JSON: see `read_tdm_rules`."""
MAX_RULES = 2000
_PERCENT_RE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED_RE = re.compile(r"[A-Za-z0-9._~-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TdmRule:
    """One rule of a host: a pattern of paths, whether mining is reserved there, and the policy's address."""

    location: str
    reserved: bool
    policy: str | None


def read_tdm_rules(text: str) -> tuple[TdmRule, ...]:
    """The rules of a tdmrep.json, in order. Junk has none: a reservation must be readable by machines to be one."""
    try:
        rows = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return ()
    return tuple(_read_rules(rows[:MAX_RULES])) if isinstance(rows, list) else ()


def reserved_by_rules(rules: tuple[TdmRule, ...], url: str) -> str | None:
    """Why a page may not be mined, in one French sentence; None where no rule reserves it. The first match decides."""
    parts = urlsplit(url)
    path = _decode((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    rule = next((rule for rule in rules if _matches(rule.location, path)), None)
    if rule is None or not rule.reserved:
        return None
    return _say(f"{TDM_PATH}, règle {fold_line(rule.location)[:200]}", rule.policy)


def reserved_by_header(reservation: str | None, policy: str | None) -> str | None:
    """The same for the headers `tdm-reservation` and `tdm-policy` of an answer."""
    if (reservation or "").strip() != "1":
        return None
    return _say("en-tête tdm-reservation de la réponse", policy)


def reserved_by_meta() -> str:
    """The sentence for a page whose meta tag reserves it."""
    return _say("balise meta tdm-reservation de la page", None)


def _say(where: str, policy: str | None) -> str:
    terms = f" ; conditions : {fold_line(policy)[:300]}" if policy else ""
    return f"L'éditeur réserve la fouille de textes ({where}{terms}) : seul ce que dit le flux est gardé."


def _read_rules(rows: list[Any]) -> Iterator[TdmRule]:
    for row in rows:
        if not isinstance(row, dict):
            continue
        location, policy = row.get("location"), row.get("tdm-policy")
        if not isinstance(location, str):
            continue
        # `1 == True == 1.0`, and some write "1".
        reserved = str(row.get("tdm-reservation")).strip() in ("1", "1.0", "True")
        yield TdmRule(
            location=location, reserved=reserved, policy=policy if isinstance(policy, str) else None
        )


def _matches(location: str, path: str) -> bool:
    """As in robots.txt (RFC 9309, 2.2.3): a prefix; `*` is any run of characters, a last `$` is the end. Linear."""
    ended = location.endswith("$")
    first, *rest = (_decode(piece) for piece in location.removesuffix("$").split("*"))
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if rest and ended else None
    for piece in rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if last is None:
        return not ended or at == len(path)
    return len(path) - len(last) >= at and path.endswith(last)


def _decode(path: str) -> str:
    """Percent-encoded letters, digits and `-._~` as themselves, all else encoded: then octets can be compared."""
    encoded = quote(path, safe="/?:@!$&'()*+,;=%~")
    return _PERCENT_RE.sub(_decode_one, encoded)


def _decode_one(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNRESERVED_RE.fullmatch(character) else match[0].upper()
