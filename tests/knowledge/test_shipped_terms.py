"""The shipped tables: whole, covering what they promise, and right where we are sure."""

import re
import time
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.tables import shipped, shipped_texts
from vigie.adapters.knowledge_files import load_knowledge
from vigie.knowledge.coverage import Row, measure_coverage, read_coverage
from vigie.knowledge.examination import examine
from vigie.knowledge.leaders import read_leaders
from vigie.tagging.leaders.gazetteer import Gazetteer
from vigie.tagging.moment import Moment

TODAY = date(2026, 10, 1)
UNITED_NATIONS = frozenset(
    re.findall(
        r"[A-Z]{2}",
        """
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU
CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ
IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU
MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN
SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VC VE VN VU WS YE ZA ZM ZW
""",
    )
)
OTHERS = ["PS", "TW", "VA", "XK"]


def measured() -> list[Row]:
    return measure_coverage(shipped(), read_coverage(shipped_texts()), TODAY)


def test_the_shipped_tables_have_nothing_to_mend() -> None:
    found = examine(shipped_texts(), TODAY)
    assert [str(each) for each in (*found.errors, *found.warnings)] == []


def test_every_country_is_there_with_its_heads() -> None:
    assert len(UNITED_NATIONS) == 193
    assert {country.code for country in shipped().countries} == {*UNITED_NATIONS, *OTHERS}
    rows = [row for row in measured() if row.title in ("Chefs d'État", "Chefs de gouvernement")]
    assert {row.country for row in rows if row.office == "head_of_state"} == {*UNITED_NATIONS, *OTHERS}
    led = {country.code for country in shipped().countries if country.leads == "head_of_government"}
    assert {row.country for row in rows if row.office == "head_of_government"} == led
    assert {row.name: row.share for row in rows if row.share < 0.96} == {}
    assert {row.name: row.expected for row in rows if row.expected < 18 * 365} == {
        "Soudan du Sud, président": (TODAY - date(2011, 7, 9)).days
    }


@pytest.mark.parametrize(
    ("title", "floor", "worst"),
    [
        ("Chefs d'État", 0.999, 0.96),
        ("Chefs de gouvernement", 0.998, 0.96),
        ("Chefs de gouvernement à côté d'un président", 0.997, 0.98),
        ("La France", 0.998, 0.99),
        ("Gouvernements français", 0.995, 0.98),
        ("Partis français", 0.96, 0.85),
        ("Union européenne", 0.998, 0.99),
        ("ONU et autres organisations", 0.999, 0.99),
        ("Otan, Francophonie, Union africaine, Cédéao", 0.99, 0.98),
        ("Ministres des Affaires étrangères", 0.99, 0.87),
        ("Grands ministères", 0.99, 0.91),
        ("États-Unis", 0.995, 0.99),
    ],
)
def test_coverage_does_not_fall(title: str, floor: float, worst: float) -> None:
    """Known or rightly empty days since 2007, of all days; lower a floor only on purpose."""
    rows = [row for row in measured() if row.title == title]
    share = sum(row.held + row.vacant for row in rows) / sum(row.expected for row in rows)
    assert share >= floor
    assert {row.name: round(row.share, 3) for row in rows if row.share < worst} == {}


def test_every_promise_is_held_to_a_floor() -> None:
    assert {row.title for row in measured()} == {
        mark[0]
        for mark in test_coverage_does_not_fall.pytestmark[0].args[1]  # type: ignore[attr-defined]  # pytest's own
    }


FACTS = """
2007-03-01 FR head_of_state Jacques Chirac
2007-06-01 FR head_of_state Nicolas Sarkozy
2008-02-01 FR head_of_government François Fillon
2012-05-20 FR head_of_government Jean-Marc Ayrault
2014-12-25 FR head_of_government Manuel Valls
2016-12-25 FR head_of_government Bernard Cazeneuve
2018-01-01 FR head_of_government Édouard Philippe
2021-01-01 FR head_of_government Jean Castex
2023-03-16 FR head_of_government Élisabeth Borne
2024-06-09 FR head_of_government Gabriel Attal
2024-09-20 FR head_of_government Michel Barnier
2025-02-01 FR head_of_government François Bayrou
2025-12-01 FR head_of_government Sébastien Lecornu
2008-07-01 FR foreign_minister Bernard Kouchner
2011-01-15 FR foreign_minister Michèle Alliot-Marie
2013-08-25 FR foreign_minister Laurent Fabius
2018-04-14 FR foreign_minister Jean-Yves Le Drian
2022-12-01 FR foreign_minister Catherine Colonna
2024-03-01 FR foreign_minister Stéphane Séjourné
2007-04-15 FR interior_minister François Baroin
2015-11-13 FR interior_minister Bernard Cazeneuve
2018-12-01 FR interior_minister Christophe Castaner
2023-07-01 FR interior_minister Gérald Darmanin
2009-01-01 FR defence_minister Hervé Morin
2015-01-15 FR defence_minister Jean-Yves Le Drian
2017-06-01 FR defence_minister Sylvie Goulard
2010-05-09 FR finance_minister Christine Lagarde
2020-03-20 FR finance_minister Bruno Le Maire
2014-01-01 FR justice_minister Christiane Taubira
2021-01-01 FR justice_minister Éric Dupond-Moretti
2013-05-01 FR assembly_president Claude Bartolone
2023-03-16 FR assembly_president Yaël Braun-Pivet
2013-01-01 FR senate_president Jean-Pierre Bel
2020-01-01 FR senate_president Gérard Larcher
2009-06-01 US head_of_state Barack Obama
2020-11-15 US head_of_state Donald Trump
2021-01-21 US head_of_state Joe Biden
2018-04-14 US foreign_minister -
2013-09-01 US foreign_minister John Kerry
2019-06-01 US defence_minister Patrick Shanahan
2018-01-01 US interior_minister Kirstjen Nielsen
2024-08-01 US vice_president Kamala Harris
2009-01-01 RU head_of_state Dmitri Medvedev
2009-01-01 RU head_of_government Vladimir Poutine
2018-04-14 RU head_of_state Vladimir Poutine
2014-03-18 RU foreign_minister Sergueï Lavrov
2023-06-24 RU defence_minister Sergueï Choïgou
2016-07-01 GB head_of_government David Cameron
2022-09-15 GB head_of_government Liz Truss
2022-09-10 GB head_of_state Charles III
2022-10-22 GB interior_minister Grant Shapps
2015-09-01 DE head_of_government Angela Merkel
2022-02-27 DE head_of_government Olaf Scholz
2017-12-01 DE finance_minister Peter Altmaier
2019-01-01 IT head_of_government Giuseppe Conte
2018-07-01 IT interior_minister Matteo Salvini
2017-10-27 ES head_of_government Mariano Rajoy
2013-02-20 VA pope Benoît XVI
2013-03-05 VA pope -
2025-05-01 VA pope -
2016-07-15 TR head_of_state Recep Tayyip Erdogan
2014-02-01 UA head_of_state Viktor Ianoukovitch
2022-02-24 UA head_of_state Volodymyr Zelensky
2015-07-14 IR foreign_minister Mohammad Javad Zarif
2024-06-01 IR foreign_minister Ali Bagheri Kani
2016-06-01 IL foreign_minister Benyamin Netanyahou
2023-01-01 LB head_of_state -
2015-01-01 LB head_of_state -
2017-11-05 LB head_of_government Saad Hariri
2011-01-10 TN head_of_state Zine el-Abidine Ben Ali
2012-06-01 TN head_of_state Moncef Marzouki
2021-09-01 TN head_of_government -
2010-06-01 EG head_of_state Hosni Moubarak
2013-06-01 EG head_of_state Mohamed Morsi
2015-09-20 BF head_of_state Gilbert Diendéré
2020-08-20 ML head_of_state Assimi Goïta
2020-09-01 ML head_of_government -
2018-05-01 CI foreign_minister Marcel Amon-Tanoh
2015-01-01 SN foreign_minister Mankeur Ndiaye
2018-01-01 CH foreign_minister Ignazio Cassis
2015-01-01 CH foreign_minister Didier Burkhalter
2016-01-01 AM foreign_minister Edward Nalbandian
2018-01-01 AZ foreign_minister Elmar Mamediarov
2014-01-01 QA foreign_minister Khaled ben Mohammed al-Attiyah
2011-01-01 JP foreign_minister Seiji Maehara
2017-03-15 KR head_of_state Hwang Kyo-ahn
2011-03-01 LY head_of_state Mouammar Kadhafi
2008-03-01 CU head_of_state Raul Castro
2007-01-15 CD head_of_state Joseph Kabila
2016-05-01 BR head_of_state Dilma Rousseff
2016-10-01 BR head_of_state Michel Temer
2024-01-01 AR head_of_state Javier Milei
2012-10-01 EU eu_commission_president José Manuel Barroso
2024-09-01 EU eu_council_president Charles Michel
2016-01-01 EU eu_high_representative Federica Mogherini
2008-06-01 EU eu_council_president -
2018-06-01 EU ecb_president Mario Draghi
2011-06-01 UN imf_managing_director John Lipsky
2016-10-01 UN un_secretary_general Ban Ki-moon
2020-12-01 UN wto_director_general -
2025-01-01 UN icc_president Tomoko Akane
2019-10-01 UN iaea_director_general Cornel Feruta
""".strip().splitlines()


@pytest.fixture(scope="module")
def holders() -> Mapping[tuple[str, str], list[tuple[date, date, str]]]:
    found: dict[tuple[str, str], list[tuple[date, date, str]]] = {}
    for row in shipped().rows:
        term = row.term
        found.setdefault((term.country, term.office), []).append(
            (term.start, term.end or date.max, term.name)
        )
    return found


@pytest.mark.parametrize("fact", FACTS)
def test_facts(fact: str, holders: Mapping[tuple[str, str], list[tuple[date, date, str]]]) -> None:
    """Nobody ("-") where the office was empty: a title there names nobody."""
    day, country, office, name = fact.split(" ", 3)
    when = date.fromisoformat(day)
    assert [who for first, end, who in holders[country, office] if first <= when < end] == (
        [] if name == "-" else [name]
    )


@pytest.mark.parametrize(
    ("day", "title", "name"),
    [
        ("2007-06-01", "ministre de l'Écologie", "Alain Juppé"),
        ("2008-06-01", "ministre du Logement", "Christine Boutin"),
        ("2012-12-01", "ministre du Redressement productif", "Arnaud Montebourg"),
        ("2013-01-01", "ministre délégué au Budget", "Jérôme Cahuzac"),
        ("2015-06-01", "ministre de l'Économie, de l'Industrie et du Numérique", "Emmanuel Macron"),
        ("2016-06-01", "ministre de l'Environnement, de l'Énergie et de la Mer", "Ségolène Royal"),
        ("2018-01-01", "ministre de la Transition écologique et solidaire", "Nicolas Hulot"),
        ("2018-01-01", "ministre de l'Action et des Comptes publics", "Gérald Darmanin"),
        ("2021-01-01", "ministre de la Mer", "Annick Girardin"),
        (
            "2022-06-01",
            "ministre des Solidarités, de l'Autonomie et des Personnes handicapées",
            "Damien Abad",
        ),
        ("2023-12-25", "ministre de la Santé", "Agnès Firmin Le Bodo"),
        ("2024-10-10", "ministre de la Santé et de l'Accès aux soins", "Geneviève Darrieussecq"),
        ("2025-02-01", "ministre d'État, ministre des Outre-mer", "Manuel Valls"),
        ("2025-11-01", "ministre du Travail et des Solidarités", "Jean-Pierre Farandou"),
        ("2009-01-01", "première secrétaire du PS", "Martine Aubry"),
        ("2016-05-01", "président d'En marche", "Emmanuel Macron"),
        ("2018-01-01", "président de LR", "Laurent Wauquiez"),
        ("2023-01-01", "président du RN", "Jordan Bardella"),
        ("2024-01-01", "secrétaire nationale des Écologistes", "Marine Tondelier"),
    ],
)
def test_exact_titles_of_french_ministers_and_party_leaders(day: str, title: str, name: str) -> None:
    when = date.fromisoformat(day)
    found = {row.term.name for row in shipped().rows if row.term.covers(when) and title in row.term.titles}
    assert found == {name}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(load_knowledge())


SEATS = sorted({(row.term.country, row.term.office) for row in shipped().rows})


@given(st.sampled_from(SEATS), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_a_holder_is_one_person_whose_term_covers_the_day(
    gazetteer: Gazetteer, seat: tuple[str, str], day: date
) -> None:
    found = gazetteer.holder(*seat, Moment(day, day))
    there = {
        row.term.person
        for row in shipped().rows
        if (row.term.country, row.term.office) == seat and row.term.covers(day)
    }
    assert found is None or found.id in there
    if shipped().offices[seat[1]].holders == "one" and len(there) == 1:
        assert found is not None


def test_it_loads_at_once() -> None:
    started = time.process_time()
    read_leaders(shipped_texts())
    assert time.process_time() - started < 3  # 0.08 s when measured
