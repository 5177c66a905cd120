"""What holds of any text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evals.quotes import load_labelled
from tests.tagging.taggers import tag
from vigie.model import Tags

PIECES = st.sampled_from(
    ["« On part »", "“Jamais”", '"Oui, a-t-il dit, demain"', "«", "»", '"', ", a dit", "Emmanuel Macron", "selon lui",
     ":", ".", "\n", "la maire", "qui dénonce", "a-t-elle", "et", "que", "l'", "d'", "« gilets jaunes »", "DIT", "…", "‘"]
)  # fmt: skip
ANY = st.text(max_size=200)


def spans_are_sound(text: str, tags: Tags) -> bool:
    quotes = (*tags.quotes, *tags.reported)
    return all(text[q.start : q.end] == q.text and q.text == q.text.strip() != "" for q in quotes)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join) | ANY)
def test_offsets_cut_the_quotation_and_the_same_text_gives_the_same(text: str) -> None:
    tags = tag(text)
    assert spans_are_sound(text, tags)
    assert tag(text) == tags


@pytest.mark.parametrize("labelled", load_labelled()[:25], ids=lambda labelled: labelled["id"])
def test_a_sentence_more_changes_no_quotation_before_it(labelled: dict[str, str]) -> None:
    """Save in the last paragraph, where the next sentence may name who has spoken: it is a new one here."""
    text = labelled["text"]
    more = tag(f"{text}\nLe lendemain, il pleuvait sur la ville.", labelled["date"]).quotes
    assert more == tag(text, labelled["date"]).quotes


def test_the_next_sentence_may_name_who_has_spoken() -> None:
    alone = "« On ne se laissera pas faire. »"
    assert [quote.speaker for quote in tag(alone).quotes] == [None]
    assert [quote.speaker for quote in tag(f"{alone} Anne Durand est en colère.").quotes] == ["Anne Durand"]


@pytest.mark.parametrize(
    "text",
    ["« a " * 10_000, '" a' * 10_000, "Le maire a dit « oui ». " * 1_000, "Anne, " * 5_000 + "a dit « non »",
     "LE MAIRE, ANNE DURAND, A DIT : « NON ». " * 300, "qui a dit que " * 5_000, "« A. » " * 2_000],
)  # fmt: skip
def test_a_monster_is_read_in_bounded_time(text: str) -> None:
    start = time.process_time()
    assert spans_are_sound(text, tag(text))
    assert time.process_time() - start < 30


def test_all_capitals_and_no_accents_have_speakers() -> None:
    loud = tag("« NOUS IRONS AU BOUT », A DECLARE EMMANUEL MACRON.").quotes
    plain = tag("« Nous irons au bout », a declare Emmanuel Macron. Il denonce une « faute ».").quotes
    assert [quote.text for quote in loud] == ["NOUS IRONS AU BOUT"]
    assert [quote.speaker for quote in plain] == ["Emmanuel Macron", "Emmanuel Macron"]
