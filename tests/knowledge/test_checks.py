"""What the loader refuses, what it warns of, and where it says that something is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.tables import FRANCE, STRETCHES, TERMS, shipped_texts, small
from vigie.errors import UsageError
from vigie.knowledge.checks import find_warnings
from vigie.knowledge.examination import examine
from vigie.knowledge.findings import SHOWN
from vigie.knowledge.leaders import examine_leaders, read_leaders

BEGUN = "FR,head_of_state,2017-05-14,,Emmanuel Macron,Q3052772,président,yes"
MINISTER = "FR,minister,2020-07-06,2022-05-20,Roselyne Bachelot,Q436173,ministre de la Culture,no"
PARTY = "FR,party_leader,2018-04-07,,Olivier Faure,Q3351018,premier secrétaire du PS,no"
ALBERTS = """
BE,head_of_state,1993-08-09,2013-07-21,Albert II,Q3911,roi,yes
MC,head_of_state,2005-04-06,,Albert II,Q3910,prince,yes
""".strip()


def refusal(rows: str, stretch_rows: str = "", aliases: str = "people: {}") -> list[str]:
    """The lines of the complaint."""
    with pytest.raises(UsageError) as refused:
        read_leaders(small(rows, stretch_rows, aliases))
    return str(refused.value).splitlines()


@pytest.mark.parametrize(
    ("row", "field", "complaint"),
    [
        (f"{BEGUN},", "", "must have 8 fields"),
        ("FR,roi,2017-05-01,,X,,roi,no", "office", "'roi' is not in offices.yml"),
        ("ZZ,head_of_state,2017-05-01,,X,,roi,no", "country", "'ZZ' is not in countries.csv"),
        (",head_of_state,2017-05-01,,X,,roi,no", "country", "'' is not in countries.csv"),
        ("UN,head_of_state,2017-05-01,,X,,roi,no", "country", "'UN' is not in countries.csv"),
        ("FR,head_of_state,2017-13-01,,X,,roi,no", "start", "'2017-13-01' is not a date"),
        ("FR,head_of_state,20170501,,X,,roi,no", "start", "'20170501' is not a date"),
        ("FR,head_of_state,2017-W20-1,,X,,roi,no", "start", "is not a date"),
        ("FR,head_of_state,2017-05-01,2017,X,,roi,no", "end", "'2017' is not a date"),
        ("FR,head_of_state,2017-05-01,2016-05-01,X,,roi,no", "end", "before the start"),
        ("FR,head_of_state,2017-05-01,2017-05-01,X,,roi,no", "end", "no day of this term is sure"),
        ("FR,head_of_state,2017-05,2017-05,X,,roi,no", "end", "no day of this term is sure"),
        ("FR,head_of_state,2017-05-01,,X,Q0,roi,no", "wikidata", "'Q0' is not a Wikidata id"),
        ("FR,head_of_state,2017-05-01,,X,q157,roi,no", "wikidata", "'q157' is not a Wikidata id"),
        ("FR,head_of_state,2017-05-01,,,,roi,no", "person", "is empty"),
        ("FR,head_of_state,,,X,,roi,no", "start", "is empty"),
        ("FR,head_of_state,2017-05-01,,X,,,no", "label", "is empty"),
        ("FR,head_of_state,2017-05-01,,X,,roi,peut-être", "checked", "neither yes nor no"),
    ],
)
def test_a_row_that_cannot_be_is_named_with_line_field_and_a_way_out(
    row: str, field: str, complaint: str
) -> None:
    (line,) = refusal(f"{FRANCE}\n{row}")
    assert line.startswith(f"{TERMS}, line 4{f', {field}' if field else ''}: ")
    assert complaint in line
    assert "; " in line


@pytest.mark.parametrize(
    ("rows", "line", "other"),
    [
        (f"{FRANCE}\nFR,head_of_state,2016-01-01,2016-02-01,X,,président,no", 4, 2),
        (f"{FRANCE}\nFR,head_of_state,2020-01-01,,X,,président par intérim,no", 4, 3),
        (f"{FRANCE}\nFR,head_of_state,2017-05-13,2017-05-14,X,,président,no", 4, 2),
        (
            "FR,head_of_state,2017-05-14,,X,,président,no\nFR,head_of_state,2012-05-15,2017-05-15,Y,,président,no",
            2,
            3,
        ),
        (f"{MINISTER}\nFR,minister,2022-05-19,,Rima Abdul Malak,,ministre de la culture|ministre,no", 3, 2),
        (
            f"{MINISTER}\nFR,minister,2021-01-01,2021-02-01,Roselyne Bachelot,Q436173,ministre de la Culture|x,no",
            3,
            2,
        ),
        (f"{PARTY}\nFR,party_leader,2025-06-15,,X,,premier secrétaire du PS,no", 3, 2),
        (
            "US,senator,2007-01-03,,Bernie Sanders,,sénateur,no\nUS,senator,2020-01-03,,Bernie Sanders,,sénateur,no",
            3,
            2,
        ),
    ],
)
def test_two_holders_at_once_are_refused_with_both_lines(rows: str, line: int, other: int) -> None:
    (complaint,) = refusal(rows)
    assert complaint.startswith(f"{TERMS}, line {line}, start: ")
    assert f"in line {other} " in complaint
    assert f"end line {other} on " in complaint
    assert "stretches.csv" in complaint


@pytest.mark.parametrize(
    ("rows", "stretch_rows"),
    [
        (FRANCE, ""),
        (
            f"{MINISTER}\nFR,minister,2020-07-06,2022-05-20,Olivier Dussopt,Q2020823,ministre des Comptes publics,no",
            "",
        ),
        (f"{PARTY}\nFR,party_leader,2021-09-13,,Jordan Bardella,,président du RN,no", ""),
        (
            "US,senator,2007-01-03,,Bernie Sanders,,sénateur,no\nUS,senator,2001-01-03,,Hillary Clinton,,sénatrice,no",
            "",
        ),
        (
            "SM,head_of_state,2026-04-01,,Alice Mina,,capitaine-régente,no\n"
            "SM,head_of_state,2026-04-01,,Vladimiro Selva,,capitaine-régent,no",
            "SM,head_of_state,2006-10-01,,shared,deux capitaines-régents",
        ),
        (
            "BD,head_of_state,2009-02-12,2013-03-20,A,,président,no\n"
            "BD,head_of_state,2013-03-14,,B,,président par intérim,no",
            "BD,head_of_state,2013-03-14,2013-03-20,shared,maladie",
        ),
        ("FR,head_of_state,2012-05,2017-05,A,,président,no\nFR,head_of_state,2017-05,,B,,président,no", ""),
    ],
)
def test_what_may_stand_side_by_side(rows: str, stretch_rows: str) -> None:
    assert read_leaders(small(rows, stretch_rows)).rows


def test_what_is_shared_for_a_while_is_not_shared_for_ever() -> None:
    rows = (
        "BD,head_of_state,2009-02-12,2013-03-21,A,,président,no\nBD,head_of_state,2013-03-14,,B,,président,no"
    )
    assert "line 3" in refusal(rows, "BD,head_of_state,2013-03-14,2013-03-20,shared,maladie")[0]


def test_the_same_row_twice_is_one_complaint() -> None:
    (line,) = refusal(f"{FRANCE}\n{FRANCE.splitlines()[1]}")
    assert line.startswith(f"{TERMS}, line 4: the same row stands in line 3")


def test_one_name_under_two_ids() -> None:
    (line,) = refusal(ALBERTS)
    assert line.startswith(f"{TERMS}, line 3, wikidata: Albert II is Q3910 here and Q3911 in line 2; ")
    assert "homonyms" in line
    declared = "people: {}\nhomonyms: {Albert II: [Q3910, Q3911]}"
    assert len(read_leaders(small(ALBERTS, aliases=declared)).rows) == 2
    assert refusal(ALBERTS.replace("Q3910", ""), aliases=declared)


def test_one_id_under_two_names() -> None:
    rows = f"{FRANCE}\nAD,head_of_state,2017-05-14,,E. Macron,Q3052772,coprince,no"
    (line,) = refusal(rows)
    assert line.startswith(
        f"{TERMS}, line 4, person: Q3052772 is E. Macron here and Emmanuel Macron in line 3; "
    )


def test_all_that_is_wrong_is_told_at_once_but_not_without_end() -> None:
    bad = "\n".join(f"FR,head_of_state,2017-13-{n:02},,X,,roi,no" for n in range(SHOWN + 5))
    lines = refusal(f"{FRANCE}\n{bad}")
    assert len(lines) == SHOWN + 1
    assert lines[0].startswith(f"{TERMS}, line 4, ")
    assert lines[-1].startswith("5 more are wrong")


@pytest.mark.parametrize("text", ["", "person,start\n", 'country,office\n"FR,x\n', "\ufeffcountry\n"])
def test_a_table_that_is_none_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(UsageError, match=r"^leaders/terms\.csv, line \d+: "):
        read_leaders({**small(FRANCE), TERMS: text})


def test_a_quotation_mark_that_never_ends() -> None:
    with pytest.raises(UsageError, match=r"^leaders/terms\.csv, line \d+: "):
        read_leaders({**small(FRANCE), TERMS: small(FRANCE)[TERMS] + 'FR,"head_of_state'})


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("FR,roi,2017-01-01,,vacant,x", "line 2, office: 'roi'"),
        ("ZZ,head_of_state,2017-01-01,,vacant,x", "line 2, country: 'ZZ'"),
        ("FR,head_of_state,2017-01-01,,empty,x", "line 2, kind: 'empty'"),
        ("FR,head_of_state,2017-01-01,,vacant,", "line 2, reason: is empty"),
        ("FR,head_of_state,le 1er,,vacant,x", "line 2, start, end: "),
        ("FR,head_of_state,2017-01-01,2016-01-01,vacant,x", "line 2, end: "),
        ("FR,head_of_state,2017-01-01,vacant,x", "line 2: must have 6 fields"),
    ],
)
def test_a_stretch_that_cannot_be(row: str, complaint: str) -> None:
    (line,) = refusal(FRANCE, row)
    assert line.startswith(f"{STRETCHES}, {complaint}")


def warnings(rows: str, stretch_rows: str = "") -> list[str]:
    """What `vigie leaders check` would warn of in those rows."""
    leaders, errors = examine_leaders(small(rows, stretch_rows))
    assert errors == []
    return [
        str(each)
        for each in find_warnings(leaders.rows, leaders.stretches, leaders.offices, date(2007, 1, 1))
    ]


LEBANON = """
LB,head_of_state,2008-05-25,2014-05-24,Michel Sleimane,,président,no
LB,head_of_state,2016-10-31,,Michel Aoun,,président,no
""".strip()


def test_a_gap_is_a_warning_and_stops_nobody() -> None:
    (line,) = warnings(LEBANON)
    assert line.startswith(
        f"{TERMS}, line 3, start: nobody is head_of_state of LB from 2014-05-24 to 2016-10-31"
    )
    assert "line 2" in line
    assert "(LB,head_of_state,2014-05-24,2016-10-31,vacant,why)" in line


@pytest.mark.parametrize(
    ("stretch_rows", "told"),
    [
        ("LB,head_of_state,2014-05-24,2016-10-31,vacant,blocage", 0),
        ("LB,head_of_state,2014-05-24,2016-10-31,unknown,non relevé", 0),
        ("LB,head_of_state,2014-05-24,2016-10-31,absent,x", 0),
        ("LB,head_of_state,2014-05-24,2016-10-31,shared,x", 1),
        ("LB,head_of_state,2014-05-24,2016-01-01,vacant,blocage", 1),
        ("LB,head_of_state,2014-05-24,2016-10-01,vacant,blocage", 0),  # 30 days are left: no gap
        ("LB,head_of_state,2014-05-01,2017-01-01,vacant,blocage", 2),  # two who hold it meanwhile
        ("LB,head_of_government,2014-05-24,2016-10-31,vacant,blocage", 1),
    ],
)
def test_a_gap_that_is_declared(stretch_rows: str, told: int) -> None:
    assert len(warnings(LEBANON, stretch_rows)) == told


@pytest.mark.parametrize(
    "rows",
    [
        "FR,head_of_state,1959-01-08,1969-04-28,A,,président,no\nFR,head_of_state,1981-05-21,,B,,président,no",
        "FR,minister,2010-01-01,2011-01-01,A,,ministre de la Ville,no\nFR,minister,2015-01-01,,B,,ministre de la Ville,no",
        "FR,president_elect,2012-05-06,2012-05-15,A,,président élu,no\nFR,president_elect,2017-05-07,,B,,président élu,no",
        "FR,head_of_state,2012-05-15,2017-05-14,A,,président,no\nFR,head_of_state,2017-06-14,,B,,président,no",
    ],
)
def test_what_is_no_gap(rows: str) -> None:
    assert warnings(rows) == []


def test_a_vacancy_that_somebody_fills_is_named_in_its_own_file() -> None:
    (line,) = warnings(FRANCE, "FR,head_of_state,2017-05-01,2017-06-01,unknown,x")[:1]
    assert line.startswith(
        f"{STRETCHES}, line 2, start, end: head_of_state of FR is unknown here, but François Holl"
    )


def test_rows_out_of_order_and_names_that_are_nearly_the_same() -> None:
    first, second = FRANCE.splitlines()
    assert [line.split(":")[0] for line in warnings(f"{second}\n{first}")] == [f"{TERMS}, line 3"]
    near = f"{FRANCE}\nFR,minister,2010-01-01,,Francois Hollande,,ministre,no"
    (line,) = warnings(near)
    assert line.startswith(
        f"{TERMS}, line 4, person: Francois Hollande is nearly François Hollande in line 2"
    )


def test_examining_tells_everything_and_raises_nothing() -> None:
    found = examine(small(f"{LEBANON}\nFR,roi,2017-01-01,,X,,roi,no"), date(2026, 11, 23))
    assert not found.ok
    assert len(found.errors) >= 1
    assert any("nobody is head_of_state of LB" in str(each) for each in found.warnings)
    broken = examine(
        {**shipped_texts(), "leaders/offices.yml": "head_of_state: {role: queen}"}, date(2026, 11, 23)
    )
    assert [str(each)[:22] for each in broken.errors] == ["leaders/offices.yml, l"]
    seats = examine(
        {**shipped_texts(), "leaders/seats.csv": "seat,country,office\nX,FR,roi\n"}, date(2026, 11, 23)
    )
    assert ["seats.csv, line 2" in str(each) for each in seats.errors] == [True]


DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(DAYS, DAYS, st.integers(1, 4)), min_size=1, max_size=6), DAYS)
def test_a_table_is_refused_or_names_one_holder_a_day(terms: list[tuple[date, date, int]], day: date) -> None:
    spans = [(min(a, b), max(a, b), who) for a, b, who in terms if a != b]
    rows = "\n".join(f"FR,head_of_state,{a},{b},P{who},,président,no" for a, b, who in spans)
    leaders, errors = examine_leaders(small(rows or FRANCE))
    holders = [row.term for row in leaders.rows if row.term.covers(day)]
    assert errors or len(holders) <= 1
    overlapping = any(x[0] < y[1] and y[0] < x[1] for i, x in enumerate(spans) for y in spans[:i])
    assert bool(errors) == overlapping
