import pytest

from tests.tagging.taggers import shared_tagger, tag
from vigie.adapters.knowledge_files import load_knowledge

TEXTS = {
    "medtop:01000000": "Le festival de Cannes s'ouvre mardi avec un film très attendu et son réalisateur.",
    "medtop:02000000": "Le tribunal correctionnel l'a condamné à deux ans de prison ; son avocat fait appel.",
    "medtop:03000000": "Un séisme a frappé la côte, les secours cherchent des disparus sous les décombres.",
    "medtop:04000000": "Le CAC 40 recule, l'inflation inquiète les investisseurs et la croissance ralentit.",
    "medtop:05000000": "La rentrée scolaire se prépare : il manque des enseignants dans les collèges.",
    "medtop:06000000": "Le réchauffement climatique menace les glaciers et la biodiversité, prévient le Giec.",
    "medtop:07000000": "L'hôpital manque de lits et les médecins redoutent une nouvelle épidémie.",
    "medtop:08000000": "La famille royale annonce le mariage de la princesse.",
    "medtop:09000000": "La CGT dépose un préavis de grève contre les licenciements.",
    "medtop:10000000": "Une recette de pâtissier pour les vacances, et trois bons restaurants.",
    "medtop:11000000": "L'Assemblée nationale examine la motion de censure contre le gouvernement.",
    "medtop:12000000": "Les musulmans commencent le ramadan ; à Rome, les évêques se réunissent au Vatican.",
    "medtop:13000000": "Des chercheurs ont entraîné une intelligence artificielle à lire des fossiles.",
    "medtop:14000000": "Une association dénonce la pauvreté des familles et le racisme dans le logement.",
    "medtop:15000000": "Battu en demi-finale, le PSG perd son championnat et son entraîneur.",
    "medtop:16000000": "Les bombardements ont repris malgré le cessez-le-feu, l'armée parle d'attentat.",
    "medtop:17000000": "Météo-France place douze départements en vigilance orange pour la canicule.",
}


@pytest.mark.parametrize("topic", TEXTS)
def test_each_broad_topic_is_recognised(topic: str) -> None:
    assert topic in [found.id for found in tag(TEXTS[topic]).topics]


def test_a_fine_topic_brings_its_broad_ones_and_says_its_words() -> None:
    topics = {topic.id: topic for topic in tag("Les frappes sur la Ghouta orientale continuent.").topics}
    assert topics["desk:ghouta"].words[0] == "Ghouta"
    assert {"medtop:16000000", "medtop:11000000"} <= topics.keys()


def test_one_common_word_is_no_topic() -> None:
    assert tag("Il était une fois un homme qui marchait dans la ville.").topics == ()


def test_a_word_against_takes_the_topic_away() -> None:
    assert "desk:reforme-des-retraites" in [t.id for t in tag("La réforme des retraites revient.").topics]
    strikes = [t.id for t in tag("L'opposant poursuit sa grève de la faim.").topics]
    assert "medtop:20000530" not in strikes


def test_scores_lie_between_0_and_1_highest_first() -> None:
    scores = [topic.score for topic in tag(" ".join(TEXTS.values())).topics]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_every_rule_reaches_its_broad_topics_and_there_are_enough() -> None:
    rules = load_knowledge().topics
    broad = {rule.id for rule in rules if rule.id.startswith("medtop:") and not rule.broader}
    assert len(broad) == 17
    assert len(rules) - len(broad) >= 60
    assert all(broad & set(rule.broader) for rule in rules if rule.id not in broad)
    assert shared_tagger().rules_version
