"""What stands right beside a phrase: the name that it is apposed to, a stranger's name, or a word that changes it."""

from collections import defaultdict
from difflib import SequenceMatcher

from vigie.tagging.leaders.borne import ModelView
from vigie.tagging.leaders.gazetteer import Person
from vigie.tagging.leaders.namefinder import NameMention
from vigie.tagging.leaders.phrases import Phrase
from vigie.tagging.words import Token, fold

_APPOSING = frozenset({",", "(", "–", "—"})
_ARTICLES = frozenset({"le", "la", "l", "'"})
_REACH = 4
"""So many tokens after a phrase its name may begin: ", le général Min Aung Hlaing"."""
_SAME_NAME = 0.75
"""How alike two spellings of one name are at least (difflib). "Volodimir Zelenskyj" is 0.86 like its usual spelling; of
2,544 successions in terms.csv, 0.4 % have names this alike, half are below 0.30."""


class Neighbours:
    """The surroundings of the phrases of one text."""

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        names: list[NameMention],
        honorifics: frozenset[str],
        view: ModelView,
    ) -> None:
        self._text, self._tokens, self._view, self._honorifics = text, tokens, view, honorifics
        self._from: dict[int, list[NameMention]] = defaultdict(list)
        self._until: dict[int, list[NameMention]] = defaultdict(list)
        self._named = {index for name in names for index in range(name.first, name.last)}
        for name in names:
            self._from[name.first].append(name)
            self._until[name.last].append(name)

    def is_named(self, phrase: Phrase) -> bool:
        """Whether a phrase shares a token with a name."""
        return any(index in self._named for index in range(phrase.first, phrase.last))

    def is_title_of_name(self, phrase: Phrase) -> bool:
        """Whether a name goes on with a phrase: "le Premier ministre Gabriel Attal"."""
        return phrase.last in self._from

    def names_after(self, phrase: Phrase) -> list[NameMention]:
        """The names apposed to a phrase: "le président russe, Vladimir Poutine"."""
        return [
            name
            for at in range(phrase.last + 1, phrase.last + _REACH)
            for name in self._from.get(at, ())
            if self._apposes(phrase.last, at)
        ]

    def people_beside(self, phrase: Phrase) -> list[Person]:
        """Those named right before or after a phrase, with nothing but a comma, bracket or dash between."""
        before = phrase.first > 0 and self._tokens[phrase.first - 1].form in _APPOSING
        names = [*self.names_after(phrase), *(self._until.get(phrase.first - 1, ()) if before else ())]
        return [name.person for name in names]

    def _apposes(self, first: int, last: int) -> bool:
        """Whether these tokens are a comma, bracket or dash, and perhaps an honorific."""
        forms = [token.form for token in self._tokens[first:last]]
        return forms[0] in _APPOSING and all(f in _ARTICLES or f in self._honorifics for f in forms[1:])

    def is_common(self, phrase: Phrase) -> bool:
        """ "Le roi lion", "le leader diplomatique": a title of many uses, and a noun or adjective right behind it."""
        title = phrase.titles[0] if phrase.titles else None
        # "La chancelière juge": the model takes many a verb behind it for a noun.
        own = title is not None and title.own and not fold(title.form).startswith("chanceli")
        if title is None or not (own or title.generic) or phrase.last >= len(self._tokens):
            return False
        after = self._tokens[phrase.last]
        if phrase.countries:  # "le leader chinois des puces"
            return title.generic and after.form in ("de", "des", "du", "d")
        gap = self._text[self._tokens[phrase.last - 1].end : after.start]
        return gap == " " and self._view.is_common(after.start)

    def stranger_after(self, phrase: Phrase) -> tuple[int, int] | None:
        """A name that the gazetteer has not, right after a title; its tokens.

        "Le président polonais Jan Kowalski", "le président polonais, Jan Kowalski, a dit".
        """
        last = self._proper_from(phrase.last)
        if last > phrase.last:
            return phrase.last, last
        first = phrase.last + 1
        if first >= len(self._tokens) or self._tokens[phrase.last].form != "," or first in self._from:
            return None
        last = self._proper_from(first)
        closed = last < len(self._tokens) and self._tokens[last].form in (",", ".", ")")
        return (first, last) if last - first > 1 and closed else None

    def is_spelling_of(self, span: tuple[int, int], person: Person) -> bool:
        """Whether the words there are nearly a person's name: a spelling unknown to us."""
        written = " ".join(token.form for token in self._tokens[slice(*span)])
        return SequenceMatcher(None, written, fold(person.name)).ratio() >= _SAME_NAME

    def _proper_from(self, at: int) -> int:
        """The index after the capitalised proper nouns that go on at a token."""
        first = at
        while (
            at < len(self._tokens)
            and (
                self._text[self._tokens[at - 1].end : self._tokens[at].start] in (" ", "\u00a0")
                or self._joins(at, first)
            )
            and self._text[self._tokens[at].start].isupper()
            and self._view.is_proper(self._tokens[at].start)
        ):
            at += 1
            if at + 1 < len(self._tokens) and self._joins(at + 1, first):
                at += 1
        return at

    def _joins(self, at: int, first: int) -> bool:
        """Whether a hyphen within a name ("al-Chaibani", "Jean-Luc") joins a token to the one before the hyphen."""
        hyphen = self._tokens[at - 1]
        return (
            at - 2 >= first
            and hyphen.form == "-"
            and hyphen.start == self._tokens[at - 2].end
            and hyphen.end == self._tokens[at].start
        )
