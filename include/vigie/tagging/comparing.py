"""What other rules would change: the tags that articles gain and lose, counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from vigie.model import Tags

TagKind = Literal["leader", "topic", "place", "organization", "speaker", "event"]


@dataclass(frozen=True, slots=True, order=True)
class TagName:
    """One tag as a desk reads it: its kind and its name."""

    kind: TagKind
    name: str


@dataclass(slots=True, kw_only=True)
class TagChanges:
    """Counts of articles: seen, changed at all, and those that gain or lose each tag."""

    seen: int = 0
    changed: int = 0
    gained: Counter[TagName] = field(default_factory=Counter)
    lost: Counter[TagName] = field(default_factory=Counter)

    def add(self, before: Tags, after: Tags) -> None:
        """Count one article."""
        old, new = frozenset(_names(before)), frozenset(_names(after))
        self.seen += 1
        self.changed += old != new
        self.gained.update(new - old)
        self.lost.update(old - new)

    def rows(self) -> list[tuple[TagName, int, int]]:
        """Each tag with the articles that gain and lose it, the most moved first."""
        moved = self.gained + self.lost
        return [
            (name, self.gained[name], self.lost[name]) for name in sorted(moved, key=lambda n: (-moved[n], n))
        ]


def _names(tags: Tags) -> Iterator[TagName]:
    yield from (TagName("leader", person.name) for person in tags.people)
    yield from (TagName("topic", topic.label) for topic in tags.topics)
    yield from (TagName("place", place.name) for place in tags.places)
    yield from (TagName("organization", organization.name) for organization in tags.organizations)
    yield from (TagName("speaker", quote.speaker) for quote in tags.quotes if quote.speaker)
    yield from (TagName("event", event.kind) for event in tags.events)
