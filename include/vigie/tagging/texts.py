"""What a tagger is given and what it says of a text that it cannot bear; free of spaCy, so that a process which only
hands texts on need not load it."""

from dataclasses import dataclass
from datetime import datetime

from vigie.tagging.moment import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class TextToTag:
    """What a tagger is given. `source_country` is ISO 3166 alpha-2; `language` ISO 639-1, None when not known."""

    id: str
    text: str
    title: str = ""
    standfirst: str = ""
    date: PartialDate | datetime | None = None
    language: str | None = "fr"
    source_country: str | None = "FR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Untaggable:
    """A text that cannot be tagged, and why, in one line."""

    reason: str
