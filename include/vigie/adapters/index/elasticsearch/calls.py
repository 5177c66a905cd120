"""Calling Elasticsearch: again while it is away or busy, a bounded number of times, then an error of ours."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, SSLError, TransportError, UnsupportedProductError
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from vigie.errors import PermanentError, TransientError, UsageError, VigieError

ATTEMPTS = 5
"""With the waits below an overloaded cluster gets some 15 s of rest before the run gives up and comes back later."""

BUSY = frozenset({408, 429, 502, 503, 504})

_NOT_FOUND = 404
_NO_INDEX = "index_not_found_exception"
_HINTS = {
    401: "; the key of VIGIE_INDEX_API_KEY, or the login, is wrong, ended or taken back",
    403: "; this key or login may not do that",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Makes requests to `address`, which is named in errors and holds no credentials. Waits are in seconds.

    `ca` is the file that certificates are checked with, as errors name it.
    """

    address: str
    attempts: int = ATTEMPTS
    first_wait_s: float = 0.5
    longest_wait_s: float = 8.0
    ca: str = "the authorities of this machine"

    def __call__(self, request: Callable[..., Any], **arguments: Any) -> Any:
        """The answer's body. Raises `TransientError` when it stays away or busy, else `PermanentError`."""
        try:
            return self.retrying(_is_transient)(_body_of, request, arguments)
        except (ApiError, TransportError, UnsupportedProductError) as cause:
            raise self.explain(cause) from cause

    def retrying(self, is_worth_it: Callable[[BaseException], bool], attempts: int | None = None) -> Retrying:
        """Tries with growing, jittered waits: many workers must not come back at the same moment."""
        return Retrying(
            retry=retry_if_exception(is_worth_it),
            stop=stop_after_attempt(attempts or self.attempts),
            wait=wait_exponential_jitter(multiplier=self.first_wait_s, max=self.longest_wait_s),
            reraise=True,
        )

    def explain(self, cause: Exception) -> VigieError:
        """One line about what went wrong, in our words and with our address."""
        where = f"Elasticsearch at {self.address}"
        if isinstance(cause, UnsupportedProductError):
            return PermanentError(f"what answers at {self.address} is no Elasticsearch 9")
        if not isinstance(cause, ApiError):
            line = f"{where} cannot be reached: {self._why(cause)}"
            return TransientError(line) if _is_transient(cause) else PermanentError(line)
        reason = _reason_of(cause)
        if cause.meta.status == _NOT_FOUND and _type_of(cause) == _NO_INDEX:
            return UsageError(f"{where}: {reason}; run `vigie setup-search`")
        line = f"{where} answers {cause.meta.status}: {reason}{_HINTS.get(cause.meta.status, '')}"
        return TransientError(line) if _is_transient(cause) else PermanentError(line)

    def _why(self, cause: Exception) -> str:
        """Most words of these errors are those of OpenSSL; two of them mean something to who wrote the address."""
        said = str(getattr(cause, "message", cause))
        if isinstance(cause, SSLError) and "WRONG_VERSION_NUMBER" in said.upper().replace(" ", "_"):
            return "it does not speak TLS; is it http://?"
        if isinstance(cause, SSLError) and "CERTIFICATE_VERIFY_FAILED" in said.upper():
            reason = re.search(r"certificate verify failed: ([^(\]]+)", said)
            return f"its certificate is not trusted ({reason[1].strip() if reason else 'TLS'}) by {self.ca}; set VIGIE_INDEX_CA"
        hint = "; is it https://?" if self.address.startswith("http://") and _hangs_up(said) else ""
        return f"{type(cause).__name__}{hint}"


def _body_of(request: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    answer = request(**arguments)
    return getattr(answer, "body", answer)


def _is_transient(cause: BaseException) -> bool:
    if isinstance(cause, ApiError):
        return cause.meta.status in BUSY
    # A certificate that is not trusted will not be trusted in five seconds.
    return isinstance(cause, TransportError) and not isinstance(cause, SSLError)


def _hangs_up(said: str) -> bool:
    """What a port that wants TLS does to a plain request."""
    return any(words in said for words in ("RemoteDisconnected", "Connection reset", "ConnectionResetError"))


def _type_of(cause: ApiError) -> str:
    error = cause.body.get("error") if isinstance(cause.body, dict) else None
    return str(error.get("type")) if isinstance(error, dict) else ""


def _reason_of(cause: ApiError) -> str:
    body = cause.body if isinstance(cause.body, dict) else {}
    error = body.get("error", body)
    said = error.get("reason") or error.get("type") if isinstance(error, dict) else error
    return str(said or cause.message)[:300]
