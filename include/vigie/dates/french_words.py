"""The words of French dates, as pieces of regular expressions over folded text (lower case, no accents)."""

import re

MONTHS = {
    **dict.fromkeys(("janvier", "janv", "jan"), 1),
    **dict.fromkeys(("fevrier", "fevr", "fev"), 2),
    "mars": 3,
    **dict.fromkeys(("avril", "avr"), 4),
    "mai": 5,
    "juin": 6,
    **dict.fromkeys(("juillet", "juil"), 7),
    "aout": 8,
    **dict.fromkeys(("septembre", "sept"), 9),
    **dict.fromkeys(("octobre", "oct"), 10),
    **dict.fromkeys(("novembre", "nov"), 11),
    **dict.fromkeys(("decembre", "dec"), 12),
}
WEEKDAYS = {
    name: number
    for number, name in enumerate(("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"))
}
SEASONS = {"printemps": 3, "ete": 6, "automne": 9, "hiver": 12}
"""The month that each begins in, for three months."""
ORDINALS = {
    **dict.fromkeys(("premier", "1er", "1"), 1),
    **dict.fromkeys(("deuxieme", "second", "2e", "2eme", "2nd"), 2),
    **dict.fromkeys(("troisieme", "3e", "3eme"), 3),
    **dict.fromkeys(("quatrieme", "dernier", "4e", "4eme"), 4),
}
NUMBERS = {
    name: number
    for number, name in enumerate(
        re.findall(
            r"\w+",
            "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        )
    )
} | {"une": 1, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100}
NEARBY = {
    **dict.fromkeys(("avant-hier",), -2),
    "hier": -1,
    **dict.fromkeys(("aujourd'hui", "ce matin", "ce midi", "cet apres-midi", "ce soir", "cette nuit"), 0),
    "demain": 1,
    "apres-demain": 2,
}

MONTH = "|".join(
    sorted((m for m in MONTHS if len(m) > 4 or m in ("mars", "mai", "juin", "aout")), key=len, reverse=True)
)
ANY_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
"""Short forms count only behind a day."""
WEEKDAY = "|".join(WEEKDAYS)
YEAR = r"(?:1[0-9]|20|21)[0-9]{2}"
DAY = r"(?:[12][0-9]|3[01]|0?[1-9])"
NUMBER = rf"[0-9]{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
NEXT_LAST = r"prochaine?s?|derniere?s?|passee?s?|suivante?s?|precedente?s?"


def count_of(word: str) -> int:
    """What a number says, in digits or in a word."""
    return int(word) if word.isdigit() else NUMBERS[word]


def turn_of(word: str | None) -> int:
    """1 for "prochain" and "suivant", -1 for "dernier", "passé" and "précédent", 0 for none."""
    if not word:
        return 0
    return 1 if word.startswith(("prochain", "suivant")) else -1
