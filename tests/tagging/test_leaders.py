from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tagging.taggers import people, tag


def test_the_same_title_means_who_held_it_that_day() -> None:
    text = "Le président russe est attendu mardi."
    assert people(text, "2011-01-15") == [("Le président russe", "Dmitri Medvedev")]
    assert people(text, "2013-01-15") == [("Le président russe", "Vladimir Poutine")]


def test_a_title_is_not_guessed_without_a_date_or_across_a_change() -> None:
    text = "Le président français recevra la presse."
    assert people(text, None) == []
    assert people(text, "2017-05") == []
    assert people(text, "2017-06") == [("Le président français", "Emmanuel Macron")]


def test_a_contracted_article_stays_out_of_the_mention() -> None:
    assert people("Un message du président ukrainien.", "2023-01-10") == [
        ("président ukrainien", "Volodymyr Zelensky")
    ]


def test_an_apposition_is_one_mention_by_its_name() -> None:
    assert people("Le président russe Vladimir Poutine a parlé.") == [
        ("Vladimir Poutine", "Vladimir Poutine")
    ]
    assert people("Le Premier ministre, Édouard Philippe, a parlé.") == [
        ("Édouard Philippe", "Édouard Philippe")
    ]


def test_a_title_before_a_strangers_name_is_nobodys() -> None:
    assert people("Le président polonais Jan Kowalczyk a salué la foule.") == []


def test_two_people_on_one_span() -> None:
    leaders = tag("MM. Poutine et Macron se sont parlé.").leaders
    assert [(m.name, m.start, m.end) for m in leaders] == [
        ("Vladimir Poutine", 0, 21),
        ("Emmanuel Macron", 0, 21),
    ]


def test_a_counterpart_holds_the_same_office_elsewhere() -> None:
    text = "Jean-Yves Le Drian a reçu son homologue russe. Theresa May verra son homologue irlandais."
    assert people(text)[1::2] == [
        ("son homologue russe", "Sergueï Lavrov"),
        ("son homologue irlandais", "Leo Varadkar"),
    ]


def test_a_surname_needs_support() -> None:
    assert people("Le docteur Philippe opère à Lyon.") == []
    assert people("Édouard Philippe a tranché. M. Philippe ira à Lyon.")[1] == (
        "M. Philippe",
        "Édouard Philippe",
    )


def test_roles_change_with_time() -> None:
    roles = {
        date: tag("François Hollande a parlé.", date).leaders[0].role
        for date in ("2013-01-01", "2012-05-10", "2019-01-01")
    }
    assert roles == {"2013-01-01": "hos", "2012-05-10": "elect", "2019-01-01": "ex"}


def test_an_unknown_wikidata_id_becomes_an_id_of_the_desk() -> None:
    assert tag("Xavier Musca a parlé.", "2012-01-10").leaders[0].id == "desk:xavier-musca"


def test_the_title_of_the_article_is_context_and_is_not_reported() -> None:
    tags = tag("« Je n'irai pas », a dit Tusk.", title="Donald Tusk refuse")
    assert [m.name for m in tags.leaders] == ["Donald Tusk"]


def test_every_offset_gives_the_mention() -> None:
    text = "« L’Élysée » a publié l’entretien :\u00a0M.\u00a0Macron, le Premier ministre britannique et l’ex-président américain Barack Obama."
    leaders = tag(text).leaders
    assert [m.name for m in leaders] == ["Emmanuel Macron", "Theresa May", "Barack Obama"]
    assert all(text[m.start : m.end] == m.mention for m in leaders)


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=80),
    st.sampled_from(["Macron", "le président russe", "son homologue", "MM. X et", "ex-", "L’"]),
)
def test_no_text_breaks_it(noise: str, words: str) -> None:
    text = f"{noise} {words} {noise}"
    assert all(text[m.start : m.end] == m.mention for m in tag(text).leaders)
