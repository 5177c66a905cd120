"""Atom: the answer to any search, and the alerts, for a feed reader; nothing is sent twice to one that asks by ETag."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated, Any, cast, get_args

from fastapi import APIRouter, HTTPException, Query, Request, status
from fastapi.responses import Response
from pydantic import WithJsonSchema

from vigie.adapters.ledger.digests import newest_alerts
from vigie.digests.atom import BEFORE_ANY, PUBLIC, build_feed
from vigie.model import AlertKind
from vigie.page.searching.article_feed import Addresses, build_article_feed, last_indexed
from vigie.page.searching.asking import AskedDep
from vigie.page.searching.faults import Fault
from vigie.page.serving.desk import DeskDep
from vigie.page.serving.replies import HEADERS

routes = APIRouter()
ATOM = "application/atom+xml"
ENTRIES = 100
KINDS: tuple[AlertKind, ...] = get_args(AlertKind)

Size = Annotated[int, Query(ge=1, le=ENTRIES, description="The newest so many.")]
Kind = Annotated[
    list[Annotated[str, WithJsonSchema({"type": "string", "enum": list(KINDS)})]],
    Query(description="All but operators' alerts and digests unless it is said."),
]


class AtomResponse(Response):
    """A feed, as OpenAPI is told of it."""

    media_type = ATOM


SAYS: dict[str, Any] = {
    "response_class": AtomResponse,
    "responses": {304: {"description": "Nothing is new since `If-None-Match` or `If-Modified-Since`."}},
}


@routes.get("/search.atom", summary="The newest articles that answer a search, as Atom", **SAYS)
def send_search(desk: DeskDep, asked: AskedDep, size: Size = 50) -> Response:
    """The search of `/search` with the same parameters, always by date."""
    if isinstance(asked, Fault):
        raise HTTPException(status.HTTP_400_BAD_REQUEST, str(asked))
    question = replace(asked.question, sort="date", size=size)
    documents = [hit.document for hit in desk.stores.index.search(question).hits]
    body = build_article_feed(asked, documents, _addresses(desk.request))
    return reply_feed(desk.request, body, last_indexed(documents))


@routes.get("/alerts.atom", summary="The newest alerts, as Atom", **SAYS)
def send_alerts(desk: DeskDep, kind: Kind = [], size: Size = ENTRIES) -> Response:  # noqa: B006  # FastAPI copies it
    """Each with why: its counts, words, sources and first passages."""
    if not set(kind) <= set(KINDS):
        raise HTTPException(status.HTTP_400_BAD_REQUEST, f"kind: must be of {', '.join(KINDS)}")
    kinds = cast(tuple[AlertKind, ...], tuple(kind)) or PUBLIC
    alerts = newest_alerts(desk.stores.ledger, kinds, size)
    body = build_feed(alerts, self_url=str(desk.request.url))
    return reply_feed(desk.request, body, max((alert.fired_at for alert in alerts), default=BEFORE_ANY))


def reply_feed(request: Request, body: bytes, updated: datetime) -> Response:
    """The feed, or 304 where the reader has it. It may be kept by its reader, who asks again each time."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        **HEADERS,
        "Cache-Control": "private, no-cache",
        "ETag": tag,
        "Last-Modified": format_datetime(updated.astimezone(UTC).replace(microsecond=0), usegmt=True),
    }
    if is_known(request, tag, updated):
        return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=headers)
    return AtomResponse(body, headers=headers)


def is_known(request: Request, tag: str, updated: datetime) -> bool:
    """Whether the reader has these bytes; its date counts only where it sends no tag (RFC 9110, 13.1.3)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or tag in {each.strip().removeprefix("W/") for each in tags.split(",")}
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since.tzinfo is not None and updated.replace(microsecond=0) <= since


def _addresses(request: Request) -> Addresses:
    base = f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"
    query = f"?{request.url.query}" if request.url.query else ""
    return Addresses(feed=str(request.url), screen=f"{base}/search{query}", base=base)
