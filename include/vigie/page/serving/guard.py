"""Who asks, and what they may do. Airflow's plugin gives the real guard; nothing here lets anybody in by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, status


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody who may read. `may_act`: teach, watch, ask for a poll."""

    name: str
    may_act: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """`visit` is a FastAPI dependency that gives the `Visitor`, or raises 401 (nobody) or 403 (may not read).

    `login_url` is where a browser without a session is sent; it is given the request. None: no such place.
    """

    visit: Callable[..., Any]
    login_url: Callable[[Request], str] | None = None


def check_origin(request: Request) -> None:
    """Refuse a form that another site sent: a browser adds the session's cookie to it all the same.

    A script with a bearer token has no cookie to abuse and sends neither header.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        foreign = site not in ("same-origin", "none")
    else:
        foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "this form was sent from another site")
