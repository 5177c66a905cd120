"""What holds for any text."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evals.labels import DEVELOPED_ON, load_labelled
from tests.tagging.taggers import tag
from vigie.model import LeaderMention

PIECES = ("Macron", "le président russe", "son homologue", "MM. Poutine et", "ex-", "L’", "M.", "d'alors", "En 2008,",
          "le ministre chargé de la", "les présidents", "et", "français", "du", "«", "Mme", "roi", "élu", "-", "al-Assad")  # fmt: skip
ENDINGS = (
    "Berlin et Moscou n'ont pas réagi.",
    "La Pologne, la Hongrie et le Canada attendent à la Maison Blanche.",
    "En 1981, il pleuvait sur Kiev et sur les Britanniques.",
    "Son homologue turc ne dit rien, les deux ministres non plus.",
)


@cache
def texts() -> tuple[tuple[str, str | None, str], ...]:
    labelled = load_labelled(*DEVELOPED_ON)
    return tuple((one["text"], one["date"], one["source_country"]) for one in labelled)


def leaders(text: str, date: str | None, country: str) -> tuple[LeaderMention, ...]:
    return tag(text, date, source_country=country).leaders


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=12))
def test_any_words_are_borne_and_offsets_cut_the_mention(pieces: list[str]) -> None:
    text = " ".join(("Voici :", *pieces))
    found = tag(text, "2018-03-20").leaders
    assert all(text[m.start : m.end] == m.mention and m.mention for m in found)
    assert found == tag(text, "2018-03-20").leaders


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_capitals_and_plain_letters_are_borne(number: int) -> None:
    text, date, country = texts()[number % len(texts())]
    for written in (text.upper(), text.lower(), text.encode("ascii", "ignore").decode()):
        assert all(written[m.start : m.end] == m.mention for m in leaders(written, date, country))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(ENDINGS))
def test_a_sentence_at_the_end_changes_no_mention_before_it(number: int, ending: str) -> None:
    """Names may: a whole name later on lends itself to a surname, and to "l'ancien président" alone. Words may not."""
    text, date, country = texts()[number % len(texts())]
    before = leaders(text, date, country)
    after = tuple(m for m in leaders(f"{text} {ending}", date, country) if m.end <= len(text))
    assert after == before


def test_a_later_name_may_lend_itself_to_a_surname_and_to_a_former_title() -> None:
    text = "L'ancien Premier ministre a parlé."
    assert tag(text, "2018-03-20").leaders == ()
    assert tag(f"{text} Manuel Valls est parti.", "2018-03-20").leaders[0].name == "Manuel Valls"


def test_long_and_odd_texts_are_borne() -> None:
    for text in (
        "Voici : " + '"' * 10_000,
        "le ministre chargé " * 3_000,
        "ancien " * 5_000 + "président",
        "Macron " * 5_000,
    ):
        assert all(text[m.start : m.end] == m.mention for m in tag(text, "2018-03-20").leaders)
