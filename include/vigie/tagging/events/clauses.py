"""A sentence cut into clauses, one for each of its verbs: what stands in one is not told of the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from vigie.tagging.events.french import BOUNDARIES
from vigie.tagging.events.verbs import VerbGroup
from vigie.tagging.words import Token

_FINITE = frozenset(("past", "imperfect", "present", "future", "planned", "conditional"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """`tokens[first:last]` and its verb, None where the sentence has none. `joined` goes on from the one before."""

    first: int
    last: int
    verb: VerbGroup | None
    joined: bool = False

    @property
    def says(self) -> bool:
        """Whether it only tells who says something."""
        return self.verb is not None and self.verb.does("say") and not self.verb.tells


def cut_clauses(
    first: int, last: int, verbs: list[VerbGroup], tokens: list[Token], text: str
) -> list[Clause]:
    """The clauses of `tokens[first:last]`, in order; together they are the sentence."""
    leading = [verb for verb in verbs if _leads(verb)]
    if not leading:
        return [Clause(first=first, last=last, verb=None)]
    return list(_cut(first, last, leading, tokens, text))


def _leads(verb: VerbGroup) -> bool:
    """Finite verbs, and others that tell something: "attendu jeudi", "avant de recevoir"."""
    return verb.tense in _FINITE or (verb.tense != "bare" and verb.tells)


def _cut(first: int, last: int, verbs: list[VerbGroup], tokens: list[Token], text: str) -> Iterator[Clause]:
    begin, joined = first, False
    for verb, following in zip(verbs, [*verbs[1:], None], strict=True):
        if following is None:
            yield Clause(first=begin, last=last, verb=verb, joined=joined)
            return
        cut = _boundary(verb.last, following.first, tokens, text)
        if cut is None:  # "dit vouloir recevoir": the two share what is around them
            cut = following.first
        yield Clause(first=begin, last=cut, verb=verb, joined=joined)
        begin, joined = cut, tokens[cut].form in ("et", "puis", "ou", "avant", ",", "qui")


def _boundary(after: int, before: int, tokens: list[Token], text: str) -> int | None:
    """Where the clause of the second verb begins: at "et" where nothing but the verb follows, else at the last boundary
    that does not join two subjects. A comma right before the verb closes what its subject is followed by: "…, et le
    président, accompagné de X, recevra"."""
    found = [at for at in range(after, before) if _is_boundary(at, tokens, text)]
    if not found:
        return None
    if tokens[found[-1]].form != "," and found[-1] >= before - 2:
        return found[-1]
    strong = [at for at in found if tokens[at].form != "et"]
    if strong and strong[-1] == before - 1 and tokens[strong[-1]].form == ",":
        opening = [at for at in strong[:-1] if tokens[at].form == ","]
        outside = [at for at in strong if opening and at < opening[-1]]
        return outside[-1] if outside else strong[-1]
    return strong[-1] if strong else found[-1]


def _is_boundary(at: int, tokens: list[Token], text: str) -> bool:
    form = tokens[at].form
    return form in BOUNDARIES or (
        form == "ou" and text[tokens[at].start : tokens[at].end] in ("où", "Où", "OÙ")
    )
