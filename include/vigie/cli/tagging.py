"""`vigie tag`: the tagger behind the filter."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from vigie.adapters.knowledge_files import load_knowledge
from vigie.cli.filters import TextLine, error_of
from vigie.model import Tags
from vigie.tagging.moment import PartialDate
from vigie.tagging.pipeline import Tagger, TextToTag, load_tagger
from vigie.wire import dump_object


@cache
def tagger() -> Tagger:
    """Loaded when the first text comes."""
    return load_tagger(load_knowledge())


def tag_lines(batch: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The answer to each line of a batch, in order."""
    texts = [_read(raw) for raw in batch]
    good = [text for text in texts if isinstance(text, TextToTag)]
    tags = iter(_tag_all(good))
    for text in texts:
        if isinstance(text, TextToTag):
            found = next(tags)
            yield (
                {"id": text.id, **dump_object(found)}
                if isinstance(found, Tags)
                else {"id": text.id, "error": found}
            )
        else:
            yield text


def _read(raw: dict[str, Any]) -> TextToTag | dict[str, Any]:
    try:
        line = TextLine.model_validate(raw)
        return TextToTag(
            id=line.id,
            text=line.text,
            title=line.title or "",
            date=PartialDate(line.date) if line.date else None,
            language=line.language or "fr",
            source_country=line.source_country or "FR",
        )
    except ValueError as error:  # pydantic's errors are ValueErrors too
        return error_of(raw, error)


def _tag_all(texts: list[TextToTag]) -> list[Tags | str]:
    """One text's trouble is its own: when a batch fails, each of its texts is tried alone."""
    try:
        return list(tagger().tag(texts))
    except Exception:  # found out text by text just below
        return [_tag_one(text) for text in texts]


def _tag_one(text: TextToTag) -> Tags | str:
    try:
        return next(tagger().tag([text]))
    except Exception as error:  # said in that text's own line
        return " ".join(f"{type(error).__name__}: {error}".split())
