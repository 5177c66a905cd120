"""The analysis that `vigie.search.french` does and the one that Elasticsearch does from our template are one."""

import itertools
import json
import re
import uuid
from collections.abc import Iterator

import pytest

from tests.contract.conftest import opened_index
from vigie.adapters.index.elasticsearch.engine import ElasticsearchIndex
from vigie.adapters.index.elasticsearch.names import TEMPLATES
from vigie.search import french, mapping
from vigie.search.findings import FINDING_FIELDS, FINDING_OBJECTS

STEMS = (
    *(
        "élection",
        "président",
        "général",
        "national",
        "journal",
        "travail",
        "bateau",
        "élysée",
        "français",
        "œuvre",
    ),
    *(
        "ministre",
        "réforme",
        "députée",
        "sénateur",
        "communiqué",
        "loi",
        "jeu",
        "prix",
        "pays",
        "choix",
        "congrès",
    ),
    *(
        "garçon",
        "noël",
        "aiguë",
        "île",
        "être",
        "cœur",
        "prud’homme",
        "aujourd’hui",
        "saint-denis",
        "grand-mère",
    ),
    *(
        "euro",
        "covid19",
        "49",
        "n°5",
        "l",
        "qu",
        "s",
        "été",
        "mai",
        "paris",
        "straße",
        "ærø",
        "łódź",
        "İstanbul",
    ),
)
BEFORE = ("", "l'", "L’", "d'", "qu’", "jusqu'", "aujourd'", "\u200f", "«", "x_")
AFTER = ("", "s", "x", "e", "es", "aux", "eaux", "ux", "'s", "\u0301", "...", "²")
LIGHT_ENDINGS = (
    *("er", "ée", "ées", "ère", "ière", "gère", "chère", "illère", "trice", "euse", "aise", "oise"),
    *("ive", "elle", "enne", "onne", "ères"),
)
KEPT = sorted({word for pattern, _ in french.LIGHT for word in re.findall(r"<!\^([a-z]+)", pattern)})
WORDS = [
    *(f"{b}{stem}{a}" for b, stem, a in itertools.product(BEFORE, STEMS, AFTER)),
    *(f"{stem}{a}" for stem, a in itertools.product(STEMS, LIGHT_ENDINGS)),
    *(f"{a}{word}{b}" for word, a, b in itertools.product(KEPT, ("", "a"), ("", "s"))),
]


@pytest.fixture(scope="module")
def analyse(elasticsearch_url: str) -> Iterator[ElasticsearchIndex]:
    """An index whose `_analyze` can be asked."""
    with opened_index(elasticsearch_url, f"t-{uuid.uuid4().hex[:12]}-articles") as opened:
        assert isinstance(opened, ElasticsearchIndex)
        yield opened


def analysed(
    index: ElasticsearchIndex, texts: list[str], analyzer: str = "vigie_french"
) -> list[tuple[int, str]]:
    """The terms of each text as Elasticsearch makes them, with the positions at which they stand."""
    said = index._client.indices.analyze(
        index=f"{index._alias}-0000.00-v1", analyzer=analyzer, text=" | ".join(texts)
    )
    return [(token["position"], token["token"]) for token in said["tokens"]]


@pytest.mark.elasticsearch
def test_five_thousand_words_give_the_same_terms(analyse: ElasticsearchIndex) -> None:
    assert len(WORDS) > 5_000
    for batch in _batches(WORDS, 800):
        assert analysed(analyse, batch) == list(enumerate(french.find_terms(" | ".join(batch))))
        plain = list(enumerate(french.find_plain_terms(" | ".join(batch))))
        assert analysed(analyse, batch, "vigie_plain") == plain


@pytest.mark.elasticsearch
def test_every_letter_below_3000_gives_the_same_term(analyse: ElasticsearchIndex) -> None:
    letters = [chr(p) for p in range(0x20, 0x3000) if chr(p).isprintable() and chr(p).isalnum()]
    # Java lowers each letter by itself, Python the whole word, and a sigma at its end; the newest letters differ.
    words = [f"ab{letter}ab" for letter in letters]
    for batch in _batches(words, 1_000):
        theirs = [term for _, term in analysed(analyse, batch)]
        assert theirs == list(french.find_terms(" | ".join(batch)))


def _batches(words: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(words), size):
        yield words[start : start + size]


def test_the_template_says_the_rules_of_the_module() -> None:
    settings = json.loads((TEMPLATES / "analysis.json").read_text())["template"]["settings"]["analysis"]
    filters = settings["filter"]
    named = settings["analyzer"]["vigie_french"]["filter"]
    levelled = ["lowercase", "vigie_weightless", "asciifolding"]
    assert named[:3] == settings["analyzer"]["vigie_plain"]["filter"] == levelled
    rules = [(filters[name]["pattern"], filters[name]["replacement"]) for name in named[3:]]
    assert rules == [*french.PLURALS, *french.LIGHT]
    pattern = settings["tokenizer"]["vigie_words"]["pattern"]
    assert french.ELIDED in pattern
    assert re.search(r"\[([^\]]+)\]\)\?", pattern)[1] == french.APOSTROPHES


KINDS = {"keywords": "keyword", "objects": None}


def test_the_template_maps_the_fields_of_the_check() -> None:
    mappings = json.loads((TEMPLATES / "template.json").read_text())["template"]["mappings"]
    assert mappings["dynamic"] == "strict"
    assert _kinds(mappings["properties"]) == {**_wanted(mapping.FIELDS), **mapping.EXACT}
    for name in mapping.SEARCHED:
        exact = mappings["properties"][name]["fields"]["exact"]
        assert exact == {"type": "text", "analyzer": "vigie_plain"}
    for name, fields in mapping.NESTED.items():
        assert _kinds(mappings["properties"][name]["properties"]) == _wanted(fields)


def test_the_templates_of_alerts_and_topics_map_the_fields_of_their_check() -> None:
    for kind, fields in FINDING_FIELDS.items():
        mappings = json.loads((TEMPLATES / f"{kind}.json").read_text())["template"]["mappings"]
        assert mappings["dynamic"] == "strict"
        properties = mappings["properties"]
        if "days" in properties:
            assert properties["days"].pop("type") == "nested"  # a day and its number stay together
        assert _kinds(properties) == _wanted(fields)
        for name in [name for name, kind in fields.items() if kind == "objects"]:
            assert _kinds(properties[name]["properties"]) == _wanted(FINDING_OBJECTS[name])


def _kinds(properties: dict[str, dict[str, str]]) -> dict[str, str | None]:
    return {name: described.get("type") for name, described in properties.items()}


def _wanted(fields: dict[str, str]) -> dict[str, str | None]:
    bare = {name: kind.removesuffix("?") for name, kind in fields.items()}
    return {name: KINDS.get(kind, kind) for name, kind in bare.items()}
