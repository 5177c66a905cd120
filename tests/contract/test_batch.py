"""A watch finds what a search would: a batch in memory, held against a real Tantivy and a real Elasticsearch."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.documents import document, full_document
from vigie.adapters.index.port import Index, Question
from vigie.adapters.index.tantivy.batch import DocumentBatch

WORDS = (
    *(
        "accord",
        "accords",
        "l'accord",
        "Mercosur",
        "MERCOSUR",
        "chef",
        "chefs",
        "d'État",
        "état",
        "aujourd’hui",
    ),
    *("Macron", "eau", "eaux", "œuvre", "C++", "2027", "★", "pré-accord", "de", "la"),
)
NAMES = ("Emmanuel Macron", "Olaf Scholz", "Élisabeth Borne")
TOPICS = ("Énergie", "Relations internationales")
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
some_names = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)
some_topics = st.lists(st.sampled_from(TOPICS), max_size=2, unique=True)
pieces = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(lambda word: f"-{word}"),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(lambda words: f"-« {' '.join(words)} »"),
)
questions = st.builds(
    Question,
    text=st.lists(pieces, max_size=4).map(" ".join),
    leaders=st.sampled_from([(), ("emmanuel macron",), ("id Olaf Scholz", "Élisabeth Borne"), ("Personne",)]),
    topics=st.sampled_from([(), ("énergie",), ("id Relations internationales",)]),
    sources=st.sampled_from([(), ("le-soir",), ("Le Matin", "LE SOIR")]),
    kinds=st.sampled_from([(), ("official",), ("press", "official")]),
    size=st.just(100),
)


@st.composite
def corpora(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few documents with words, people and topics in common."""
    return [_draw_document(draw, f"d{number}") for number in range(draw(st.integers(0, 6)))]


def _draw_document(draw: st.DrawFn, article_id: str) -> dict[str, Any]:
    leaders, topics = draw(some_names), draw(some_topics)
    source = draw(st.sampled_from(["le-matin", "le-soir"]))
    return document(
        article_id,
        title=draw(texts),
        standfirst=draw(texts),
        text=draw(texts),
        source=source,
        publisher=source.replace("-", " ").title(),
        kind=draw(st.sampled_from(["official", "press"])),
        leader_names=leaders,
        leader_ids=[f"id {name}" for name in leaders],
        topic_labels=topics,
        topic_ids=[f"id {name}" for name in topics],
        published_at=draw(st.sampled_from([None, "2020-01-01T00:00:00Z", "2026-03-10T08:00:00Z"])),
    )


def agree(index: Index, documents: Sequence[dict[str, Any]], asked: Sequence[Question]) -> None:
    """The batch and the index give the same articles for each question."""
    batch = DocumentBatch(documents)
    for question in asked:
        searched = [hit.id for hit in index.search(question).hits]
        assert sorted(batch.find(question)) == sorted(searched), question


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(documents=corpora(), asked=st.lists(questions, min_size=1, max_size=6))
def test_a_batch_finds_what_the_index_finds(
    shared_index: Index, documents: list[dict[str, Any]], asked: list[Question]
) -> None:
    shared_index.delete([article_id for article_id, _version in list(shared_index.versions())])
    assert shared_index.put(documents) == ()
    agree(shared_index, documents, asked)


@pytest.mark.parametrize(
    "text",
    ["", "élysée", "ELYSEE", '"ce que l\'on sait"', "-oui", "★", "oui -élysée", "chef état", "x" * 10_000],
)
def test_a_full_document_is_found_alike(index: Index, text: str) -> None:
    documents = [full_document("a"), document("b")]
    index.put(documents)
    agree(
        index, documents, [Question(text=text), Question(text=text, leaders=("Q3052772",), kinds=("press",))]
    )


def test_a_batch_of_nothing_finds_nothing() -> None:
    assert DocumentBatch([]).find(Question()) == []
