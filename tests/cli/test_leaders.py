"""`vigie leaders`, as a desk and a script see it: what it answers, how it complains, its exit codes."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.desk import Outcome, call_vigie
from vigie.adapters.knowledge_files import DEFAULT_FOLDER

NIGHT = "2026-11-24"


def call(*arguments: str, now: str = "2026-10-01T09:00:00Z") -> Outcome:
    """`vigie leaders arguments` with a clock of its own; it opens no store."""
    return call_vigie("leaders", *arguments, environment={"VIGIE_NOW": now})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the desk's tables."""
    shutil.copytree(DEFAULT_FOLDER / "leaders", tmp_path / "leaders")
    return tmp_path


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Edit one file as a desk would."""
    path = folder / "leaders" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_shipped_tables_are_right() -> None:
    outcome = call("check")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-1] == "Tout y est."
    assert "Chefs d'État" in outcome.out


def test_check_for_machines() -> None:
    answer = call("check", "--json").json
    assert answer.keys() == {"ok", "errors", "warnings", "coverage"}
    assert (answer["ok"], answer["errors"], answer["warnings"]) == (True, [], [])
    kept = {"title", "country", "name", "office", "expected", "held", "vacant", "unknown", "missing", "share"}
    assert all(row.keys() == kept for row in answer["coverage"])
    france = next(
        row for row in answer["coverage"] if (row["country"], row["office"]) == ("FR", "head_of_state")
    )
    assert (france["held"], france["share"], france["missing"]) == (france["expected"], 1.0, [])
    # 1 January 2007 to 30 September 2026
    assert france["expected"] == 7213


def test_a_night_with_a_new_government(folder: Path) -> None:
    """What the README says to do, step by step; and what is said when a step is forgotten."""
    rows = (folder / "leaders" / "terms.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (old,) = [row for row in rows if re.match(r"FR,head_of_government,[\d-]+,,", row)]
    before = old.split(",")[4]
    new = f"FR,head_of_government,{NIGHT},,Jeanne Dupont,,Première ministre,no\n"
    change(folder, "terms.csv", old, old + new)
    there = ("--folder", str(folder), "--country", "FR", "--office", "head_of_government")
    forgotten = call("check", "--folder", str(folder))
    assert forgotten.code == 1
    assert f"Jeanne Dupont is head_of_government of FR from {NIGHT}, but {before} in line " in forgotten.out
    refused = call("at", NIGHT, *there)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("vigie: leaders/terms.csv, line ")
    change(folder, "terms.csv", old, old.replace(f",,{before}", f",{NIGHT},{before}"))
    assert call("check", "--folder", str(folder)).code == 0
    days = {"2026-11-23": before, NIGHT: "Jeanne Dupont"}
    assert {day: call("at", day, *there, "--json").json["terms"][0]["name"] for day in days} == days
    assert (
        call("at", *there, "--json", now=f"{NIGHT}T08:00:00Z").json["terms"][0]["id"] == "desk:jeanne-dupont"
    )


def test_all_errors_are_listed_each_with_its_line(folder: Path) -> None:
    with (folder / "leaders" / "terms.csv").open("a", encoding="utf-8") as file:
        file.write("FR,roi,2020-01-01,,X,,roi,no\nFR,head_of_state,2020-01-01,2021-01-01,X,,président,no\n")
    answer = call("check", "--folder", str(folder), "--json")
    assert answer.code == 1
    errors = answer.json["errors"]
    assert {(each["file"], each["field"]) for each in errors} == {
        ("leaders/terms.csv", "office"),
        ("leaders/terms.csv", "start"),
    }
    assert all(each["line"] > 3000 and each["way_out"] for each in errors)


def test_a_warning_is_no_error_and_stops_nobody(folder: Path) -> None:
    path = folder / "leaders" / "stretches.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if not row.startswith("LB,")), encoding="utf-8")
    answer = call("check", "--folder", str(folder), "--json")
    assert answer.code == 1
    assert answer.json["errors"] == []
    assert [each["line"] > 1 and each["field"] for each in answer.json["warnings"]] == ["start"] * 3
    assert call("at", "2023-01-01", "--country", "LB", "--folder", str(folder)).code == 0


def test_who_held_what() -> None:
    (term,) = call("at", "2024-09-20", "--country", "FR", "--office", "head_of_government", "--json").json[
        "terms"
    ]
    assert term == {
        "id": "Q438465",
        "name": "Michel Barnier",
        "country": "FR",
        "office": "head_of_government",
        "role": "hog",
        "titles": ["Premier ministre"],
        "start": "2024-09-05",
        "end": "2024-12-13",
    }
    table = call("at", "2024-09-20", "--country", "France", "--office", "premier ministre").out
    assert all(
        word in table for word in ("2024-09-20", "France", "Premier ministre", "Michel Barnier", "2024-12-13")
    )


@pytest.mark.parametrize(
    ("date", "names"),
    [
        ("2024-09-05", {"Michel Barnier"}),
        ("2024-09", {"Gabriel Attal", "Michel Barnier"}),
        ("2024", {"Élisabeth Borne", "Gabriel Attal", "Michel Barnier", "François Bayrou"}),
    ],
)
def test_a_partial_date_is_every_day_of_it(date: str, names: set[str]) -> None:
    terms = call("at", date, "--country", "fr", "--office", "head_of_government", "--json").json["terms"]
    assert {term["name"] for term in terms} == names


def test_an_empty_office_says_why() -> None:
    answer = call("at", "2023-01-01", "--country", "Liban", "--office", "head_of_state", "--json").json
    assert answer["terms"] == []
    assert [(each["kind"], each["start"], each["end"]) for each in answer["empty"]] == [
        ("vacant", "2022-10-30", "2025-01-09")
    ]
    assert "(vacant : le" in call("at", "2023-01-01", "--country", "LB").out


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Q329", "Nicolas Sarkozy"),
        ("nicolas sarkozy", "Nicolas Sarkozy"),
        ("DSK", "Dominique Strauss-Kahn"),
        ("le drian", "Jean-Yves Le Drian"),
        ("Zelensky", "Volodymyr Zelensky"),
    ],
)
def test_who_somebody_was(words: str, name: str) -> None:
    people = call("who", words, "--json").json["people"]
    assert [person["name"] for person in people] == [name]
    assert name in call("who", words).out


def test_terms_of_somebody_are_in_order_of_time_and_namesakes_are_all_shown() -> None:
    (barnier,) = call("who", "Michel Barnier", "--json").json["people"]
    starts = [term["start"] for term in barnier["terms"]]
    assert starts == sorted(starts)
    assert {"FR", "EU"} == {term["country"] for term in barnier["terms"]}
    assert len(call("who", "Albert II", "--json").json["people"]) == 2
    assert {"Marine Le Pen", "Jean-Marie Le Pen"} <= {
        p["name"] for p in call("who", "Pen", "--json").json["people"]
    }


def test_nobody_of_that_name() -> None:
    outcome = call("who", "Nemo")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == "vigie: nobody in leaders/terms.csv has the name Nemo\n"
    outcome = call("who", "Nemo", "--json")
    assert (outcome.code, outcome.json) == (1, {"people": []})
    assert call("who", "").code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("at", "hier"),
        ("at", "2024-13"),
        ("at", "2023-02-29"),
        ("at", "20240920"),
        ("at", "9999"),
        ("at", "0000"),
        ("at", "--country", "ZZ"),
        ("at", "--country", ""),
        ("at", "--office", "grand vizir"),
        ("at", "--office", " "),
        ("at", "--folder", "/nowhere"),
        ("check", "--folder", "/nowhere"),
        ("who",),
        ("roi",),
    ],
)
def test_bad_usage_is_one_line(arguments: tuple[str, ...]) -> None:
    outcome = call(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith("vigie: ")
    assert "Traceback" not in outcome.err
