"""The closed classes of French that reading a mention needs: determiners, pronouns, civilities, and what they say."""

from typing import Literal

Gender = Literal["m", "f", ""]
"""Empty where the word does not tell."""

ARTICLES = frozenset({"le", "la", "l'", "les"})
CONTRACTED = frozenset({"du", "au", "aux", "des"})
INDEFINITE = frozenset({"un", "une", "plusieurs", "certains", "certaines", "quelques", "deux", "trois", "quatre", "cinq", "chaque", "nombre"})  # fmt: skip
DEMONSTRATIVE = frozenset({"ce", "cet", "cette", "ces"})
POSSESSIVE = frozenset(
    {"son", "sa", "ses", "leur", "leurs", "mon", "ma", "mes", "notre", "nos", "votre", "vos"}
)
DETERMINERS = ARTICLES | CONTRACTED | INDEFINITE | DEMONSTRATIVE | POSSESSIVE
PLURAL = frozenset({"les", "des", "aux", "ces", "ses", "leurs", "mes", "nos", "vos", "plusieurs", "certains", "certaines", "quelques", "deux", "trois", "quatre", "cinq"})  # fmt: skip
LATTER = frozenset({"dernier", "derniere", "derniers", "dernieres"})
OF = frozenset({"de", "d'", "du", "des"})
TO = frozenset({"a", "au", "aux", "en"})
PRONOUNS: dict[str, tuple[Gender, bool]] = {
    "il": ("m", False), "elle": ("f", False), "ils": ("m", True), "elles": ("f", True), "on": ("", False),
    "-il": ("m", False), "-elle": ("f", False), "-ils": ("m", True), "-elles": ("f", True), "-on": ("", False),
    "celui-ci": ("m", False), "celle-ci": ("f", False), "ceux-ci": ("m", True), "celles-ci": ("f", True),
    "celui-la": ("m", False), "celle-la": ("f", False), "-je": ("", False),
    "lui": ("m", False), "eux": ("m", True), "lui-meme": ("m", False), "elle-meme": ("f", False),
}  # fmt: skip
"""Gender, and whether it is a plural. A hyphen first: inverted behind its verb."""
CIVILITIES: dict[str, Gender] = {
    "m": "m", "mm": "m", "mr": "m", "monsieur": "m", "mgr": "m", "me": "", "maitre": "", "dr": "", "pr": "",
    "mme": "f", "mmes": "f", "mlle": "f", "madame": "f",
}  # fmt: skip
CIVIL_ROLES = {"me": "avocat", "maitre": "avocat", "dr": "medecin", "pr": "professeur", "mgr": "eveque"}
_FEMININE = frozenset({"la", "une", "cette", "sa", "ma", "certaines"})
_MASCULINE = frozenset({"le", "un", "ce", "cet", "du", "au", "certains"})


def gender_of(determiner: str) -> Gender:
    """The gender that a determiner says."""
    return "f" if determiner in _FEMININE else "m" if determiner in _MASCULINE else ""


def uncontract(written: str) -> str:
    """ "du ministère" as a name: "le ministère"."""
    first, _, rest = written.partition(" ")
    article = {"du": "le", "au": "le", "aux": "les"}.get(first.lower())
    return f"{article} {rest}" if article and rest else written
