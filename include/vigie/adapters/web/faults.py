"""What can go wrong with a request, in our words: one line, with the address that it began with."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore
import httpx

from vigie.adapters.web.dialing import RefusedAddress
from vigie.errors import PermanentError, TransientError
from vigie.inflate import BadEncodingError, BodyCutError, TooLargeError
from vigie.plaintext import fold_line


@dataclass(slots=True)
class Asked:
    """One request, as the gate that let it out may see it: filled when the answer's first lines have come."""

    status: int | None = None
    retry_after: str | None = None


class NoConnection(TransientError):
    """No address, no connection, or no TLS: nothing was asked."""


class NoAnswer(TransientError):
    """The request went out, and no status came back."""


class UnsupportedAddress(PermanentError):
    """Not an http(s) address that can be asked."""


class TooManyRedirects(PermanentError):
    """More than `MAX_REDIRECTS` hops."""


class BodyTooLarge(PermanentError):
    """More bytes than allowed, on the wire or once decompressed."""


class UnreadableBody(PermanentError):
    """A content encoding that is not spoken here, or a body that is not so encoded."""


@contextmanager
def named_faults(url: str, asked: Asked, timeout_s: float) -> Iterator[None]:
    """What went wrong with one request, in our words: before the connection, before the answer, or inside of it."""
    try:
        yield
    except (httpcore.ConnectError, httpcore.ConnectTimeout, ssl.SSLError) as error:
        raise NoConnection(f"{show_url(url)}: {_reason(error)}") from error
    except (
        httpx.RemoteProtocolError
    ) as error:  # httpx looks at where an answer leads, though it is not to follow
        asked.status = asked.status or 302
        raise UnsupportedAddress(_reason(error)) from error
    except BodyCutError as error:
        raise TransientError(f"{show_url(url)}: {error}") from error
    except httpcore.TimeoutException as error:
        kind = TransientError if asked.status else NoAnswer
        raise kind(f"{show_url(url)}: no answer within {timeout_s:g} s") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        kind = TransientError if asked.status else NoAnswer
        raise kind(f"{show_url(url)}: {_reason(error)}") from error


@contextmanager
def named_refusals(url: str) -> Iterator[None]:
    """What we will not ask or read, in our words, with the address that it began with."""
    try:
        yield
    except (RefusedAddress, UnsupportedAddress, TooManyRedirects) as error:
        raise type(error)(f"{show_url(url)}: {error}") from error
    except TooLargeError as error:
        raise BodyTooLarge(f"{show_url(url)}: {error}") from error
    except BadEncodingError as error:
        raise UnreadableBody(f"{show_url(url)}: {error}") from error
    except (httpx.InvalidURL, httpcore.UnsupportedProtocol, UnicodeError, ValueError) as error:
        raise UnsupportedAddress(f"{show_url(url)}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {fold_line(str(error))[:200]}".rstrip(": ")


def show_url(url: str) -> str:
    return fold_line(url)[:300]
