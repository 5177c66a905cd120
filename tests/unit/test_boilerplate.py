"""Lines that are the site's go; prose that looks like them stays."""

import pytest

from vigie.pages.boilerplate import drop_boilerplate, is_furniture

PROSE = "Les sénateurs ont repoussé l’article sur les dotations des collectivités, par 189 voix contre 121."


def keep(line: str, title: str = "Un titre") -> bool:
    return line in drop_boilerplate(f"{PROSE}\n{PROSE}\n{line}\n{PROSE}", title).split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "À lire aussi : Dotations, trois maires racontent",
        "► Lire aussi Dotations, trois maires racontent",
        "Publicité",
        "Article réservé aux abonnés",
        "Il vous reste 75.2% de cet article à lire. La suite est réservée aux abonnés.",
        "Déjà abonné ? Connectez-vous",
        "Inscrivez-vous à notre newsletter pour ne rien manquer",
        "Partager sur Facebook",
        "ADVERTISEMENT",
        "Read more: how we counted",
        "Related: How one island lost its boat",
        "Sign up for our daily newsletter",
        "Lesen Sie auch: Warum die Gaspreise steigen",
        "Anzeige",
        "Le puede interesar: así quedó el puente",
        "Leggi anche: il piano",
        "Czytaj także: co dalej",
        "3 commentaires",
        "Seul le prononcé fait foi",
        "Pour lire cette vidéo, veuillez accepter les cookies",
        "Crédit photo : AFP",
    ],
)
def test_lines_of_the_site_are_dropped(line: str) -> None:
    assert not keep(line)


@pytest.mark.parametrize(
    "line",
    [
        "Il faut lire aussi les classiques, dit la ministre.",
        "« À lire aussi », répondait-il à ses élèves.",
        "Publicité mensongère : l’enseigne est condamnée à 300 000 euros d’amende.",
        "S’abonner à l’eau courante restait un luxe. Les archives le montrent.",
        "Partager n’est pas donner, disait ma grand-mère.",
        "Réagir vite : c’est la consigne donnée aux préfets ce matin.",
        "Read more than the headline, my editor used to say.",
        "Share prices fell by a tenth on Monday.",
        "Print journalism lost another thousand jobs.",
        "Related parties held a third of the debt, the court said.",
        "Question suivante : et maintenant ?",
        "Merci.",
    ],
)
def test_prose_stays(line: str) -> None:
    assert keep(line)


def test_title_byline_and_date_go_from_the_top_only() -> None:
    text = f"Un titre\nPar Anne Colin\nPublié le 3 mars 2026 à 10h15\n{PROSE}"
    assert drop_boilerplate(text, "UN TITRE") == PROSE
    body = "\n".join([PROSE] * 8)
    assert drop_boilerplate(f"{body}\nUn titre", "Un titre").endswith("\nUn titre")


def test_a_decree_that_begins_with_par_is_no_byline() -> None:
    line = "Par un arrêt du 3 mars, la cour d’appel a confirmé le jugement en toutes ses dispositions."
    assert drop_boilerplate(line, "x") == line


@pytest.mark.parametrize("line", ["Par Anne Colin", "17 novembre 2026", "Photo : Luc Petit / Getty Images"])
def test_furniture_is_no_standfirst(line: str) -> None:
    assert is_furniture(line)
    assert not is_furniture(PROSE)
