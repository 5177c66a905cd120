"""An article from what its feed said and what its page says: which of the two wins, field by field.

The page wins where it could be read; else the feed's entry stands in, marked so, until the page can be had.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from vigie.articles.changes import drop_noise, fold_line
from vigie.dates.choosing import PAGE_ORIGINS, choose_modified, choose_published
from vigie.languages import detect_language
from vigie.model import Article, ArticleId, ArticleOrigin, DateClaim, Entry, Feed
from vigie.pages.extract import ExtractedPage
from vigie.urls import accept_canonical, is_web_address, normalize_url

COPY_LEAST_LENGTH = 200
"""Characters. Shorter texts are the same too often ("Pas de commentaire.") to be copies of one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is known of an article before this version: its identity, its feed, and its first date.

    `url` is where the page was read. `refused_canonical` is an address that its page states and that is not its own.
    """

    article_id: ArticleId
    version: int
    feed: Feed
    url: str | None
    first_seen_at: datetime
    fetched_at: datetime
    published: DateClaim | None
    refused_canonical: str | None = None


def compose_article(ground: Ground, entry: Entry, page: ExtractedPage | None) -> Article | None:
    """The article, or None when neither page nor entry has a title or a text."""
    whole = page if page is not None and page.text else None
    title = (whole.title if whole else "") or entry.title
    text = whole.text if whole else (entry.text or entry.summary)
    if not (title or text):
        return None
    claims = (page.claims if page else ()) + ((entry.published,) if entry.published else ())
    published = _published(ground, claims)
    return Article(
        id=ground.article_id,
        version=ground.version,
        feed_id=ground.feed.id,
        publisher=ground.feed.publisher,
        kind=ground.feed.kind,
        country=ground.feed.country,
        url=_address(ground, page),
        title=title,
        standfirst=whole.standfirst if whole else "",
        text=text,
        authors=(whole.authors if whole else ()) or entry.authors,
        language=detect_language(text or title, _language_hint(ground, entry, whole)),
        published=published,
        modified=choose_modified(claims, published, ground.fetched_at),
        dates=claims,
        first_seen_at=ground.first_seen_at,
        fetched_at=ground.fetched_at,
        origin=_origin(entry, whole),
    )


def hash_content(article: Article) -> str:
    """Equal for two versions whose title and text are the same but for white space."""
    return _digest(f"{article.title}\n{article.text}")


def hash_text(article: Article) -> str | None:
    """Equal for copies of one text under any title, cosmetic differences aside; None for one too short to be a copy."""
    if len(article.text) < COPY_LEAST_LENGTH:
        return None
    return _digest("\n".join(fold_line(line) for line in drop_noise(article.text).split("\n")))


def _address(ground: Ground, page: ExtractedPage | None) -> str | None:
    url = _canonical(ground, page) or ground.url
    return url if url and is_web_address(url) else None


def _canonical(ground: Ground, page: ExtractedPage | None) -> str | None:
    if page is None or not page.canonical or not ground.url:
        return None
    stated = accept_canonical(ground.url, page.canonical)
    refused = ground.refused_canonical
    if stated and refused and normalize_url(stated) == normalize_url(refused):
        return None
    return stated


def _language_hint(ground: Ground, entry: Entry, page: ExtractedPage | None) -> str:
    return (page.language if page else None) or entry.language or ground.feed.language


def _published(ground: Ground, claims: tuple[DateClaim, ...]) -> DateClaim | None:
    """A date that the page once gave stays: a later version is an edit, not a new publication."""
    if ground.published and ground.published.origin in PAGE_ORIGINS:
        return ground.published
    return choose_published(claims, ground.first_seen_at, ground.fetched_at) or ground.published


def _origin(entry: Entry, page: ExtractedPage | None) -> ArticleOrigin:
    if page:
        return "page"
    return "import" if entry.origin == "import" else "feed"


def _digest(text: str) -> str:
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(folded.encode()).hexdigest()
