"""The tagger that the tests share: its model takes seconds to load."""

from functools import cache

from vigie.adapters.knowledge_files import load_knowledge
from vigie.model import Tags
from vigie.tagging.pipeline import Tagger, TextToTag, load_tagger


@cache
def shared_tagger() -> Tagger:
    """A tagger with the project's own knowledge."""
    return load_tagger(load_knowledge())


def tag(text: str, date: str | None = "2018-03-20", **others: str) -> Tags:
    """The tags of one French text."""
    return next(shared_tagger().tag([TextToTag(id="t", text=text, date=date, **others)]))  # type: ignore[arg-type]  # all others are str


def people(text: str, date: str | None = "2018-03-20", **others: str) -> list[tuple[str, str]]:
    """Mention and name of each leader of one text."""
    return [(leader.mention, leader.name) for leader in tag(text, date, **others).leaders]
