import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from vigie.adapters.knowledge_files import DEFAULT_FOLDER, load_knowledge
from vigie.errors import UsageError
from vigie.knowledge import FILES, read_knowledge
from vigie.knowledge.rules import read_file, read_offices
from vigie.knowledge.types.keyphrases import StopWords
from vigie.tagging.leaders.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def texts() -> Mapping[str, str]:
    return {name: (DEFAULT_FOLDER / name).read_text(encoding="utf-8") for name in FILES}


def _with_line(texts: Mapping[str, str], file: str, line: str) -> dict[str, str]:
    return {**texts, file: texts[file] + line + "\n"}


def _last_line(texts: Mapping[str, str], file: str) -> int:
    return texts[file].count("\n") + 1


TERMS = "leaders/terms.csv"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("FR,head_of_state,2017-13-01,,X,,président,no", "start: '2017-13-01' is not a date"),
        ("FR,head_of_state,2017-05-01,2016-05-01,X,,président,no", "end: 2016-05-01 is before the start"),
        ("FR,roi,2017-05-01,,X,,roi,no", "office: 'roi' is not in offices.yml"),
        ("FR,head_of_state,2017-05-01,,X,P31,président,no", "wikidata: 'P31' is not a Wikidata id"),
        ("FR,head_of_state,2017-05-01,,,,président,no", "person: is empty"),
        ("FR,head_of_state,,,X,,président,no", "start: is empty"),
        ("FR,head_of_state,2017-05-01", "must have 8 fields"),
    ],
)
def test_a_wrong_term_is_named_with_its_line(texts: Mapping[str, str], row: str, complaint: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_knowledge(_with_line(texts, TERMS, row))
    assert str(refused.value).startswith(f"{TERMS}, line {_last_line(texts, TERMS)}")
    assert complaint in str(refused.value)


def test_a_doubled_row_is_refused(texts: Mapping[str, str]) -> None:
    again = texts[TERMS].splitlines()[5]
    with pytest.raises(UsageError, match="the same row stands in line 6"):
        read_knowledge(_with_line(texts, TERMS, again))


def test_an_unknown_key_is_named_with_file_line_and_field(texts: Mapping[str, str]) -> None:
    row = '  - {id: "desk:x", label: X, strongs: [a]}'
    with pytest.raises(
        UsageError, match=rf"topics/desk.yml, line {_last_line(texts, 'topics/desk.yml')}, .*strongs"
    ):
        read_knowledge(_with_line(texts, "topics/desk.yml", row))


@pytest.mark.parametrize(
    ("file", "line", "complaint"),
    [
        ("topics/desk.yml", '  - {id: "desk:gaza", label: X, strong: [a]}', "id: 'desk:gaza' stands twice"),
        (
            "topics/desk.yml",
            '  - {id: "desk:x", label: X, broader: ["medtop:1"]}',
            "broader: 'medtop:1' has no rule",
        ),
        ("topics/desk.yml", '  - {id: "gaza", label: X}', "id: String should match"),
        ("leaders/seats.csv", "Louvre,FR,roi", "office: 'roi'"),
        (
            "leaders/periphrases.csv",
            "le chef,FR,head_of_state,Nemo,,,",
            "person: 'Nemo' has no row in terms.csv",
        ),
        ("leaders/offices.yml", "king: {role: queen, titles: []}", "king.role"),
        ("leaders/countries.csv", "FR,x,,,,,,,head_of_state,,,,", "code: 'FR' stands twice"),
        ("topics/desk.yml", "  - {id: ", "line"),
    ],
)
def test_other_files_are_checked_too(texts: Mapping[str, str], file: str, line: str, complaint: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_knowledge(_with_line(texts, file, line))
    assert str(refused.value).startswith(f"{file}, line ")
    assert complaint in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"terms\.csv: cannot be read"):
        load_knowledge(tmp_path)


def test_terms_are_sorted_as_the_readme_says(texts: Mapping[str, str]) -> None:
    rows = texts[TERMS].splitlines()[1:]
    assert rows == sorted(rows)


def test_the_digest_follows_the_data(texts: Mapping[str, str]) -> None:
    changed = _with_line(texts, "topics/desk.yml", "# a remark")
    assert read_knowledge(texts).digest == load_knowledge().digest != read_knowledge(changed).digest


def test_it_does_not_read_its_files_once_a_row() -> None:
    started = time.process_time()
    Gazetteer(load_knowledge())
    assert time.process_time() - started < 10  # 0.2 s when measured; once a row took 24 s


def test_yaml_takes_no_french_word_for_a_truth_value() -> None:
    words = read_file(
        "words.yml", "calendar: [on, non, oui, NO, no, yes, off, y]\nnouns: []", StopWords
    ).calendar
    assert words == ("on", "non", "oui", "NO", "no", "yes", "off", "y")
    title = read_offices("a: {role: hos, titles: [{titles: [x], bare: true}, {titles: [y], bare: false}]}")[
        "a"
    ]
    assert [one.bare for one in title.titles] == [True, False]
