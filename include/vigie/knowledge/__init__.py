"""What a desk knows, checked: who held which office when, what titles and seats mean, which words make a topic.

    types       one frozen type a table or file
    tables      the CSV tables
    rules       the YAML files
    terms       the rows of `leaders/terms.csv`; stretches: where an office is empty, unknown or shared
    checks      what those rows must be together; coverage: how much of what we promise they hold
    findings    what is wrong, with its place and a way out; days: what is sure of a date
    leaders     all of these tables together; holders: who holds what at a day

`read_knowledge` takes the texts of the desk's files, by their path under `include/`, and gives frozen values.
Whatever is odd in them raises `UsageError` with the file, the line and the field. Nothing here touches a file.
"""

import hashlib
from collections.abc import Iterable, Mapping

from vigie.errors import UsageError
from vigie.knowledge import places, rules, tables
from vigie.knowledge.leaders import read_leaders
from vigie.knowledge.rules import TOPIC_FILES
from vigie.knowledge.types.events import EventFile
from vigie.knowledge.types.keyphrases import StopWords
from vigie.knowledge.types.leaders import Grammar
from vigie.knowledge.types.speech import Speech
from vigie.knowledge.types.whole import Knowledge

LEADER_FILES = (
    "terms.csv",
    "stretches.csv",
    "countries.csv",
    "seats.csv",
    "periphrases.csv",
    "offices.yml",
    "aliases.yml",
    "grammar.yml",
)
FILES = (
    *(f"leaders/{name}" for name in LEADER_FILES),
    *(f"topics/{name}" for name in TOPIC_FILES),
    "places/places.csv",
    "places/organizations.yml",
    "quotes/speech.yml",
    "events/kinds.yml",
    "keyphrases/stop.yml",
)
ONLY_CHECKED = ("leaders/stretches.csv",)
"""What no tagger sees: a change there is none of the tags."""


def read_knowledge(texts: Mapping[str, str]) -> Knowledge:
    """Check the texts of `FILES` (keys as there) and give what they say. Raises `UsageError`."""
    for name in FILES:
        if name not in texts:
            raise UsageError(f"{name}: the file is missing")
    leaders = read_leaders(texts)
    offices, names = leaders.offices, {row.term.name for row in leaders.rows}
    return Knowledge(
        terms=tuple(row.term for row in leaders.rows),
        stretches=tuple(row.stretch for row in leaders.stretches),
        countries=leaders.countries,
        offices=offices,
        seats=tuple(tables.read_seats(texts["leaders/seats.csv"], offices)),
        periphrases=tuple(tables.read_periphrases(texts["leaders/periphrases.csv"], offices, names)),
        aliases=leaders.aliases,
        grammar=rules.read_file("leaders/grammar.yml", texts["leaders/grammar.yml"], Grammar),
        topics=rules.read_topics(texts),
        places=tuple(places.read_places(texts["places/places.csv"])),
        organizations=places.read_organizations(texts["places/organizations.yml"]),
        speech=rules.read_file("quotes/speech.yml", texts["quotes/speech.yml"], Speech),
        event_kinds=rules.read_file("events/kinds.yml", texts["events/kinds.yml"], EventFile),
        stop_words=rules.read_file("keyphrases/stop.yml", texts["keyphrases/stop.yml"], StopWords),
        digest=_digest(texts[name] for name in FILES if name not in ONLY_CHECKED),
    )


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]
