"""Places and bodies by the gazetteer and by their heads, without the model."""

import pytest

from tests.tagging.places.lookups import bodies, places, read


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Les combats reprennent à Alep.", "Alep", "SY"),
        ("ALEP SOUS LES BOMBES.", "Alep", "SY"),
        ("En Algerie, calme plat.", "Algérie", "DZ"),
        ("Le vol décolle du Caire.", "Le Caire", "EG"),
        ("Il rentre au Havre ce soir.", "Le Havre", "FR"),
        ("La mer Rouge se vide.", "mer Rouge", None),
        ("Moscou a condamné le texte.", "Moscou", "RU"),
        ("Le maire de Nice a voté.", "Nice", "FR"),
        ("L’île française de La Réunion", "La Réunion", "FR"),
        ("Le village de Tafeghaghte est rasé.", "Tafeghaghte", None),
    ],
)
def test_a_place_is_found(text: str, name: str, country: str | None) -> None:
    assert places(text) == [(name, country)]


@pytest.mark.parametrize(
    "text",
    [
        "Nice journée pour le ski.",
        "Mme Troyes et M. Brest sont là.",
        "Jack London écrivait.",
        "Le Tour de France passe.",
        "De la moutarde de Dijon.",
        "L'accord de Paris tient.",
        "Une Argentine et un Suisse.",
        "Le Paris Saint-Germain gagne.",
        "Paris-Nice commence.",
        "Le porte-avions Charles-de-Gaulle rentre.",
        "La loi Littoral et le plan Marseille.",
        "une grenade, le nord, la manche d'une veste",
        "Le tribunal de Nanterre juge.",
        "« Mort à Venise » repasse.",
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("L'ONU, les Nations unies et l'Otan.", ["ONU", "ONU", "Otan"]),
        ("L'Élysée, Matignon et le Kremlin.", ["Élysée", "Matignon", "Kremlin"]),
        (
            "le parti socialiste et le ministère de l'intérieur",
            ["Parti socialiste", "ministère de l'Intérieur"],
        ),
        ("les députés Renaissance et Horizons", ["Renaissance", "Horizons"]),
        ("un château de la Renaissance", []),
        ("Le tribunal correctionnel de Bobigny l'a dit", ["tribunal correctionnel de Bobigny"]),
        ("la banque centrale turque", ["banque centrale turque"]),
        ("le Sénat italien", ["Sénat italien"]),
        ("l'association Anticor", ["Anticor"]),
        ("l'association Vigie Forêt Landes", ["Vigie Forêt Landes"]),
        ("selon Le Monde, mais tout le monde le sait", ["Le Monde"]),
        ("la Fédération tunisienne de football", ["Fédération tunisienne de football"]),
        ("Louis Renault et André Citroën", []),
        ("il est fo, ue et ps", []),
    ],
)
def test_bodies(text: str, names: list[str]) -> None:
    entities = [("André", "PER")] if "André" in text else []
    assert bodies(text, *entities) == names


def test_the_model_s_person_takes_the_place_away() -> None:
    assert places("Florence a chanté.", ("Florence", "PER")) == []
    assert places("Il vit à Florence.", ("Florence", "LOC")) == [("Florence", "IT")]
    assert places("Hier, Paris Jackson a chanté.", ("Paris Jackson", "PER")) == []


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Il marche sur Tripoli.", ["LY"]),
        ("À Tripoli, dans le nord du Liban.", ["LB", "LB"]),
        ("Vienne et l'Autriche.", ["AT", "AT"]),
        ("La Vienne, près de Poitiers.", ["FR", "FR"]),
        ("Le Congo et sa capitale, Brazzaville.", ["CG", "CG"]),
        ("Le Congo pleure.", [None]),
        ("La Géorgie vote, Atlanta aussi.", ["US", "US"]),
        ("La Géorgie et Tbilissi.", ["GE", "GE"]),
        ("Réunis à Grenade.", ["ES"]),
    ],
)
def test_context_chooses_among_namesakes(text: str, countries: list[str | None]) -> None:
    assert [country for _, country in places(text)] == countries


def test_another_country_s_body_is_not_ours() -> None:
    _, found = read("L'Assemblée nationale du Mali et l'Assemblée nationale.")
    assert [(thing.name, thing.country, thing.id) for thing in found] == [
        ("Assemblée nationale", "ML", None),
        ("Assemblée nationale", "FR", "Q193582"),
    ]


def test_an_unsure_name_is_believed_when_the_text_makes_it_sure() -> None:
    assert bodies("Il quitte le parti Renaissance. Hier, Renaissance votait.") == ["Renaissance"] * 2
    assert places("Il vit à Tours et aime Tours.") == [("Tours", "FR")] * 2
