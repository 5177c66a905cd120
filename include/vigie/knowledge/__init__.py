"""What a desk knows, checked: who held which office when, what titles and seats mean, which words make a topic.

    types       one frozen type a table or file
    tables      the CSV tables
    rules       the YAML files

`read_knowledge` takes the texts of the files of `include/leaders` and `include/topics` and gives frozen values.
Whatever is odd in them raises `UsageError` with the file, the line and the field. Nothing here touches a file.
"""

import hashlib
from collections.abc import Mapping

from vigie.errors import UsageError
from vigie.knowledge import rules, tables
from vigie.knowledge.rules import TOPIC_FILES
from vigie.knowledge.types import Grammar, Knowledge

LEADER_FILES = (
    "terms.csv",
    "countries.csv",
    "seats.csv",
    "periphrases.csv",
    "offices.yml",
    "aliases.yml",
    "grammar.yml",
)
FILES = (*(f"leaders/{name}" for name in LEADER_FILES), *(f"topics/{name}" for name in TOPIC_FILES))


def read_knowledge(texts: Mapping[str, str]) -> Knowledge:
    """Check the texts of `FILES` (keys as there) and give what they say. Raises `UsageError`."""
    for name in FILES:
        if name not in texts:
            raise UsageError(f"{name}: the file is missing")
    offices = rules.read_offices(texts["leaders/offices.yml"])
    countries = tuple(tables.read_countries(texts["leaders/countries.csv"]))
    terms = tuple(tables.read_terms(texts["leaders/terms.csv"], offices))
    return Knowledge(
        terms=terms,
        countries=countries,
        offices=offices,
        seats=tuple(tables.read_seats(texts["leaders/seats.csv"], offices)),
        periphrases=tuple(
            tables.read_periphrases(texts["leaders/periphrases.csv"], offices, {t.name for t in terms})
        ),
        aliases=rules.read_aliases(texts["leaders/aliases.yml"], {t.name for t in terms}),
        grammar=rules.read_file("leaders/grammar.yml", texts["leaders/grammar.yml"], Grammar),
        topics=rules.read_topics(texts),
        digest=hashlib.sha256("\0".join(texts[name] for name in FILES).encode()).hexdigest()[:12],
    )
