"""What an answer to the request for a page means: a new page, the same one, one that is gone, reserved, or in trouble."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from vigie.adapters.archive import ArchiveWriter
from vigie.adapters.ledger.pages import Fetch, Known, PageToFetch
from vigie.adapters.web.polite import HostAsksToWait, RightsReserved
from vigie.errors import PermanentError
from vigie.model import Page, RecordId
from vigie.pages import schedule
from vigie.rights import reserved_by_header
from vigie.steps.hosts import Answer

GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class PageReader:
    """Reads answers, and archives what is to be kept of them."""

    writer: ArchiveWriter
    clock: Callable[[], datetime]

    def read(self, item: PageToFetch, answer: Answer) -> Fetch:
        """What came of one request."""
        if not isinstance(answer, Page):
            return self._not_asked(item, answer)
        if answer.status == 304:
            return self._unchanged(item, answer)
        if answer.status != 200:
            return self._refused(item, answer)
        rights = reserved_by_header(answer.header("tdm-reservation"), answer.header("tdm-policy"))
        if rights and not item.licensed:  # its body is not archived
            return replace(self._blank(item, answer), rights=rights)
        return self._keep(item, answer)

    def _keep(self, item: PageToFetch, page: Page) -> Fetch:
        digest = hashlib.sha256(page.body).hexdigest()
        same = item.known if item.known and item.known.body_hash == digest else None
        record_id = self.writer.write_revisit(page, same.record_id) if same else self.writer.write_page(page)
        return replace(
            self._blank(item, page),
            addresses=page.addresses,
            record_id=record_id,
            same=same is not None,
            etag=page.header("ETag"),
            last_modified=page.header("Last-Modified"),
            body_hash=digest,
            note=_say_back(item),
        )

    def _unchanged(self, item: PageToFetch, page: Page) -> Fetch:
        record_id = self._revisit(page, item.known) if item.known and not item.ailing else None
        if record_id is None:  # asked without conditions the next time: see `PageToFetch.ailing`
            return self._failed(item, page, "HTTP 304 à une page que nous n'avons pas")
        return replace(
            self._blank(item, page), addresses=page.addresses, record_id=record_id, same=True, whole=False
        )

    def _revisit(self, page: Page, known: Known) -> RecordId | None:
        try:
            return self.writer.write_revisit(page, known.record_id)
        except PermanentError:  # the page it stands for is not in the archive any more
            return None

    def _refused(self, item: PageToFetch, page: Page) -> Fetch:
        if page.status not in GONE:
            return self._failed(item, page, f"HTTP {page.status}")
        error = f"HTTP {page.status}" + (" : la page a été retirée" if item.known else "")
        return replace(self._failed(item, page, error), withdrawn=True)

    def _failed(self, item: PageToFetch, page: Page, error: str) -> Fetch:
        again = self._next_try(item, gone=page.status in GONE, for_good=page.status == 410)
        return replace(self._blank(item, page), next_fetch_at=again, error=error)

    def _not_asked(self, item: PageToFetch, error: Exception) -> Fetch:
        """Nothing was sent, or nothing came back."""
        blank = self._blank(item, None)
        if isinstance(error, HostAsksToWait):
            return replace(blank, next_fetch_at=error.until, error=str(error), asked=False)
        if isinstance(error, RightsReserved):
            return replace(blank, rights=error.sentence)
        again = self._next_try(item, for_good=isinstance(error, PermanentError))
        return replace(blank, next_fetch_at=again, error=str(error))

    def _next_try(self, item: PageToFetch, *, gone: bool = False, for_good: bool = False) -> datetime | None:
        """A page that was read keeps its ages, and is tried before the next one too, unless it is gone."""
        now = self.clock()
        retry = None if for_good else schedule.next_try(item.first_seen_at, item.tries, now)
        if item.known is None:
            return retry
        age = schedule.next_fetch(item.first_seen_at, now, item.kind)
        return min(filter(None, (age, None if gone else retry)), default=None)

    def _blank(self, item: PageToFetch, page: Page | None) -> Fetch:
        now = self.clock()
        return Fetch(
            article_id=item.article_id,
            at=now,
            status=page.status if page else None,
            next_fetch_at=schedule.next_fetch(item.first_seen_at, now, item.kind),
        )


def _say_back(item: PageToFetch) -> str | None:
    if item.withdrawn_at is None:
        return None
    return f"la page est revenue ; elle avait été retirée le {item.withdrawn_at:%Y-%m-%d à %H:%M} UTC"
