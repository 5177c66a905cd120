"""Where sentences end: what stands after a mention in its own sentence may help to read it, later sentences may not."""

from vigie.tagging.words import Token

_STOPS = frozenset({".", "!", "?", "…"})
_ABBREVIATED = frozenset({"m", "mm", "mme", "mmes", "mr", "dr", "st", "ste", "cf", "art"})


def sentence_ends(text: str, tokens: list[Token]) -> list[int]:
    """For each token, the index after the last one of its sentence."""
    ends = [0] * len(tokens)
    first = 0
    for index in range(len(tokens)):
        if index + 1 == len(tokens) or _ends_at(text, tokens, index):
            ends[first : index + 1] = [index + 1] * (index + 1 - first)
            first = index + 1
    return ends


def _ends_at(text: str, tokens: list[Token], index: int) -> bool:
    gap = text[tokens[index].end : tokens[index + 1].start]
    if "\n" in gap:
        return True
    if tokens[index].form not in _STOPS or not gap or text[tokens[index + 1].start].islower():
        return False
    before = tokens[index - 1].form if index else ""
    return not (
        tokens[index].form == "." and (before in _ABBREVIATED or (len(before) == 1 and before.isalpha()))
    )
