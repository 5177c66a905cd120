"""The chapô: found where readers see it, and told once."""

import pytest

from vigie.pages.extract import extract_page
from vigie.pages.standfirst import find_standfirst
from vigie.pages.tree import parse_tree

CHAPO = (
    "Depuis un an, une équipe de soignants sillonne le plateau à bord d’un camping-car prêté par la région."
)
BODY = (
    "<p>Dans le bourg, la station-service a fermé en 2019, la poste en 2021, la boulangerie l’an dernier.</p>"
    "<p>C’est là que la caravane s’arrête chaque mardi, avec une médecin, une infirmière et un interprète.</p>"
)


def find(below: str, description: str = "") -> str:
    return find_standfirst(
        parse_tree(f"<body><h1>Un titre</h1>{below}{BODY}</body>"), "Un titre", description
    )


@pytest.mark.parametrize(
    "below",
    [
        f'<p class="chapo">{CHAPO}</p>',
        f'<h2 class="article__subtitle">{CHAPO}</h2>',
        f'<div data-gu-name="standfirst"><p>{CHAPO}</p></div>',
        f'<div class="byline">Par Anne Colin</div><p itemprop="description">{CHAPO}</p>',
    ],
)
def test_named_by_the_markup(below: str) -> None:
    assert find(below) == CHAPO


def test_known_by_the_description_even_cut() -> None:
    assert find(f"<div><span>{CHAPO}</span></div>", CHAPO) == CHAPO
    assert find(f"<div>{CHAPO}</div>", CHAPO[:90] + "…") == CHAPO


@pytest.mark.parametrize(
    "below",
    [
        f'<aside><p class="chapo">{CHAPO}</p></aside>',
        f'<div class="related-card"><p class="summary">{CHAPO}</p></div>',
        '<p class="intro">Par Anne Colin, publié le 3 mars 2026 à 10h15, modifié le 4 mars 2026</p>',
        '<p class="chapo">Court.</p>',
    ],
)
def test_what_is_none(below: str) -> None:
    assert find(below) == ""


def test_a_description_that_nobody_sees_is_none() -> None:
    assert find("", CHAPO) == ""


@pytest.mark.parametrize("inside", [True, False])
def test_told_once(inside: bool) -> None:
    chapo = f'<p class="chapo">{CHAPO}</p>'
    html = (
        f"<body><header><h1>Un titre</h1>{'' if inside else chapo}</header>"
        f"<article>{chapo if inside else ''}{BODY}</article></body>"
    )
    page = extract_page(html, url=None, zone="Europe/Paris")
    assert f"{page.standfirst}\n{page.text}".count(CHAPO) == 1
