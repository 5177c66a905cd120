"""What articles are about: rules, and the weights that were learned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from vigie.knowledge.types.checked import Checked
from vigie.model import TopicId


class TopicRule(Checked):
    """A topic and the words that speak for it and against it; `topics/mediatopics.yml` says what each list is for.

    `broader` has all topics above, the nearest of the main line first.
    """

    id: Annotated[str, Field(pattern=r"^(medtop:\d{8}|desk:[a-z0-9-]+)$")]
    label: str
    broader: tuple[TopicId, ...] = ()
    strong: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()


class TopicFile(Checked):
    """A file of topic rules, of idioms whose words count for no topic, or of both."""

    topics: tuple[TopicRule, ...] = ()
    idioms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWeights:
    """What single words say of broad topics, learned from texts: `topics/weights.txt` says how it was made.

    `words` has a weight for each of `topics`, positive where the word speaks for it.
    """

    topics: tuple[TopicId, ...]
    bias: tuple[float, ...]
    words: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicKnowledge:
    """All that recognises topics. The rules are in an order in which a topic stands after those above it."""

    rules: tuple[TopicRule, ...]
    idioms: tuple[str, ...]
    weights: TopicWeights
