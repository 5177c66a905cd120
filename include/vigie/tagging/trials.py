"""Tag many texts when one of them may be more than the tagger can bear."""

from collections.abc import Sequence

from vigie.model import Tags
from vigie.tagging.pipeline import Tagger
from vigie.tagging.texts import TextToTag
from vigie.tagging.texts import Untaggable as Untaggable


def tag_each(tagger: Tagger, texts: Sequence[TextToTag]) -> list[Tags | Untaggable]:
    """An answer for each text, in order. One text's trouble is its own: when all fail, each is tried alone."""
    try:
        return list(tagger.tag(texts))
    except Exception:  # found out text by text just below
        return [_tag_alone(tagger, text) for text in texts]


def _tag_alone(tagger: Tagger, text: TextToTag) -> Tags | Untaggable:
    try:
        return next(tagger.tag([text]))
    except Exception as error:  # whatever it is, it is said in that text's own answer
        return Untaggable(reason=" ".join(f"{type(error).__name__}: {error}".split()))
