"""What is an edit, what is cosmetic, and how an edit is shown."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOW, article, claim
from vigie.articles.changes import diff_articles, drop_noise, is_noise, list_changes, read_diff

PARAGRAPHS = (
    "Le chef de l'État a reçu jeudi à l'Élysée les représentants des communes rurales du pays.",
    "Selon l'Insee, « 12 partages de compétences » et 3 428 logements sont en cause ; le maire doute.",
    "Il y a deux ans, la même promesse avait été faite : rien n'a suivi, dit-il.",
)
BEFORE = article(title="L'État reçoit les maires", text="\n".join(PARAGRAPHS), authors=("Ana Bril",))


@pytest.mark.parametrize(
    "noise",
    [
        "123 partages",
        "1 204 vues",
        "12 commentaires",
        "Commentaires (12)",
        "Partager sur Facebook",
        "Lire aussi : Les maires en colère",
        "À lire aussi Les maires en colère",
        "Sur le même sujet : le budget des communes",
        "Temps de lecture : 3 min",
        "Lecture 4 minutes",
        "3 min de lecture",
        "il y a 2 h",
        "Mis à jour il y a 3 heures",
        "Publié à l'instant",
        "Publié le vendredi 9 février 2018 à 18h30, mis à jour à 20h12",
        "PUBLICITÉ",
        "La suite après cette publicité",
        "Mis à jour il y a 5 min | 12 commentaires | Partager",
        "   ",
    ],
)
def test_noise(noise: str) -> None:
    assert is_noise(noise)
    assert list_changes(BEFORE, replace(BEFORE, text=f"{noise}\n{BEFORE.text}")) == ()
    assert drop_noise(f"{PARAGRAPHS[0]}\n{noise}") == PARAGRAPHS[0]


@pytest.mark.parametrize(
    "line",
    [
        *PARAGRAPHS,
        "Il y a 2 heures, le ministre a démissionné.",
        "Publié par le ministère, le rapport accable l'État.",
        "12 commentaires sur cent sont hostiles.",
        "Partager le gâteau : c'est la promesse du ministre.",
    ],
)
def test_a_sentence_is_no_noise(line: str) -> None:
    assert not is_noise(line)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(reversed(PARAGRAPHS)),
        " ".join(PARAGRAPHS),
        "\n\n".join(PARAGRAPHS).replace("'", "’"),
        BEFORE.text.replace("« ", "«\u00a0").replace(" »", "\u202f»").replace(" ;", "\u202f;"),
        BEFORE.text.replace("« ", "“").replace(" »", "”"),
        BEFORE.text.replace("3 428", "3\u202f428"),
    ],
)
def test_cosmetic(text: str) -> None:
    assert list_changes(BEFORE, replace(BEFORE, text=text)) == ()


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        ({"text": BEFORE.text.replace("3 428", "3 429")}, ("text",)),
        ({"text": BEFORE.text.replace("le maire doute", "le maire ne doute pas")}, ("text",)),
        ({"text": f"{BEFORE.text}\nLe 3 mars, il se rétracte."}, ("text",)),
        ({"standfirst": "Un chapô de plus."}, ("text",)),
        ({"title": "L'État éconduit les maires"}, ("title",)),
        ({"authors": ("Ana Bril", "Paul Oster")}, ("authors",)),
        ({"authors": ("ana bril",)}, ()),
        ({"authors": ()}, ()),
        ({"title": "L’État reçoit  les maires"}, ()),
        ({"title": "Autre", "text": "Autre.", "authors": ("X",)}, ("title", "text", "authors")),
    ],
)
def test_changes(after: dict[str, object], changed: tuple[str, ...]) -> None:
    assert list_changes(BEFORE, replace(BEFORE, **after)) == changed  # type: ignore[arg-type]  # a test names the fields it changes


def test_a_date_that_is_stated_anew_is_a_change_and_one_that_is_no_longer_stated_is_none() -> None:
    first = replace(BEFORE, dates=(claim(NOW - timedelta(hours=3), origin="json-ld"),))
    later = replace(BEFORE, dates=(claim(NOW - timedelta(hours=1), origin="json-ld"),))
    seconds = replace(BEFORE, dates=(claim(NOW - timedelta(hours=3, seconds=-20), origin="json-ld"),))
    vague = replace(BEFORE, dates=(claim(NOW - timedelta(hours=9), origin="json-ld", precision="day"),))
    assert list_changes(first, later) == ("date",)
    assert list_changes(BEFORE, first) == ("date",)
    assert list_changes(first, BEFORE) == list_changes(first, seconds) == list_changes(first, vague) == ()
    assert "+Date : 2026-03-10 08:30 UTC" in diff_articles(first, later)


def test_a_diff_shows_what_changed() -> None:
    before = article(title="Un titre", text="Premier.\nDeuxième.\nTroisième.\n12 partages")
    after = replace(
        before, version=2, title="Un autre titre", text="Premier.\nSecond.\nTroisième.\n13 partages"
    )
    assert diff_articles(before, after).splitlines() == [
        "--- version 1",
        "+++ version 2",
        "@@ -1,4 +1,4 @@",
        "-Un titre",
        "+Un autre titre",
        " Premier.",
        "-Deuxième.",
        "+Second.",
        " Troisième.",
    ]
    assert diff_articles(before, before) == ""


def test_a_diff_has_its_authors() -> None:
    after = replace(BEFORE, authors=("Ana Bril", "Paul Oster"))
    assert "+Auteurs : Ana Bril, Paul Oster" in diff_articles(BEFORE, after).splitlines()


def words_of(before: str, after: str) -> list[tuple[str, str]]:
    """The word diff of two texts under one title."""
    one = article(text=before)
    blocks = read_diff(diff_articles(one, replace(one, version=2, text=after)))
    return [(piece.kind, piece.text) for pieces in blocks for piece in pieces]


def test_a_diff_is_read_word_by_word() -> None:
    assert words_of("Au moins 12 morts dans l'accident.", "Au moins 15 morts dans l'accident.") == [
        ("same", "Au moins"),
        ("old", "12"),
        ("new", "15"),
        ("same", "morts dans l'accident."),
    ]
    assert words_of("Un.\nDeux.", "Un.\nDeux.\nTrois et quatre.") == [("new", "Trois et quatre.")]
    assert words_of("Un.\nDeux ou trois.", "Un.") == [("old", "Deux ou trois.")]


def test_far_from_a_change_words_are_left_out() -> None:
    long = " ".join(f"mot{n}" for n in range(60))
    (_, same), (_, old), (_, new), (_, rest) = words_of(f"{long} 12 {long}", f"{long} 15 {long}")
    assert same == "… " + " ".join(f"mot{n}" for n in range(52, 60))
    assert (old, new) == ("12", "15")
    assert rest == " ".join(f"mot{n}" for n in range(8)) + " …"


def test_paragraphs_with_little_in_common_stand_one_after_the_other() -> None:
    assert words_of("Le pont rouvre demain.", "Aucune réouverture : la mairie y renonce.") == [
        ("old", "Le pont rouvre demain."),
        ("new", "Aucune réouverture : la mairie y renonce."),
    ]


def test_lines_that_begin_like_a_diff_are_read() -> None:
    assert words_of("- un\n+ deux", "- un\n+ trois") == [("same", "+"), ("old", "deux"), ("new", "trois")]


def test_long_paragraphs_are_compared_in_time() -> None:
    words = [f"m{n % 700}" for n in range(60_000)]
    other = [*words[:30_000], "douze", *words[30_001:]]
    pieces = words_of(" ".join(words), " ".join(other))
    assert [(kind, text) for kind, text in pieces if kind != "same"] == [
        ("old", words[30_000]),
        ("new", "douze"),
    ]
    assert len("".join(text for _, text in pieces)) < 200


def test_many_edits_in_a_long_paragraph_are_found() -> None:
    words = [f"m{n}" for n in range(1200)]
    other = ["neuf" if n % 100 == 50 else word for n, word in enumerate(words)]
    kinds = [kind for kind, _ in words_of(" ".join(words), " ".join(other))]
    assert kinds.count("old") == kinds.count("new") == 12


def test_what_cannot_be_compared_in_time_is_shown_whole() -> None:
    before, after = (" ".join(f"{letter}{n % 9}" for n in range(20_000)) for letter in "ab")
    assert words_of(before, after) == [("old", before), ("new", after)]
