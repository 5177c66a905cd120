"""A request for a feed that got no answer: which condition that is."""

import ssl
from collections.abc import Iterator

import httpcore

from vigie.adapters.web.client import (
    BodyTooLarge,
    RefusedAddress,
    TooManyRedirects,
    UnreadableBody,
    UnsupportedAddress,
)
from vigie.adapters.web.dialing import UnknownName
from vigie.adapters.web.refusals import HostAsksToWait
from vigie.errors import PermanentError, TransientError, VigieError
from vigie.feeds.conditions import Condition, Verdict
from vigie.feeds.health import SAID_OF_FAULTS

_BY_FAULT: tuple[tuple[type[VigieError], Condition], ...] = (
    (HostAsksToWait, "waiting"),
    (RefusedAddress, "private"),
    (BodyTooLarge, "too-large"),
    (TooManyRedirects, "redirects"),
    (UnreadableBody, "unreadable"),
    (UnsupportedAddress, "unreadable"),
)
_BY_CAUSE: tuple[tuple[type[BaseException], Condition], ...] = (
    (UnknownName, "dns"),
    (ssl.SSLError, "tls"),
    (httpcore.TimeoutException, "timeout"),
)


def judge_fault(error: TransientError | PermanentError) -> Verdict:
    """The verdict on a request that got no answer."""
    if isinstance(error, HostAsksToWait):
        until = f"{error.until:%d/%m à %H:%M}"
        return Verdict(
            condition="waiting",
            sentence=f"Serveur laissé en paix jusqu'au {until} UTC ; rien n'a été envoyé.",
        )
    condition = name_fault(error)
    return Verdict(condition=condition, sentence=SAID_OF_FAULTS[condition])


def name_fault(error: TransientError | PermanentError) -> Condition:
    """By its type, else by what caused it."""
    for fault, condition in _BY_FAULT:
        if isinstance(error, fault):
            return condition
    causes = tuple(_causes(error))
    for cause, condition in _BY_CAUSE:
        if any(isinstance(each, cause) for each in causes):
            return condition
    return "unreachable" if isinstance(error, TransientError) else "unreadable"


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause = error.__cause__ or error.__context__
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
