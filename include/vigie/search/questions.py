"""What a person types, read: words, "phrases" and -exclusions. Nothing else has a meaning, so nothing can be wrong.

A word finds its forms, as `vigie.search.french` levels them; what stands in quotation marks is found as it is written, but
for capitals and accents.

Colons, brackets, stars, AND, a quotation mark without its partner: all separate words and no more, in both engines.
"""

import base64
import binascii
import json
import re
import unicodedata
from dataclasses import dataclass

from vigie.errors import UsageError
from vigie.search.french import find_plain_terms, find_terms

MAX_TERMS = 400
"""More words than anybody types; Elasticsearch refuses queries of about a thousand clauses, and each asks two fields."""

CursorKey = list[str | int | float]
"""The sort key of a hit, as its engine wants it back."""

_PIECE = re.compile(
    r"""(?P<minus>(?<![^\s(\["«“„])-)?
        (?:"(?P<straight>[^"]*)"|«(?P<french>[^»]*)»|“(?P<curly>[^”]*)”|„(?P<low>[^“”]*)[“”]
        |(?P<word>[^\s,;:/|\\()\[\]{}<>!?…"«»“”„]+))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Terms that stand side by side, in this order; most clauses have one. `exact`: they are plain terms, not light."""

    terms: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedText:
    """`required` and `excluded` clauses. `is_blank`: nothing was typed, which matches everything."""

    required: tuple[Clause, ...]
    excluded: tuple[Clause, ...]
    is_blank: bool

    @property
    def is_unanswerable(self) -> bool:
        """Something was typed, but no word of it: "★" matches nothing rather than everything."""
        return not (self.is_blank or self.required or self.excluded)


def read_typed_text(text: str) -> TypedText:
    """Read what was typed. Raises `UsageError` beyond 400 terms; nothing else can be wrong with it."""
    normal = unicodedata.normalize("NFC", text)
    required: dict[Clause, None] = {}
    excluded: dict[Clause, None] = {}
    for match in _PIECE.finditer(_drop_invisible(normal)):
        clause = _read_clause(match)
        if clause.terms:
            (excluded if match["minus"] else required)[clause] = None
    terms = sum(len(clause.terms) for clause in (*required, *excluded))
    if terms > MAX_TERMS:
        raise UsageError(f"the question has {terms} words; {MAX_TERMS} is the most that can be asked at once")
    is_blank = not any(c.isalnum() or unicodedata.category(c)[0] == "S" for c in _drop_invisible(normal))
    return TypedText(required=tuple(required), excluded=tuple(excluded), is_blank=is_blank)


def _read_clause(match: re.Match[str]) -> Clause:
    typed = match[match.lastgroup or 0]
    if match.lastgroup == "word":
        return Clause(terms=find_terms(typed))
    return Clause(terms=find_plain_terms(typed), exact=True)


def _drop_invisible(text: str) -> str:
    """Without control and format characters at the edges of words: a leading mark must not hide a minus or a quote."""
    return "".join(
        " " if (c := unicodedata.category(ch)) in ("Cc", "Cs") else "" if c == "Cf" else ch for ch in text
    )


def choose_sort(sort: str, typed: TypedText) -> str:
    """By date where nothing tells one hit from another: filters and exclusions alone have no relevance."""
    return sort if typed.required else "date"


def write_cursor(sort: str, *key: str | int | float) -> str:
    """The opaque `next` of an answer: the sort and the sort key of its last hit."""
    packed = json.dumps([sort, *key], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(cursor: str, sort: str, length: int) -> CursorKey:
    """The sort key of a cursor. Raises `UsageError` for one of another sort, or that we never gave."""
    try:
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        said, *found = json.loads(packed)
        key: CursorKey = found
    except (binascii.Error, ValueError, TypeError) as cause:
        raise UsageError("`after` is not the `next` of an answer") from cause
    if said != sort or len(key) != length or not all(isinstance(k, str | int | float) for k in key):
        raise UsageError("`after` belongs to a question with another sort")
    return key
