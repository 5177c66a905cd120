"""The desk's words of speech, compiled: what a form can be, looked up in one step."""

from collections.abc import Iterable
from typing import Literal

from vigie.knowledge.types.speech import Speech
from vigie.tagging.conjugation import Mood, conjugate, mood_of
from vigie.tagging.words import Token, Trie, fold

VerbKind = Literal["saying", "judging", "weak", "manner"]
NounKind = Literal["role", "body", "person", "document", "saying", "time"]
Moods = dict[Mood, VerbKind]
"""What a form can be: of a verb of which kind, in each mood."""


def fold_words(text: str) -> str:
    """Folded, with one space between words and after no apostrophe."""
    return " ".join(fold(text).replace("'", "' ").split())


class Lexicon:
    """Words and phrases by what they are. Phrases are keyed by their forms with a space between them."""

    def __init__(self, speech: Speech) -> None:
        self.verbs = _verb_forms(speech)
        self.faire = _forms("faire", "saying")
        self.said_with_faire = frozenset(map(fold, speech.verbs.faire))
        self.mute = frozenset(form for verb in speech.verbs.mute for form, _ in conjugate(verb))
        self.according = _phrases((phrase, True) for phrase in speech.according)
        for phrase in speech.doubtful:
            self.according.add(phrase.removesuffix(" de"), False)
        self.nouns = _nouns(speech)
        self.groups = _groups(speech)
        self.issuers = frozenset(fold_words(word) for word in speech.issuers)
        self.trades = tuple(fold(ending) for ending in speech.trades)
        self.naming = frozenset(fold_words(word) for word in speech.naming)
        self.works = frozenset(fold_words(word) for word in speech.works)
        self.makers = frozenset(fold_words(word) for word in speech.makers)
        self.charges = frozenset(fold_words(word) for word in speech.charges)
        self.terms = frozenset(fold_words(word) for word in speech.terms)
        self.judgements = frozenset(fold_words(word) for word in speech.judgements)
        self.renaming = frozenset(fold_words(word) for word in speech.renaming)
        self.loose = frozenset(fold_words(word) for word in speech.loose)
        self.attached = frozenset(fold_words(word) for word in speech.attached)
        self.apart = frozenset(fold_words(word) for word in speech.apart)
        self.prepositions = frozenset(map(fold, speech.prepositions))
        self.given = {
            fold(name): gender
            for gender, names in (("m", speech.given.masculine), ("f", speech.given.feminine))
            for name in names
        }

    def noun(self, form: str) -> NounKind | None:
        """What a noun or a phrase of nouns is, in the singular or the plural."""
        known = self.nouns.get(form) or (self.nouns.get(form[:-1]) if form.endswith(("s", "x")) else None)
        return known or ("role" if form.endswith(self.trades) and " " not in form else None)

    def group(self, form: str) -> frozenset[int]:
        """The functions that a word may name."""
        return self.groups.get(form) or self.groups.get(form.removesuffix("s"), frozenset())


def _verb_forms(speech: Speech) -> dict[str, Moods]:
    forms: dict[str, Moods] = {}
    kinds: tuple[tuple[VerbKind, Iterable[str]], ...] = (
        ("manner", speech.verbs.manner),
        ("weak", speech.verbs.weak),
        ("judging", speech.verbs.judging),
        ("saying", speech.verbs.saying),
    )
    for kind, verbs in kinds:
        for verb in verbs:
            for form, what in conjugate(verb):
                forms.setdefault(form, {})[mood_of(what)] = kind
    return forms


def _forms(verb: str, kind: VerbKind) -> dict[str, Moods]:
    forms: dict[str, Moods] = {}
    for form, what in conjugate(verb):
        forms.setdefault(form, {})[mood_of(what)] = kind
    return forms


def _phrases(rows: Iterable[tuple[str, bool]]) -> Trie[bool]:
    trie: Trie[bool] = Trie()
    for phrase, sure in rows:
        trie.add(phrase.removesuffix(" de"), sure)
    return trie


def _nouns(speech: Speech) -> dict[str, NounKind]:
    nouns: dict[str, NounKind] = {}
    rows: tuple[tuple[NounKind, Iterable[str]], ...] = (
        ("saying", speech.sayings),
        ("document", speech.documents),
        ("person", speech.persons),
        ("body", speech.collectives),
        ("role", (word for group in speech.roles for word in group)),
        ("role", speech.issuers),
        ("time", speech.times),
    )
    for kind, words in rows:
        for word in words:
            nouns.setdefault(fold_words(word), kind) if kind == "role" else nouns.update(
                {fold_words(word): kind}
            )
    return nouns


def _groups(speech: Speech) -> dict[str, frozenset[int]]:
    groups: dict[str, frozenset[int]] = {}
    for number, group in enumerate(speech.roles):
        for word in group:
            form = fold_words(word)
            groups[form] = groups.get(form, frozenset()) | {number}
    return groups


def as_tokens(forms: Iterable[str]) -> list[Token]:
    """Forms as the tokens that a trie reads: an apostrophe is a token of its own."""
    tokens: list[Token] = []
    for index, form in enumerate(forms):
        word = form.removesuffix("'")
        tokens.append(Token(word, index, index))
        if word != form:
            tokens.append(Token("'", index, index))
    return tokens
