"""How a definite phrase begins: its article, and what stands between that and the title.

le · nouveau · président        l' · ex- · Premier ministre        au · futur · chancelier        son · ancien · ministre
"""

from dataclasses import dataclass, replace

from vigie.knowledge.types.leaders import Grammar
from vigie.tagging.words import Token, fold

_ARTICLES = frozenset({"le", "la", "les"})
_CONTRACTED = frozenset({"du", "au", "aux", "des"})
_CURRENT = frozenset({"actuel", "actuelle"})
_POSSESSIVES = frozenset({"son", "sa", "ses", "leur", "leurs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Where a phrase begins (a contracted article is left out of it), and what its first words say."""

    first: int
    former: bool = False
    coming: bool = False
    possessive: bool = False
    current: bool = False
    several: bool = False
    feminine: bool = False
    masculine: bool = False


class OpeningReader:
    """Reads what stands before a title. Built once for a grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._before = frozenset(fold(word) for word in grammar.before)
        self._former = frozenset(fold(word) for word in grammar.former)
        self._coming = frozenset(fold(word) for word in grammar.coming)

    def read(self, tokens: list[Token], index: int) -> Opening | None:
        """The opening of a phrase whose title is at `index`; None where that is indefinite ("un président")."""
        former = coming = False
        at = index
        while at > 0:
            form = tokens[at - 1].form
            if form == "-" and at > 1 and tokens[at - 2].form == "ex":
                former, at = True, at - 2
                continue
            if form not in self._before and form not in self._former and form not in self._coming:
                break
            former, coming = former or form in self._former, coming or form in self._coming
            at -= 1
        opening = self._close(tokens, at, former, coming)
        between = {token.form for token in tokens[at:index]}
        return replace(opening, current=True) if opening and between & _CURRENT else opening

    @staticmethod
    def _close(tokens: list[Token], at: int, former: bool, coming: bool) -> Opening | None:
        form = tokens[at - 1].form if at else ""
        if form in _ARTICLES:
            return Opening(
                first=at - 1,
                former=former,
                coming=coming,
                several=form == "les",
                feminine=form == "la",
                masculine=form == "le",
            )
        if form in _POSSESSIVES:
            return Opening(
                first=at - 1, former=former, coming=coming, possessive=True,
                several=form in ("ses", "leurs"), feminine=form == "sa",
            )  # fmt: skip
        if form == "'" and at > 1 and tokens[at - 2].form == "l":
            return Opening(first=at - 2, former=former, coming=coming)
        if form in _CONTRACTED:
            return Opening(first=at, former=former, coming=coming, several=form in ("aux", "des"))
        return None
