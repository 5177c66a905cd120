"""The small words of French that decide what a sentence tells: auxiliaries, determiners, negations. Folded forms.

Grammar, not a desk's choice: what a desk would change is in `include/events/kinds.yml`.
"""


def words(listed: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(listed.split())


DETERMINERS = words(
    "un une le la les cette ce ces sa son ses leur leurs notre nos votre de du des d au aux premiere prochaine nouvelle "
    "derniere deux trois quatre plusieurs quelques aucune toute grande en par sans"
)
"""Before one of these a form that may be a verb is a noun."""
OF = words("de du des d")
SKIPPED = OF | words(
    "' la le l les un une son sa ses leur leurs ce cette cet premier premiere nouvelle nouveau deux trois grande grand "
    "longue breve derniere dernier prochaine prochain seconde second deuxieme"
)
"""What stands between a noun and the word that leads it in."""
AWAY = words("apres avant malgre contre sur face de depuis vers concernant entre")
"""A noun led in by one of these happens on another day than its sentence."""
HEADS = words(
    "ouverture debut fin tenue date tour organisation journee cloture lancement jour veille lendemain suite matin soir "
    "annonce partir et ou , ; : ( « »"
)
"""What an event's noun may complete and still be what happens: "l'ouverture du procès"."""
DURING_ALONE = words("lors pendant durant cours occasion marge issue")
"""These lead in what did happen, with or without a date."""

CLITICS = words("ne n ' se s me m y en l le la les lui leur")
OBJECTS = words("l le la les lui leur")
NEGATIONS = words("pas plus jamais guere point")
NO_OBJECT = words("aucun aucune rien ni")
BETWEEN = CLITICS | NEGATIONS | OF | words(
    "deja aussi egalement ensuite enfin encore bien ainsi donc t - il elle ils elles on toujours abord tous toutes hier "
    "lundi mardi mercredi jeudi vendredi samedi dimanche a tres"
)  # fmt: skip
"""What may stand between an auxiliary and its verb, beside adverbs in -ment."""
GO_WITH_BE = words(
    "aller arriver partir venir revenir devenir mourir décéder naître rentrer intervenir survenir"
)

PRONOUNS = words("il elle ils elles")
FIRST_PERSONS = words("je j nous")
LIGHT = (
    CLITICS
    | PRONOUNS
    | FIRST_PERSONS
    | OF
    | words(', et puis qui avant apres pour ou a ensuite « “ " - t dans')
)
"""A clause that has nothing but these before its verb has its subject elsewhere."""
BOTH = (" les deux ", " ils ", " elles ", " tous deux ")
"""Subjects that are everybody of the sentence before."""

BOUNDARIES = words(
    ', ; : et mais puis avant apres qui que qu dont tandis alors lorsque quand car puisque si ( ) – — « » “ ” " comme'
)
"""Where a clause may begin."""
NO_BRIDGE = words("lors avant apres selon mais pendant durant ; : ( ) qui que ou dont")
"""A date behind one of these is not that of the noun before."""
DATE_OF = words("partir compter nuit")
""" "à partir de jeudi": the "de" makes the date nobody's."""
