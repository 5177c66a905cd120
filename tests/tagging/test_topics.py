"""The topic tagger on its own: no model is loaded, topics are decided from words alone."""

import csv
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evals.topics import ASIDE, DEVELOPED, Labelled, load_own
from tests.tagging.taggers import tag
from vigie.adapters.knowledge_files import load_knowledge
from vigie.knowledge.types.topics import TopicRule
from vigie.model import TopicTag
from vigie.tagging.topics.deciding import TopicFinder
from vigie.tagging.topics.patterns import Patterns
from vigie.tagging.words import fold

IPTC = Path(__file__).resolve().parents[3] / "shared" / "facts" / "mediatopics_fr.csv"
OWN = [*load_own(DEVELOPED), *load_own(ASIDE)]
NEUTRAL = (
    "Il en est ainsi.",
    "On ne le sait pas.",
    "Elle y est donc, et lui aussi.",
    "Cela, ils le disent tous.",
)

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


@cache
def finder() -> TopicFinder:
    return TopicFinder(load_knowledge().topics)


@cache
def rules() -> tuple[TopicRule, ...]:
    return load_knowledge().topics.rules


def topics(text: str, title: str = "") -> dict[str, TopicTag]:
    """The topics of a text, by id."""
    found = finder().decide(finder().count(title), finder().count(text), len(text))
    return {topic.id: topic for topic in found}


@pytest.mark.parametrize("topic", TEXTS)
def test_each_broad_topic_is_recognised(topic: str) -> None:
    assert topic in topics(TEXTS[topic])


def test_the_pipeline_decides_from_title_and_all_parts() -> None:
    text = "La séance a duré. " * 800 + "Les députés ont rejeté la motion de censure contre le gouvernement."
    ids = [topic.id for topic in tag(text, title="Assemblée nationale : le vote").topics]
    assert {"medtop:11000000", "medtop:20000615"} <= set(ids)


def test_a_fine_topic_brings_its_broad_one_and_says_its_words() -> None:
    found = topics("Les frappes sur la Ghouta orientale continuent.")
    assert "Ghouta" in found["desk:ghouta"].words
    assert {"medtop:16000000", "medtop:20000056", "medtop:20000062"} <= found.keys()


def test_one_common_word_is_no_topic() -> None:
    assert topics("Il était une fois un homme qui marchait dans la ville.") == {}


def test_a_word_against_takes_the_topic_away() -> None:
    assert "desk:reforme-des-retraites" in topics("La réforme des retraites revient.")
    assert "medtop:20000530" not in topics("L'opposant poursuit sa grève de la faim.")


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Guerre des prix dans la grande distribution", "medtop:16000000"),
        ("Une tempête politique secoue le gouvernement après le vote des députés", "medtop:17000000"),
        ("Séisme politique : le Premier ministre démissionne", "medtop:03000000"),
        ("La course à l'Élysée est lancée, les candidats affûtent leurs programmes", "medtop:15000000"),
        ("Un virus informatique bloque les serveurs du ministère", "medtop:07000000"),
    ],
)
def test_no_word_inside_an_idiom_counts(text: str, never: str) -> None:
    assert never not in topics("", title=text)


def test_a_longer_phrase_or_the_idiom_itself_still_counts() -> None:
    patterns = Patterns(["guerre", "guerre des prix", "la guerre des prix"], ["guerre des prix"])
    counted = patterns.count("La guerre des prix reprend, la guerre aussi.")
    assert counted.patterns == {"guerre": 1, "guerre des pri": 1, "la guerre des pri": 1}
    assert counted.words["guerre"] == 1


def test_the_same_word_in_two_spellings_counts_once() -> None:
    once = Patterns(["chef d'État"]).count("Le chef d'Etat").patterns
    assert list(Patterns(["chef d'État", "chefs d'état"]).count("Les chefs d’État").patterns) == list(once)


@pytest.mark.parametrize("text", OWN, ids=[text.id for text in OWN])
def test_a_finer_topic_has_all_above_it(text: Labelled) -> None:
    found = topics(text.text, text.title)
    assert all(set(rule.broader) <= found.keys() for rule in rules() if rule.id in found)


@given(st.lists(st.sampled_from(OWN), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_scores_lie_between_0_and_1_highest_first_each_with_its_words(texts: list[Labelled]) -> None:
    text = " ".join(text.text for text in texts)
    found = list(topics(text).values())
    assert [topic.score for topic in found] == sorted((topic.score for topic in found), reverse=True)
    assert all(0 < topic.score <= 1 and topic.words for topic in found)


@given(st.sampled_from(OWN), st.sampled_from(NEUTRAL))
@settings(max_examples=80, deadline=None)
def test_a_neutral_sentence_takes_no_word_away(text: Labelled, neutral: str) -> None:
    before = finder().book.points(finder().count(text.title), finder().count(text.text))
    after = finder().book.points(finder().count(text.title), finder().count(f"{text.text} {neutral}"))
    for key, points in before.items():
        assert set(points.words) <= set(after[key].words)


@given(st.sampled_from(OWN))
@settings(max_examples=80, deadline=None)
def test_case_and_accents_do_not_matter(text: Labelled) -> None:
    plain = topics(text.text, text.title)
    assert topics(fold(text.text), fold(text.title)) == plain
    assert topics(text.text.upper(), text.title.upper()).keys() == plain.keys()


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_text_has_an_answer_and_the_same_one_again(text: str) -> None:
    assert topics(text, text[:40]) == topics(text, text[:40])


@pytest.mark.parametrize(
    "unit", ["« ", "guerre ", "a", "réforme des retraites, guerre des prix et ", "\U0001f600"]
)
def test_a_million_characters_are_counted_in_bounded_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.perf_counter()
    topics(text)
    assert time.perf_counter() - start < 20  # 2 s where nothing else runs: this would catch a quadratic walk


def test_every_rule_reaches_a_broad_topic_and_there_are_enough() -> None:
    broad = {rule.id for rule in rules() if not rule.broader}
    media = [rule for rule in rules() if rule.id.startswith("medtop:")]
    assert len(broad) == 17
    assert all(key.startswith("medtop:") for key in broad)
    assert len(media) - len(broad) >= 120
    assert len(rules()) - len(media) >= 40
    assert all(broad & set(rule.broader) for rule in rules() if rule.id not in broad)


@pytest.mark.skipif(not IPTC.is_file(), reason="the IPTC's table is not beside the project")
def test_ids_labels_and_the_tree_are_those_of_the_iptc() -> None:
    with IPTC.open(encoding="utf-8", newline="") as file:
        theirs = {row["id"]: row for row in csv.DictReader(file)}
    for rule in rules():
        if rule.id.startswith("medtop:"):
            assert rule.label == theirs[rule.id]["label_fr"]
            above = []
            key = theirs[rule.id]["broader"]
            while key:
                above.append(key)
                key = theirs[key]["broader"]
            known = {other.id for other in rules()}
            assert list(rule.broader) == [key for key in above if key in known]
