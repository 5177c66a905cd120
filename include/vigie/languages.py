"""The language of a text, offline (py3langid). Pure but for a model that is loaded once, when first asked."""

from functools import cache
from typing import Any

SHORT_CHARS = 60
"""Below this a title's few words mislead the classifier: the feed's language is believed instead."""
SAMPLE_CHARS = 5000


def detect_language(text: str, hint: str | None) -> str:
    """ISO 639-1 code of the text's language; of a short text the hint, where there is one. "und" for no text at all."""
    sample = " ".join(text[:SAMPLE_CHARS].split())
    if hint and len(sample) < SHORT_CHARS:
        return hint[:2].lower()
    if not any(char.isalpha() for char in sample):
        return hint[:2].lower() if hint else "und"
    code, _ = _identifier().classify(sample)
    return str(code)


@cache
def _identifier() -> Any:
    # Loading takes a quarter of a second and 60 MB: not for a command that asks nothing.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
