"""Front ends that answer 200 with a page of their own: "Client Challenge", "Request Rejected", "Just a moment…". Pure.

Such a page is never an article and never a feed.
"""

import re

CHALLENGE_TEXT_CHARS = 1500
"""A page with more text than this is an article, whatever its title says of robots."""
_LOOKED_AT_CHARS = 200_000

_TITLE_RE = re.compile(
    r"client challenge|just a moment|un instant|request rejected|attention required|pardon our interruption"
    r"|access (?:to this page has been )?denied|are you a (?:human|robot)|vérification (?:de sécurité|requise)"
    r"|security check|robot check|ddos-guard|please wait|checking your browser|verifying you are human",
    re.IGNORECASE,
)
_TEXT_RE = re.compile(
    r"enable javascript and cookies to continue|the requested url was rejected|checking your browser before"
    r"|javascript is disabled in your browser|verify(?:ing)? (?:that )?you are (?:a )?human|captcha-delivery\.com"
    r"|activer javascript et les cookies|vous n['’]êtes pas un robot|please enable js and disable any ad blocker",
    re.IGNORECASE,
)


def is_challenge(title: str, text: str, markup: str) -> bool:
    """Whether a page only asks the reader to prove something. `text` is what was extracted of `markup`, maybe nothing."""
    if len(text) > CHALLENGE_TEXT_CHARS:
        return False
    if _TITLE_RE.match(title) and len(text) < CHALLENGE_TEXT_CHARS // 2:
        return True
    return bool(_TEXT_RE.search(text) or (not text and _TEXT_RE.search(markup, 0, _LOOKED_AT_CHARS)))
