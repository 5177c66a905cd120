"""No log while addresses are about."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_TALKATIVE = (
    *("apprise", "urllib3", "urllib3.connectionpool", "urllib3.util.retry", "requests"),
    *("httpx", "httpcore", "httpcore.connection", "httpcore.http11", "httpcore.http2", "httpcore.proxy"),
)


@contextmanager
def hushed() -> Iterator[None]:
    """Apprise logs addresses and bodies, httpx and urllib3 log paths, and the path of a Slack webhook is its secret:
    one in a log is worse than a line that is missing."""
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.disabled = was
