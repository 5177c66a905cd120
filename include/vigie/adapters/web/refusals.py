"""Why a host is not asked: it wants to be left alone, or it wants us out."""

from datetime import datetime

from vigie.errors import PermanentError, TransientError


class HostAsksToWait(TransientError):
    """The host is to be left alone until then; for this address nothing was sent."""

    def __init__(self, url: str, until: datetime, why: str) -> None:
        super().__init__(f"{url}: serveur laissé en paix jusqu'à {until:%Y-%m-%d %H:%M:%S} UTC : {why}")
        self.until = until


class RobotsRefuse(PermanentError):
    """robots.txt keeps us out; nothing was sent."""


class RightsReserved(PermanentError):
    """The host's tdmrep.json reserves this page; nothing was sent. `sentence` says it in French."""

    def __init__(self, url: str, sentence: str) -> None:
        super().__init__(f"{url}: {sentence}")
        self.sentence = sentence
