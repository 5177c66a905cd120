"""An article out of a page and an entry: which wins, field by field."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.builders import NOW, article, claim, entry, feed
from vigie.articles.compose import Ground, compose_article, hash_content, hash_text
from vigie.model import ArticleId, DateClaim
from vigie.pages.extract import ExtractedPage

YESTERDAY = NOW - timedelta(days=1)
PARAGRAPH = "Le chef de l'État a reçu jeudi à l'Élysée les représentants des communes rurales du pays."


def ground(**fields: Any) -> Ground:
    """An article that is seen for the first time."""
    usual: dict[str, Any] = {
        "article_id": ArticleId("a1"),
        "version": 1,
        "feed": feed(),
        "url": "https://le-matin.example/une",
        "first_seen_at": NOW,
        "fetched_at": NOW + timedelta(minutes=1),
        "published": None,
    }
    return Ground(**{**usual, **fields})


def test_the_page_wins_where_it_could_be_read() -> None:
    page = ExtractedPage(title="Titre de la page", text=PARAGRAPH, authors=("Zoé",), language="fr")
    found = compose_article(ground(version=3), entry(authors=("Agence",)), page)
    assert found is not None
    assert (found.title, found.text, found.authors) == ("Titre de la page", PARAGRAPH, ("Zoé",))
    assert (found.origin, found.language, found.version, found.id) == ("page", "fr", 3, "a1")
    assert (found.feed_id, found.publisher, found.kind, found.country) == (
        "le-matin",
        "Le Matin",
        "press",
        "FR",
    )
    assert (found.first_seen_at, found.fetched_at) == (NOW, NOW + timedelta(minutes=1))


def test_what_the_page_does_not_say_the_entry_says() -> None:
    found = compose_article(ground(), entry(authors=("Agence",)), ExtractedPage(text=PARAGRAPH))
    assert found is not None
    assert (found.title, found.text, found.authors) == ("Titre de une", PARAGRAPH, ("Agence",))


@pytest.mark.parametrize("page", [None, ExtractedPage(title="Just a moment", problem="challenge page")])
def test_the_entry_stands_in_for_a_page_without_text(page: ExtractedPage | None) -> None:
    found = compose_article(ground(), entry(), page)
    assert found is not None
    assert (found.title, found.text, found.origin) == ("Titre de une", "Résumé de une.", "feed")


def test_an_entry_s_whole_text_goes_before_its_summary() -> None:
    found = compose_article(ground(), entry(text=PARAGRAPH, origin="import"), None)
    assert found is not None
    assert (found.text, found.origin) == (PARAGRAPH, "import")


@pytest.mark.parametrize("page", [None, ExtractedPage(problem="empty"), ExtractedPage(title="Vérification")])
def test_nothing_is_no_article(page: ExtractedPage | None) -> None:
    assert compose_article(ground(), entry(title="", summary=""), page) is None


def test_a_title_alone_is_an_article() -> None:
    found = compose_article(ground(), entry(summary=""), None)
    assert found is not None
    assert (found.title, found.text) == ("Titre de une", "")


@pytest.mark.parametrize(
    ("url", "canonical", "expected"),
    [
        ("https://le-matin.example/une", None, "https://le-matin.example/une"),
        (
            "https://le-matin.example/une",
            "https://www.le-matin.example/2026/une",
            "https://www.le-matin.example/2026/une",
        ),
        ("https://le-matin.example/une", "/2026/une", "https://le-matin.example/2026/une"),
        ("https://le-matin.example/une", "https://ailleurs.example/une", "https://le-matin.example/une"),
        ("https://le-matin.example/une", "https://le-matin.example/", "https://le-matin.example/une"),
        ("https://le-matin.example/une", "javascript:alert(1)", "https://le-matin.example/une"),
        ("file:///etc/passwd", None, None),
        (None, "https://le-matin.example/une", None),
    ],
)
def test_only_a_web_address_of_its_own_site_is_given_out(
    url: str | None, canonical: str | None, expected: str | None
) -> None:
    found = compose_article(ground(url=url), entry(), ExtractedPage(text=PARAGRAPH, canonical=canonical))
    assert found is not None
    assert found.url == expected


def dated(
    published: DateClaim | None, page_claims: tuple[DateClaim, ...], entry_claim: DateClaim | None
) -> datetime | None:
    """The date of an article with these claims."""
    found = compose_article(
        ground(published=published),
        entry(published=entry_claim),
        ExtractedPage(text=PARAGRAPH, claims=page_claims),
    )
    assert found is not None
    return found.published.at if found.published else None


def test_dates() -> None:
    page = claim(YESTERDAY, origin="json-ld")
    late = claim(NOW, origin="feed")
    assert dated(None, (page,), late) == YESTERDAY
    assert dated(None, (), late) == NOW
    assert dated(None, (), None) is None
    assert dated(None, (), claim(NOW + timedelta(days=2))) is None  # never a date in the future
    assert dated(None, (), claim(datetime(1970, 1, 1, tzinfo=NOW.tzinfo))) is None


def test_a_date_that_the_page_gave_stays() -> None:
    first = claim(YESTERDAY - timedelta(days=3), origin="meta")
    assert dated(first, (claim(YESTERDAY, origin="json-ld"),), None) == first.at
    assert dated(first, (), claim(YESTERDAY)) == first.at


def test_a_date_of_the_feed_stays_when_nothing_says_another_and_yields_to_the_page() -> None:
    first = claim(YESTERDAY, origin="feed")
    assert dated(first, (), None) == YESTERDAY
    earlier = claim(YESTERDAY - timedelta(hours=1), origin="json-ld")
    assert dated(first, (earlier,), first) == earlier.at


def test_all_claims_are_kept() -> None:
    page, own = claim(YESTERDAY, origin="meta"), claim(NOW)
    found = compose_article(ground(), entry(published=own), ExtractedPage(text=PARAGRAPH, claims=(page,)))
    assert found is not None
    assert found.dates == (page, own)


def test_content_is_the_same_but_for_white_space_and_accents_written_twice() -> None:
    one = article(title="Été", text="Un  texte.\nDeux lignes.")
    assert hash_content(one) == hash_content(article(title="E\u0301te\u0301", text="Un texte. Deux lignes. "))
    assert hash_content(one) != hash_content(replace(one, title="Été 2"))
    assert hash_content(one) != hash_content(replace(one, text="Un autre texte."))


def test_copies_have_one_text_hash_whatever_their_title() -> None:
    long = PARAGRAPH * 3
    assert hash_text(article(title="Un", text=long)) == hash_text(article(title="Deux", text=f" {long}\n"))
    assert hash_text(article(text=long)) != hash_text(article(text=long + " Fin."))
    assert hash_text(article(text="Pas de commentaire.")) is None
