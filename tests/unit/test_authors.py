"""Who a page's byline names."""

import pytest

from vigie.pages.authors import split_byline
from vigie.pages.metadata import read_metadata
from vigie.pages.tree import parse_tree


def authors(body: str = "", *, ld: str = "", head: str = "") -> tuple[str, ...]:
    script = f'<script type="application/ld+json">{ld}</script>' if ld else ""
    markup = f"<html><head>{head}{script}</head><body><h1>Un titre</h1>{body}<p>Texte.</p></body></html>"
    return read_metadata(parse_tree(markup), url=None, zone="Europe/Paris").authors


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Par Anne Colin et Luc Petit", ["Anne Colin", "Luc Petit"]),
        ("Par Ilse Vandamme et Tomasz Wrona (AFP)", ["Ilse Vandamme", "Tomasz Wrona", "AFP"]),
        ("Anne Colin avec AFP", ["Anne Colin", "AFP"]),
        ("Gaspard Le Moal, envoyé spécial à Vassignac", ["Gaspard Le Moal"]),
        ("Propos recueillis par Basile Quentin", ["Basile Quentin"]),
        ("By Dana Whitlock, Omar Reyes and Pat Lowe", ["Dana Whitlock", "Omar Reyes", "Pat Lowe"]),
        ("By Priya Nandan in Suva", ["Priya Nandan"]),
        ("Von Frauke Petersen", ["Frauke Petersen"]),
        ("Paul-Henri de la Tour", ["Paul-Henri de la Tour"]),
        ("Clara N’Guyen", ["Clara N’Guyen"]),
        ("Martin Jendrischik", ["Martin Jendrischik"]),
        ("https://www.facebook.com/journal", []),
        ("redaction@journal.example", []),
        ("Journaliste", []),
        ("", []),
    ],
)
def test_bylines(line: str, names: list[str]) -> None:
    assert list(split_byline(line)) == names


def test_an_author_may_be_a_reference_into_the_graph() -> None:
    ld = '{"@graph":[{"@type":"NewsArticle","author":[{"@id":"#e"}]},{"@type":"Person","@id":"#e","name":"Emma Sorel"}]}'
    assert authors(ld=ld) == ("Emma Sorel",)


def test_the_site_is_an_author_only_where_nobody_else_is_named() -> None:
    site = '{"@type":"Organization","name":"Le Site"}'
    both = f'{{"@type":"NewsArticle","author":[{site},{{"@type":"Person","name":"Anne Colin"}}]}}'
    alone = f'{{"@type":"NewsArticle","author":[{site}],"publisher":{site}}}'
    head = '<meta property="og:site_name" content="Le Site">'
    assert authors(ld=both, head=head) == ("Anne Colin",)
    assert authors(ld=alone, head=head) == ("Le Site",)
    assert authors('<p class="byline">Par Anne Colin</p>', ld=alone, head=head) == ("Anne Colin",)


@pytest.mark.parametrize(
    "body",
    [
        '<a rel="author" href="/a">Anne Colin</a>',
        '<span itemprop="author"><span itemprop="name">Anne Colin</span>, journaliste</span>',
        '<div class="article-byline">Par Anne Colin</div>',
        "<p>Par Anne Colin</p>",
    ],
)
def test_the_byline_that_readers_see(body: str) -> None:
    assert authors(body) == ("Anne Colin",)


@pytest.mark.parametrize(
    "body",
    [
        '<div id="comments"><span class="author">Jean Troll</span></div>',
        '<aside><a rel="author">Anne Colin</a></aside>',
        '<div class="author-box">En kiosques dès demain</div>',
        "<p>Par un arrêt du 3 mars, la cour a confirmé le jugement.</p>",
    ],
)
def test_what_is_no_byline(body: str) -> None:
    assert authors(body) == ()
