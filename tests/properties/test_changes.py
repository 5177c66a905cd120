"""Cosmetic differences are none, whichever version came first; a figure in a sentence is one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import article
from vigie.articles.changes import diff_articles, fold_line, list_changes, read_diff

WORDS = st.sampled_from(
    "le maire de Sarvoles a dit « oui » non l'État 12 1 204 % ; : ! ? pont — rouvre demain".split()  # noqa: SIM905 - read as a text
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: "Hier " + " ".join(words) + ".")
TEXTS = st.lists(SENTENCES, min_size=1, max_size=6)
NOISE = st.sampled_from(
    ["12 partages", "Lire aussi : Le pont", "il y a 3 min", "Publicité", "Temps de lecture : 2 min", ""]
)
TITLES = st.text(max_size=30)


@given(TEXTS, TEXTS, TITLES, TITLES)
def test_both_ways_alike(one: list[str], other: list[str], title: str, another: str) -> None:
    a, b = article(title=title, text="\n".join(one)), article(title=another, text="\n".join(other))
    assert list_changes(a, b) == list_changes(b, a)
    assert list_changes(a, a) == ()


@given(TEXTS, st.randoms(use_true_random=False), st.lists(NOISE, max_size=3))
def test_noise_order_and_typography_make_no_version(text: list[str], random, noise: list[str]) -> None:
    before = article(text="\n".join(text))
    lines = [line.replace("'", "’").replace(" »", "\u00a0»").replace(" ", "  ") for line in text] + noise
    random.shuffle(lines)
    assert list_changes(before, replace(before, text="\n".join(lines))) == ()


@given(TEXTS, st.integers(2, 10**6), st.integers(2, 10**6))
def test_another_figure_is_an_edit(text: list[str], old: int, new: int) -> None:
    before, after = (article(text="\n".join([*text, f"Ils étaient {n} sur la place."])) for n in (old, new))
    assert list_changes(before, after) == (("text",) if old != new else ())


PLAIN = st.lists(
    st.lists(st.sampled_from(["un", "pont", "rouvre", "12", "hier"]), min_size=1, max_size=9).map(" ".join)
)


@given(PLAIN, PLAIN)
def test_a_diff_shows_every_word_that_came(one: list[str], other: list[str]) -> None:
    before, after = article(text="\n".join(one)), article(text="\n".join(other), version=2)
    pieces = [piece for block in read_diff(diff_articles(before, after)) for piece in block]
    shown = " ".join(piece.text for piece in pieces if piece.kind != "old")
    for line in set(other) - set(one):
        assert line in " ".join(shown.split())


@given(st.text(max_size=60))
def test_a_folded_line_is_its_own_form(line: str) -> None:
    assert fold_line(fold_line(line)) == fold_line(line)


@given(st.text(max_size=200))
def test_any_diff_is_read(diff: str) -> None:
    list(read_diff(diff))
