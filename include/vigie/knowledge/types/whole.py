"""All that a desk knows."""

from collections.abc import Mapping
from dataclasses import dataclass

from vigie.knowledge.types.events import EventFile
from vigie.knowledge.types.keyphrases import StopWords
from vigie.knowledge.types.leaders import Aliases, Country, Grammar, Office, Periphrasis, Seat, Stretch, Term
from vigie.knowledge.types.places import OrganizationFile, Place
from vigie.knowledge.types.speech import Speech
from vigie.knowledge.types.topics import TopicKnowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All of it. `digest` changes when any of the files does."""

    terms: tuple[Term, ...]
    stretches: tuple[Stretch, ...]
    countries: tuple[Country, ...]
    offices: Mapping[str, Office]
    seats: tuple[Seat, ...]
    periphrases: tuple[Periphrasis, ...]
    aliases: Aliases
    grammar: Grammar
    topics: TopicKnowledge
    places: tuple[Place, ...]
    organizations: OrganizationFile
    speech: Speech
    event_kinds: EventFile
    stop_words: StopWords
    digest: str

    @property
    def names(self) -> frozenset[str]:
        """The names of people who hold or held an office, and of standing bodies."""
        bodies = (name for body in self.organizations.bodies for name in (body.name, *body.also))
        return frozenset((*(term.name for term in self.terms), *bodies))
