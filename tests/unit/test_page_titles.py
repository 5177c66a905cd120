"""Which of a page's titles is the headline."""

import pytest

from vigie.pages.json_ld import find_articles, read_json_ld
from vigie.pages.titles import choose_title
from vigie.pages.tree import parse_tree


def choose(body: str, *, title: str = "", headline: str = "", **metas: str) -> str:
    script = (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{headline}"}}</script>'
        if headline
        else ""
    )
    tree = parse_tree(f"<html><head><title>{title}</title>{script}</head><body>{body}</body></html>")
    article = next(find_articles(read_json_ld(tree)), {})
    return choose_title(tree, {name.replace("__", ":"): value for name, value in metas.items()}, article)


HEAD = "Après la panne, le trafic reprend à Paris"


@pytest.mark.parametrize(
    ("body", "kwargs"),
    [
        (f"<h1>{HEAD}</h1>", {"og__title": "PANNE. Ce que l’on sait", "title": "Panne : que faire ? | Site"}),
        (f"<h1>Le Site</h1><h1>{HEAD}</h1>", {"og__site_name": "Le Site", "og__title": f"{HEAD} - Le Site"}),
        ("<h1>Le Site</h1>", {"og__site_name": "Le Site", "og__title": HEAD}),
        ("<h1>Économie</h1>", {"title": f"{HEAD} | Économie | Le Site"}),
        (f"<h1><span>Enquête</span> {HEAD}</h1>", {"headline": HEAD}),
        (f"<h1>Enquête<br>{HEAD}</h1>", {"og__title": HEAD}),
        (f"<h1>{HEAD}</h1>", {"headline": f"Aviation {HEAD}", "og__title": f"Aviation : {HEAD}"}),
        (f"<h1>{HEAD[:-5]}<i>Pa</i>ris</h1>", {"og__title": HEAD}),
        ("", {"title": f"{HEAD} - Le Site", "og__site_name": "Le Site"}),
        ("", {"title": f"Le Site | {HEAD}", "og__site_name": "Le Site"}),
        ("<h1>Un autre titre de une</h1>", {"headline": HEAD, "og__title": HEAD}),
    ],
)
def test_headline(body: str, kwargs: dict[str, str]) -> None:
    assert choose(body, **kwargs) == HEAD


@pytest.mark.parametrize(
    "title",
    [
        "Macron - Merz : ce qu’ils se sont dit",
        "« Non », répond-il",
        "Ligne D : les surcoûts épinglés",
        "C++ : la norme | le détail qui change tout pour les développeurs",
    ],
)
def test_a_title_keeps_its_own_marks(title: str) -> None:
    assert choose(f"<h1>{title}</h1>", title=f"{title} | Site") == title


def test_a_page_without_any_title_has_none() -> None:
    assert choose("<p>x</p>") == ""


def test_a_heading_that_was_never_closed_is_no_title() -> None:
    page = "".join(f"<p>Phrase numéro {n} du texte.</p>" for n in range(20_000))
    assert choose(f"<h1>{HEAD} {page}", og__title=HEAD) == HEAD
