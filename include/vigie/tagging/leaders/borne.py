"""Whether a name at a place in the text is a person's own: not part of a longer name, and not borne by a thing.

"La loi Macron", "l'aéroport Charles-de-Gaulle", "la Trump Tower", "Brigitte Macron", "Jean-Luc Macron" name no leader.
"""

from collections.abc import Callable
from dataclasses import dataclass

from vigie.knowledge.types.leaders import Grammar
from vigie.tagging.words import Token, Trie, fold

PARTICLES = frozenset({"de", "d", "von", "van", "al", "el", "ben", "le", "la", "du"})
_ARTICLES = frozenset({"le", "la", "les", "un", "une"})
_NOMINAL = frozenset({"PROPN", "X", "NOUN", "ADJ", "NUM", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelView:
    """What the language model says of the text, by character offset; without one, it says nothing."""

    is_person: Callable[[int, int], bool] = lambda start, end: False
    part_of_speech: Callable[[int], str] = lambda start: ""

    def is_proper(self, start: int) -> bool:
        """Whether the word there is a proper noun, or foreign."""
        return self.part_of_speech(start) in ("PROPN", "X")

    def is_common(self, start: int) -> bool:
        """Whether the word there is a noun or an adjective."""
        return self.part_of_speech(start) in ("NOUN", "ADJ")


class BorneNames:
    """Tells names of people from names of things. Built once for a grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._civilities = frozenset(fold(word) for word in grammar.civilities)
        self._honorifics = frozenset(fold(word) for word in grammar.honorifics)
        self._humans = self._honorifics | frozenset(fold(word) for word in grammar.humans)
        self._things: Trie[bool] = Trie()
        for word in grammar.namesakes:
            self._things.add(word, True)
        self._little = frozenset(fold(word) for word in grammar.little)
        self._thing_words = frozenset(fold(word).rsplit("-")[-1].split()[-1] for word in grammar.namesakes)

    def stands_alone(
        self,
        text: str,
        tokens: list[Token],
        span: tuple[int, int],
        view: ModelView,
        joined: bool,
        whole: bool,
    ) -> bool:
        """Whether the name at `tokens[first:last]` is nobody else's.

        `joined`: a leader's name ends at a hyphen before it; `whole`: it is somebody's whole name.
        """
        first, last = span
        if not _ends_as_name(text, tokens, first, last) or not (
            is_capital(text, tokens[first]) or tokens[first].form in PARTICLES | self._honorifics
        ):
            return False
        if self.is_borne(tokens, first) or self._goes_on(text, tokens, first, last, view):
            return False
        if first == 0:
            return True
        before = tokens[first - 1]
        if before.form == "-" and before.end == tokens[first].start:
            return joined
        if whole:
            return True
        beside = text[before.end : tokens[first].start] in (" ", "\u00a0")
        articled = before.form in _ARTICLES and last - first == 1
        return not articled and not (beside and self._belongs(text, tokens, first - 1, view))

    def is_borne(self, tokens: list[Token], first: int) -> bool:
        """ "la loi Macron", "place du Général de Gaulle": the name follows such a word, or that and an honorific."""
        at = first - 1
        while at >= 0 and tokens[at].form in self._honorifics | {"du", "de", "-"} and at > first - 4:
            at -= 1
        beside = at == first - 1 or tokens[at + 1].form in ("du", "-")
        if at < 0 or not beside or tokens[at].form not in self._thing_words:
            return False
        return any(
            last >= first - 3
            for start in range(max(at - 2, 0), at + 1)
            for last, _ in self._things.matches(tokens, start)
        )

    def _belongs(self, text: str, tokens: list[Token], at: int, view: ModelView) -> bool:
        """Whether the word right before a surname makes it another's: a given name, or the noun of a thing."""
        before = tokens[at]
        if before.form in self._humans or before.form in self._civilities:
            return False
        if is_capital(text, before):
            return view.is_proper(before.start) and before.form not in self._little
        after_article = at > 0 and tokens[at - 1].form in (
            "le",
            "la",
            "les",
            "du",
            "des",
            "'",
            "cette",
            "ce",
            "un",
            "une",
        )
        return after_article and view.part_of_speech(before.start) == "NOUN"

    def _goes_on(self, text: str, tokens: list[Token], first: int, last: int, view: ModelView) -> bool:
        """ "Trump Tower", "Macron-Trogneux", "Donald Trump Jr"; not "Trump-Poutine", of which both halves are found."""
        if last >= len(tokens):
            return False
        after, gap = tokens[last], text[tokens[last - 1].end : tokens[last].start]
        if after.form in ("jr", "junior"):
            return True
        if gap != " " or not is_capital(text, after) or len(after.form) < 2 or after.form in self._little:
            return False
        if text[tokens[first].start : after.end].isupper():
            return False
        if last - first > 1:
            return view.is_proper(after.start)
        written = text[after.start : after.end]
        return not (len(written) > 3 and written.isupper()) and view.part_of_speech(after.start) in _NOMINAL


def _ends_as_name(text: str, tokens: list[Token], first: int, last: int) -> bool:
    """Whether the last word of a name has a capital, also in front of its hyphens: "Suk-yeol", "al-Assad"."""
    at = last - 1
    while not is_capital(text, tokens[at]):
        if at - 2 < first or tokens[at - 1].form != "-":
            return False
        at -= 2
    return True


def is_named(text: str, tokens: list[Token], first: int, last: int) -> bool:
    """Whether a whole name is written as names are, with capitals at its ends."""
    return is_capital(text, tokens[first]) and _ends_as_name(text, tokens, first, last)


def is_capital(text: str, token: Token) -> bool:
    """Whether a word is written with a capital."""
    return text[token.start].isupper()
