"""The detector's lighter tagger says what the whole one says, and how many texts go at once changes nothing."""

from datetime import datetime
from functools import cache

from bench.newsroom import Newsroom
from tests.tagging.taggers import shared_tagger
from tests.topics.streams import tagged
from vigie.adapters.crew.tagger import load_detection_tagger
from vigie.model import Tags
from vigie.tagging.pipeline import CHUNK_CHARS, TextToTag
from vigie.topics.terms import list_sightings

PROSE = (
    "À Notre-Dame-de-Bellerive, Emmanuel Macron a promis mardi que le tribunal de Nanterre serait rénové.",
    "« Nous n'avons pas le choix », a dit le chancelier Olaf Scholz à l'ONU. Son homologue français se tait.",
    "Le chef de l'État se rendra en Pologne le 12 mars ; la Commission européenne attend la réforme des retraites.",
    "",
    "MOBILISATION GÉNÉRALE À MARSEILLE - Les syndicats de la SNCF défilent.",
    "Une pneumonie inconnue inquiète l'Organisation mondiale de la santé. " * (CHUNK_CHARS // 60),
)


@cache
def texts() -> list[TextToTag]:
    entries = [(entry.title, entry.text, entry.published_at) for entry in Newsroom().write(150)]
    given = [*entries, *((f"Le titre {n}", text, "2024-03-05") for n, text in enumerate(PROSE))]
    return [
        TextToTag(id=str(n), title=title, text=text, date=at[:10])
        for n, (title, text, at) in enumerate(given)
    ]


def test_lighter_tags_are_those_parts_of_the_whole() -> None:
    light, whole = load_detection_tagger().tag(texts()), shared_tagger().tag(texts())
    for found, full in zip(light, whole, strict=True):
        assert found == Tags(
            leaders=full.leaders,
            places=full.places,
            organizations=full.organizations,
            keyphrases=full.keyphrases,
        )


def test_the_sightings_are_the_same() -> None:
    """Whatever of an article's tags the detector comes to count, the lighter tagger has to give."""
    at = datetime.fromisoformat("2024-03-05T08:00:00+00:00")
    for text, light, whole in zip(
        texts(), load_detection_tagger().tag(texts()), shared_tagger().tag(texts()), strict=True
    ):
        article = tagged(text.id, at, "Journal", ())
        counted = [
            list_sightings(type(article)(article=article.article, tags=tags, rules_version=""))
            for tags in (light, whole)
        ]
        assert counted[0] == counted[1]


def test_company_changes_nothing() -> None:
    tagger = load_detection_tagger()
    some = texts()[::9]
    assert list(tagger.tag(some)) == [next(tagger.tag([text])) for text in some]


def test_what_is_forgotten_changes_nothing() -> None:
    tagger = load_detection_tagger()
    expected = list(tagger.tag(texts()))
    for _ in range(2):
        with tagger.forgetting():
            found = list(tagger.tag(texts()))
        assert found == expected
