"""Places, organisations and quotes."""

from tests.tagging.taggers import tag


def test_one_body_has_one_name() -> None:
    names = [
        thing.name
        for thing in tag("L'ONU se réunit. Les Nations unies ont voté, l'Otan approuve.").organizations
    ]
    assert names == ["ONU", "ONU", "Otan"]


def test_a_seat_is_an_organisation_and_nobodys_name() -> None:
    tags = tag("L'Élysée a confirmé la nouvelle à Moscou.")
    assert [thing.name for thing in tags.organizations] == ["Élysée"]
    assert tags.leaders == ()
    assert [place.name for place in tags.places] == ["Moscou"]


def test_places_carry_no_elision_and_no_demonym() -> None:
    text = "Les combats se rapprochent d'Alep. Les Syriens fuient vers la Turquie."
    places = tag(text).places
    assert {"Alep", "Turquie"} <= {place.name for place in places}
    assert all(place.name[0].isupper() and text[place.start : place.end] == place.mention for place in places)
    assert "Syriens" not in [place.name for place in places]


def test_a_quote_knows_its_speaker_after_or_before() -> None:
    text = "« La France ne cédera pas », a déclaré Emmanuel Macron. Angela Merkel a répondu : “Nous verrons bien demain”."
    quotes = tag(text).quotes
    assert [(quote.text, quote.speaker, quote.speaker_id) for quote in quotes] == [
        ("La France ne cédera pas", "Emmanuel Macron", "Q3052772"),
        ("Nous verrons bien demain", "Angela Merkel", "Q567"),
    ]
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes)


def test_without_a_verb_of_saying_nobody_speaks() -> None:
    quotes = tag('Emmanuel Macron arrive. Sur un mur, "la rue est à nous" en lettres rouges.').quotes
    assert [(quote.text, quote.speaker) for quote in quotes] == [("la rue est à nous", None)]


def test_a_word_in_marks_is_no_quote() -> None:
    assert tag("Une « guerre » a commencé.").quotes == ()
