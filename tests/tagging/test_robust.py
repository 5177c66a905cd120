"""Whatever a text is, it is tagged in bounded time, and its offsets cut what they say."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tagging.taggers import shared_tagger, tag
from vigie.model import Tags
from vigie.tagging.pipeline import MODEL_CHARS, TextToTag

PRESS = (
    "Le président russe Vladimir Poutine a reçu mardi au Kremlin son homologue turc, Recep Tayyip Erdogan. "
    "« Nous avons parlé de la Ghouta », a déclaré le chef de l'État, qui se rendra à Paris le 24 mai prochain. "
    "Selon l'Élysée, Emmanuel Macron s'est entretenu avec Angela Merkel de la réforme des retraites. "
)
FAR_TOO_LONG_S = 90
"""A guard against what never ends, not a measure: nothing here took 15 s on two cores."""

SHAPES = {
    "a megabyte": PRESS * 3_400,
    "no sentence end": PRESS.replace(".", "").replace("»,", "") * 300,
    "all capitals": PRESS.upper() * 20,
    "ten thousand quotation marks": "« " * 5_000 + "” “" * 2_500,
    "ten thousand straight marks": '"' * 10_000 + PRESS,
    "one word": "a" * 300_000,
    "quotes that never end": "« Il a dit que " * 2_000,
    "names in a row": "Macron Poutine Erdogan Merkel " * 3_000,
    "titles in a row": "le président russe et français et turc et " * 3_000,
    "dates in a row": "le 24 mai, mardi prochain, en mai prochain, demain, " * 3_000,
    "empty lines": "\n" * 100_000,
    "marks of direction": "\u202eEmmanuel Macron\u202c parle. " * 500,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_odd_shapes_end_and_offsets_cut(shape: str) -> None:
    text = SHAPES[shape]
    started = time.monotonic()
    tags = tag(text)
    assert time.monotonic() - started < FAR_TOO_LONG_S
    _check(text, tags)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "French President Emmanuel Macron met Angela Merkel in Berlin on Tuesday to discuss Syria."),
        ("ar", "التقى الرئيس الفرنسي إيمانويل ماكرون في باريس نظيره المصري عبد الفتاح السيسي يوم الثلاثاء"),
    ],
)
def test_another_language_says_what_was_not_looked_for(language: str, text: str) -> None:
    tags = tag(text, language=language)
    assert f"« {language} »" in tags.limits[0]
    assert not tags.events
    _check(text, tags)


def test_what_stands_beyond_the_model_is_said() -> None:
    assert not tag(PRESS).limits
    assert str(MODEL_CHARS) in tag(PRESS * (MODEL_CHARS // len(PRESS) + 2)).limits[0]
    assert "sans date" in tag(PRESS, date=None).limits[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                *PRESS.split(" "),
                *("«", "»", '"', "“", "”", "\n", "l'", "d’", "M.", "Mme", "ex-", "—", ":", "jeudi", "2017"),
                *("İstanbul", "ǅ", "ﬁn", "\u0301", "\U0001f600", "\x00", "ß", "Élysée", "ÉLYSÉE", "élysee"),
            ]
        ),
        max_size=60,
    ).map(" ".join)
)
def test_offsets_cut_and_the_same_text_gives_the_same_tags(text: str) -> None:
    first, again = shared_tagger().tag(
        [TextToTag(id=name, text=text, date="2018-02-20", title=text[:40]) for name in "ab"]
    )
    assert first == again
    _check(text, first)


def test_tags_do_not_depend_on_what_they_were_tagged_with() -> None:
    texts = [TextToTag(id=str(n), text=PRESS[n:], date="2018-02-20") for n in range(0, 120, 7)]
    together = list(shared_tagger().tag(texts))
    assert together == [next(shared_tagger().tag([text])) for text in texts]


def _check(text: str, tags: Tags) -> None:
    for leader in tags.leaders:
        assert text[leader.start : leader.end] == leader.mention
    for thing in (*tags.places, *tags.organizations):
        assert text[thing.start : thing.end] == thing.mention
    for span in (*tags.quotes, *tags.reported, *tags.events):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    ids = {topic.id for topic in tags.topics}
    assert len(ids) == len(tags.topics)
    assert all(0 <= topic.score <= 1 for topic in tags.topics)
    assert {person.id for person in tags.people} >= {leader.id for leader in tags.leaders}
