"""A page as it was fetched, made harmless: its source as plain text, which no browser renders, runs or frames."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from urllib.parse import quote

from fastapi import HTTPException, Request
from fastapi.responses import Response

from vigie.adapters.ledger import reports
from vigie.adapters.ledger.reports import History
from vigie.errors import PermanentError
from vigie.model import ArticleId, Page, RecordId
from vigie.page.serving.replies import HEADERS, json_reply
from vigie.plaintext import choose_charset
from vigie.stores import Stores

_HARMLESS = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """What was fetched for one version: the addresses walked, the last one where it lay, and the answer."""

    article_id: ArticleId
    version: int
    url: str
    addresses: tuple[str, ...]
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    charset: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A page of the archive and the version it is of."""

    article_id: ArticleId
    version: int
    page: Page

    @property
    def charset(self) -> str:
        """What its bytes are read as."""
        return choose_charset(self.page.body, self.page.header("Content-Type"))

    def reply(self, request: Request) -> Response:
        """Plain text, byte for byte; with what is known of it for whoever asks for JSON and for no text."""
        accepted = request.headers.get("accept", "")
        if "application/json" in accepted and "text/" not in accepted:
            return json_reply(self._describe())
        headers = {
            **_HARMLESS,
            # RFC 7089: when this was so, and of what it is the memory.
            "Memento-Datetime": format_datetime(self.page.fetched_at, usegmt=True),
            "Link": f'<{quote(self.page.url, safe=_URL)}>; rel="original"',
            "Content-Disposition": f'inline; filename="{self.article_id}-{self.version}.txt"',
        }
        return Response(self.page.body, headers=headers, media_type=f"text/plain; charset={self.charset}")

    def _describe(self) -> ArchivedPage:
        page = self.page
        return ArchivedPage(
            article_id=self.article_id,
            version=self.version,
            url=page.url,
            addresses=page.addresses,
            fetched_at=page.fetched_at,
            status=page.status,
            headers=tuple(pair for pair in page.headers if pair[0].lower() not in _OURS),
            charset=self.charset,
            text=page.body.decode(self.charset, "replace"),
        )


_OURS = ("set-cookie", "set-cookie2")
"""What a site gave to us alone; of a licensed one it may open the door."""
_URL = ":/?#[]@!$&'()*+,;=%~-._"
"""What an address may have in a header; all else, line ends and `<>` too, is percent-encoded."""


def read_archived(stores: Stores, article_id: str, version: int | None) -> Archived | HTTPException:
    """The page of a version, of the newest that has one by default; or why there is none to show."""
    history = reports.read_history(stores.ledger, ArticleId(article_id))
    if history is None:
        return HTTPException(HTTPStatus.NOT_FOUND, f"no article has the id {article_id}")
    if history.rights is not None:
        return HTTPException(HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS, history.rights)
    found = _choose(history, version)
    if found is None:
        which = f"version {version}" if version is not None else "this article"
        return HTTPException(HTTPStatus.NOT_FOUND, f"{which} was not read from a page: the archive has none")
    number, record_id = found
    try:
        page = stores.archive.read_page(record_id)
    except PermanentError as error:
        return HTTPException(HTTPStatus.NOT_FOUND, f"the archive no longer has this page: {error}")
    return Archived(article_id=history.id, version=number, page=page)


def _choose(history: History, version: int | None) -> tuple[int, RecordId] | None:
    for each in reversed(history.versions):
        if each.page_record_id and version in (None, each.number):
            return each.number, each.page_record_id
    return None
