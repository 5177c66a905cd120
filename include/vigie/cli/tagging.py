"""`vigie tag`: the tagger behind the filter."""

from collections.abc import Iterator, Sequence

from vigie.cli.lines import Object
from vigie.cli.shapes import TextLine, error_of
from vigie.languages import detect_language
from vigie.model import Tags
from vigie.stores import load_tagger_once
from vigie.tagging.moment import PartialDate
from vigie.tagging.pipeline import TextToTag
from vigie.tagging.trials import Untaggable, tag_each
from vigie.wire import dump_object


def tag_lines(batch: Sequence[Object]) -> Iterator[Object]:
    """The answer to each line of a batch, in order."""
    texts = [_read(raw) for raw in batch]
    good = [text for text in texts if isinstance(text, TextToTag)]
    found = iter(tag_each(load_tagger_once(), good) if good else ())
    for raw, text in zip(batch, texts, strict=True):
        yield _answer(raw, next(found)) if isinstance(text, TextToTag) else text


def _answer(raw: Object, found: Tags | Untaggable) -> Object:
    if isinstance(found, Untaggable):
        return {"id": raw["id"], "error": found.reason}
    return {"id": raw["id"], **dump_object(found)}


def _read(raw: Object) -> TextToTag | Object:
    try:
        line = TextLine.model_validate(raw)
    except ValueError as error:  # pydantic's errors are ValueErrors too
        return error_of(raw, error)
    return TextToTag(
        id=line.id,
        text=line.text,
        title=line.title or "",
        date=PartialDate(line.date) if line.date else None,
        language=_primary(line.language) if line.language else detect_language(line.text, "fr"),
        source_country=(line.source_country or "FR").upper(),
    )


def _primary(language: str) -> str:
    """The language of a tag such as fr-FR."""
    return language.replace("_", "-").partition("-")[0].lower()
