"""Pages that list articles, as sites write them."""

import pytest

from tests.builders import feed
from vigie.feeds.listings import parse_listing
from vigie.feeds.parse import ParsedFeed

LISTING = feed("liste", source="listing", pattern=r"/20\d\d/")
URL = "https://palais.example/actualites/"


def parse(body: str | bytes) -> ParsedFeed:
    data = body.encode() if isinstance(body, str) else body
    return parse_listing(data, LISTING, url=URL, content_type="text/html; charset=utf-8")


def read(markup: str) -> list[tuple[str | None, str, str | None]]:
    return [(entry.url, entry.title, entry.published_raw) for entry in parse(markup).entries]


def test_cards_with_a_picture_a_title_and_a_button() -> None:
    card = """<article><a href="/2026/11/23/voeux"><img src="x.jpg" alt=""></a>
      <div><time datetime="2026-11-23T10:30:00+01:00">23 novembre</time><h2>Vœux du Président</h2>
      <p>Texte d'annonce.</p><a href="/2026/11/23/voeux">Lire la suite</a></div></article>"""
    other = (
        card.replace("voeux", "sommet")
        .replace("Vœux du Président", "Sommet de Paris")
        .replace("10:30", "09:00")
    )
    assert read(f"<main>{card}{other}</main>") == [
        ("https://palais.example/2026/11/23/voeux", "Vœux du Président", "2026-11-23T10:30:00+01:00"),
        ("https://palais.example/2026/11/23/sommet", "Sommet de Paris", "2026-11-23T09:00:00+01:00"),
    ]


def test_a_plain_list_takes_each_date_from_its_own_row() -> None:
    rows = "".join(
        f'<li><a href="/2026/{n}">Titre {n}</a> <time>{n} novembre 2026</time></li>' for n in (3, 4)
    )
    assert read(f"<div><ul>{rows}</ul></div>") == [
        ("https://palais.example/2026/3", "Titre 3", "3 novembre 2026"),
        ("https://palais.example/2026/4", "Titre 4", "4 novembre 2026"),
    ]


def test_links_side_by_side_do_not_share_a_title_or_a_date() -> None:
    markup = '<main><h2>Toutes</h2><time>2026</time><a href="/2026/1">Un</a><a href="/2026/2">Deux</a></main>'
    assert [title for _url, title, _date in read(markup)] == ["Un", "Deux"]


def test_menus_footers_and_other_pages_are_left_out() -> None:
    markup = """<nav><a href="/2026/menu">Menu</a></nav><main><a href="/2026/1">Un</a><a href="/contact">Contact</a>
      <a href="https://ailleurs.example/2026/2">Ailleurs</a><a href="javascript:x">x</a><a href="#">haut</a></main>
      <footer><a href="/2026/pied">Pied</a></footer>"""
    assert [url for url, *_ in read(markup)] == [
        "https://palais.example/2026/1",
        "https://ailleurs.example/2026/2",
    ]


def test_base_fragments_and_tracking() -> None:
    markup = """<base href="https://www.palais.example/fr/"><main><a href="2026/1#a">Un titre</a>
      <a href="2026/1?utm_source=une">Un</a></main>"""
    assert read(markup) == [("https://www.palais.example/fr/2026/1", "Un titre", None)]


def test_a_link_that_only_says_read_on_has_no_title() -> None:
    assert read('<main><p><a href="/2026/1">Lire la suite</a></p></main>') == [
        ("https://palais.example/2026/1", "", None)
    ]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("", "empty-body"),
        (b"\x00\x00", "empty-body"),
        ("<html><body><main><a href='/contact'>x</a></main></body></html>", "no-match"),
        ("<html><head><title>Just a moment...</title></head><body></body></html>", "challenge"),
        ("<!-- rien -->", "not-a-feed"),
    ],
)
def test_what_is_no_listing_says_so(body: str | bytes, fault: str) -> None:
    parsed = parse(body)
    assert (parsed.fault, parsed.entries) == (fault, ())


def test_a_page_with_no_end_of_links_is_bounded() -> None:
    links = "".join(f"<a href='/2026/{n}'>Titre {n}</a>" for n in range(3000))
    assert len(parse(f"<main>{links}</main>").entries) == 1000
