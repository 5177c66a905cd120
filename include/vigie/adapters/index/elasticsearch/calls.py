"""Calling Elasticsearch: again while it is away or busy, a bounded number of times, then an error of ours."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, SSLError, TransportError, UnsupportedProductError
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from vigie.errors import PermanentError, TransientError, VigieError

ATTEMPTS = 5
"""With the waits below an overloaded cluster gets some 15 s of rest before the run gives up and comes back later."""

BUSY = frozenset({408, 429, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Makes requests to `address`, which is named in errors and holds no credentials. Waits are in seconds."""

    address: str
    attempts: int = ATTEMPTS
    first_wait_s: float = 0.5
    longest_wait_s: float = 8.0

    def __call__(self, request: Callable[..., Any], **arguments: Any) -> Any:
        """The answer's body. Raises `TransientError` when it stays away or busy, else `PermanentError`."""
        try:
            return self.retrying(_is_transient)(_body_of, request, arguments)
        except (ApiError, TransportError, UnsupportedProductError) as cause:
            raise self.explain(cause) from cause

    def retrying(self, is_worth_it: Callable[[BaseException], bool]) -> Retrying:
        """Tries with growing, jittered waits: many workers must not come back at the same moment."""
        return Retrying(
            retry=retry_if_exception(is_worth_it),
            stop=stop_after_attempt(self.attempts),
            wait=wait_exponential_jitter(multiplier=self.first_wait_s, max=self.longest_wait_s),
            reraise=True,
        )

    def explain(self, cause: Exception) -> VigieError:
        """One line about what went wrong, in our words and with our address."""
        if isinstance(cause, ApiError):
            line = f"Elasticsearch at {self.address} answers {cause.meta.status}: {_reason_of(cause)}"
        elif isinstance(cause, UnsupportedProductError):
            line = f"what answers at {self.address} is no Elasticsearch 9"
        else:
            line = f"Elasticsearch at {self.address} cannot be reached: {type(cause).__name__}"
        return TransientError(line) if _is_transient(cause) else PermanentError(line)


def _body_of(request: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    answer = request(**arguments)
    return getattr(answer, "body", answer)


def _is_transient(cause: BaseException) -> bool:
    if isinstance(cause, ApiError):
        return cause.meta.status in BUSY
    # A certificate that is not trusted will not be trusted in five seconds.
    return isinstance(cause, TransportError) and not isinstance(cause, SSLError)


def _reason_of(cause: ApiError) -> str:
    body = cause.body if isinstance(cause.body, dict) else {}
    error = body.get("error", body)
    said = error.get("reason") or error.get("type") if isinstance(error, dict) else error
    return str(said or cause.message)[:300]
