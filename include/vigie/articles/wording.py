"""French words for what the ledger and the tags say of an article: the command line and the page call it the same.

What has no word here (a desk's own role, an outcome of a later Vigie) is shown as it is.
"""

from collections.abc import Mapping

from vigie.model import DateOrigin, DatePrecision, Via

ROLES: Mapping[str, str] = {
    **{"hos": "chef d'État", "hog": "chef de gouvernement", "fm": "affaires étrangères", "dm": "défense"},
    **{"min": "ministre", "io": "organisation internationale", "elect": "élu", "ex": "ancien dirigeant"},
    **{"parl": "parlement", "party": "parti", "region": "région"},
    **{"royal": "famille régnante", "pope": "pape"},
}
VIA: Mapping[Via, str] = {
    "name": "par son nom",
    "title": "par son titre",
    "periphrasis": "par périphrase",
    "pronoun-homologue": "comme homologue d'un autre",
}
FIELDS: Mapping[str, str] = {"title": "titre", "text": "texte", "date": "date", "authors": "auteurs"}
ADDRESSES: Mapping[str, str] = {
    "feed": "lien du flux",
    "redirect": "redirection",
    "canonical": "adresse canonique de la page",
    "import": "import",
    "contested": "adresse canonique que plusieurs articles se disputent",
}
OUTCOMES: Mapping[str, str] = {
    "page": "lue",
    "same": "inchangée",
    "gone": "disparue",
    "refused": "non conservée",
    "failed": "échec",
}
SOURCES: Mapping[str, str] = {
    "page": "lue sur la page",
    "feed": "d'après le résumé du flux",
    "import": "importée",
}
UPGRADE = "la page remplace le résumé du flux"
DATES: Mapping[DateOrigin, str] = {
    "json-ld": "JSON-LD", "meta": "balise meta", "time": "balise <time>", "page": "texte de la page", "feed": "flux",
    "import": "import", "url": "adresse",
}  # fmt: skip
PRECISIONS: Mapping[DatePrecision, str] = {
    "second": "à la seconde",
    "minute": "à la minute",
    "day": "au jour",
    "month": "au mois",
    "year": "à l'année",
}
UNKNOWN_SPEAKER = "qui parle n’est pas dit"
