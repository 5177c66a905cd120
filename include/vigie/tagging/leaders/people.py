"""From mentions to people: who is in an article, how often, and whether it is about them."""

from collections.abc import Iterable, Sequence

from vigie.model import LeaderMention, PersonTag

LEAD_CHARS = 250
"""About a first paragraph, where French press articles say whom they are about."""
SUBJECT_SHARE = 0.3
"""The least part of all mentions that somebody has who is not in the headline and still the subject."""


def count_people(heading: Iterable[LeaderMention], text: Sequence[LeaderMention]) -> tuple[PersonTag, ...]:
    """The people mentioned in a headline and a text, most often mentioned first, then by appearance.

    The subject is who stands in the headline, or else who is in the lead and has a fair share of the mentions.
    """
    headed = list(heading)
    mentions = [*headed, *text]
    people = {mention.id: mention for mention in reversed(mentions)}
    in_heading = {mention.id for mention in headed}
    in_lead = {mention.id for mention in text if mention.start < LEAD_CHARS}
    counts = {person: sum(mention.id == person for mention in mentions) for person in reversed(people)}
    tags = (
        PersonTag(
            id=person,
            name=people[person].name,
            role=people[person].role,
            country=people[person].country,
            mentions=count,
            subject=person in in_heading or (person in in_lead and count >= SUBJECT_SHARE * len(mentions)),
        )
        for person, count in counts.items()
    )
    return tuple(sorted(tags, key=lambda tag: -tag.mentions))
