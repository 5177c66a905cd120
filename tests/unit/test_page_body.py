"""The article's text: markup of before paragraphs, and readers that disagree."""

from vigie.pages.agreement import choose_most_agreed, count_shingles, measure_agreement
from vigie.pages.body import read_body
from vigie.pages.extract import extract_page
from vigie.pages.tree import parse_tree

LINES = [
    "Mesdames et Messieurs les maires, chers amis,",
    "Merci de m’accueillir dans ce lycée où tout a commencé il y a trente ans, sans budget ni circulaire.",
    "Je veux rendre hommage à ceux qui ont refusé que leurs élèves partent sans métier et sans diplôme.",
    "Vive la République !",
]


def text_of(html: str) -> list[str]:
    return extract_page(html, url=None, zone="Europe/Paris").text.split("\n")


def test_paragraphs_parted_by_breaks_keep_their_first_line() -> None:
    assert (
        text_of(f"<body><h1>Discours</h1><div class='texte'>{'<br><br>'.join(LINES)}</div></body>") == LINES
    )


def test_inline_markup_between_breaks_stays_in_its_sentence() -> None:
    lines = [LINES[0], LINES[1].replace("lycée", "<b>lycée</b>"), LINES[2]]
    assert text_of(f"<body><div>{'<br/><br/>'.join(lines)}</div></body>") == LINES[:3]


def test_a_table_that_lays_out_the_page_is_no_data() -> None:
    html = f"<table><tr><td><a>Accueil</a></td><td>{''.join(f'<p>{line}</p>' for line in LINES)}</td></tr></table>"
    assert text_of(f"<body>{html}</body>")[-4:] == LINES


def test_a_table_of_figures_stays_a_table() -> None:
    rows = "".join(f"<tr><td>Espèce {n}</td><td>{n} 100</td></tr>" for n in range(5))
    html = f"<body><article><p>{LINES[1]}</p><table><tr><th>Espèce</th><th>Tonnes</th></tr>{rows}</table><p>{LINES[2]}</p></article></body>"
    text = "\n".join(text_of(html))
    assert "| Espèce 4 | 4 100 |" in text


def test_paragraphs_full_of_links_stay() -> None:
    linked = 'Face à la <a href="/a">forte mobilisation</a>, la <a href="/b">présidente de la métropole</a> a promis une concertation.'
    html = f"<body><article><h1>Titre</h1><p>{LINES[1]}</p><p>{linked}</p><p>{LINES[2]}</p></article></body>"
    assert any(line.startswith("Face à la forte mobilisation, la présidente") for line in text_of(html))


def test_control_characters_lose_no_text() -> None:
    assert (
        text_of(f"<body><article><p>{LINES[1]}&#1;&#x1F;</p><p>{LINES[2]}\x0b</p></article></body>")
        == LINES[1:3]
    )


def test_a_page_that_no_parser_takes_has_no_text() -> None:
    assert parse_tree("") is None
    assert read_body(None, "", url=None) == ""


def test_agreement_counts_runs_of_words() -> None:
    one = count_shingles("le chef de l’État a reçu la ministre")
    assert measure_agreement(one, count_shingles("Le chef de l’État a reçu, la ministre !")) == 1.0
    assert measure_agreement(one, count_shingles("rien de tout cela ici")) == 0.0
    assert measure_agreement(count_shingles(""), count_shingles("")) == 1.0


def test_the_witness_decides_between_readings() -> None:
    article, menu = (
        " ".join(LINES),
        "accueil politique sport culture économie monde société agenda annonces météo",
    )
    readings = {"menu": menu, "article": article}
    assert choose_most_agreed(readings, {}) == "menu"  # nothing speaks for either: the first
    assert choose_most_agreed(readings, {"json-ld": article[:80]}) == "article"
