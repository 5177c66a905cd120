"""Reservations of text and data mining, as hosts write them."""

import json

import pytest

from vigie.rights import read_tdm_rules, reserved_by_header, reserved_by_rules

SITE = "https://journal.example"


def reserved(location: str, path: str, reservation: object = 1) -> bool:
    rules = read_tdm_rules(json.dumps([{"location": location, "tdm-reservation": reservation}]))
    return reserved_by_rules(rules, SITE + path) is not None


@pytest.mark.parametrize(
    ("location", "path", "matches"),
    [
        ("/", "/", True),
        ("/", "", True),
        ("/", "/une?page=2", True),
        ("/abonnes", "/abonnes/une", True),
        ("/abonnes", "/Abonnes/une", False),
        ("/abonnes/", "/abonnes", False),
        ("/*/premium", "/monde/premium/une", True),
        ("/*/premium", "/premium", False),
        ("/*.pdf$", "/rapport.pdf", True),
        ("/*.pdf$", "/rapport.pdf?page=2", False),
        ("/*.pdf$", "/a.pdf.pdf", True),
        ("/une$", "/une", True),
        ("/une$", "/une/", False),
        ("/*a*b*c$", "/xaxbxc", True),
        ("/*a*b*c$", "/xaxc", False),
        ("/ab*b$", "/ab", False),
        ("*", "/n/importe/quoi", True),
        ("", "/une", True),
        ("/%7Ejean", "/~jean/une", True),
        ("/été", "/%C3%A9t%C3%A9", True),
        ("/prix-%24", "/prix-%24/une", True),
    ],
)
def test_a_location_matches_as_a_path_of_robots_txt(location: str, path: str, matches: bool) -> None:
    assert reserved(location, path) is matches


def test_the_first_rule_that_matches_decides() -> None:
    rows = [
        {"location": "/communiques", "tdm-reservation": 0},
        {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://journal.example/conditions.json"},
    ]
    rules = read_tdm_rules(json.dumps(rows))
    assert reserved_by_rules(rules, f"{SITE}/communiques/1") is None
    sentence = reserved_by_rules(rules, f"{SITE}/monde/1")
    assert sentence
    assert "/.well-known/tdmrep.json, règle /" in sentence
    assert "https://journal.example/conditions.json" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("reservation", [1, "1", True, 1.0])
def test_a_reservation_is_one_however_it_is_written(reservation: object) -> None:
    assert reserved("/", "/une", reservation)


@pytest.mark.parametrize("reservation", [0, "0", None, 2, "oui", [], {}])
def test_what_is_no_reservation(reservation: object) -> None:
    assert not reserved("/", "/une", reservation)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html>Introuvable</html>",
        "{}",
        "[1, null, []]",
        '[{"location": 5, "tdm-reservation": 1}]',
        "[" * 100_000,
    ],
)
def test_junk_reserves_nothing(text: str) -> None:
    assert reserved_by_rules(read_tdm_rules(text), f"{SITE}/une") is None


def test_a_pattern_that_would_explode_a_regular_expression() -> None:
    assert not reserved("/" + "*a" * 500 + "*b$", "/" + "a" * 4000)


def test_a_policy_cannot_forge_a_line() -> None:
    rules = read_tdm_rules(
        json.dumps([{"location": "/", "tdm-reservation": 1, "tdm-policy": "x\n\x1b[31mfaux"}])
    )
    sentence = reserved_by_rules(rules, f"{SITE}/une") or ""
    assert sentence.isprintable()


@pytest.mark.parametrize(
    ("value", "said"), [("1", True), (" 1 ", True), ("0", False), ("", False), (None, False)]
)
def test_the_header(value: str | None, said: bool) -> None:
    assert bool(reserved_by_header(value, None)) is said
    assert "https://a.example/p" in (reserved_by_header("1", "https://a.example/p") or "")
