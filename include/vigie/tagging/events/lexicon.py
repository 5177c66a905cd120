"""The desk's words of events, compiled once: nouns and phrases in tries, verbs by each of their forms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from vigie.knowledge.types.events import EventClue, EventFile, EventGrammar, EventKind, IrregularVerb
from vigie.tagging.conjugation import Form, conjugate
from vigie.tagging.events.french import OF
from vigie.tagging.words import Trie, fold, spellings, tokenize

Role = Literal["tell", "happen", "plan", "doubt", "cancel", "say", "judge"]
Value = TypeVar("Value")
_UNINFLECTED = frozenset(("de", "du", "des", "d", "a", "au", "en", "par", "pour", "contre", "sur"))
"""The plural of a noun phrase ends where its complement begins."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clue:
    """What must stand beside some words for them to tell of an event of `kind`; `include/events/kinds.yml` explains.

    `near` and `without` are phrases as `spaced` gives them.
    """

    kind: str
    announced: bool
    groups: bool
    persons: bool
    undated: bool
    object: bool
    passive: bool
    people: int
    place: bool
    there: str | None
    dated: bool
    recalls: bool
    near: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbUse:
    """One form of a verb and what the verb does: it tells of an event, by `clue`, or stands around one."""

    role: Role
    verb: str
    form: Form
    reflexive: bool
    tail: tuple[str, ...]
    clue: Clue | None = None
    only: str | None = None
    """The one kind that the verb makes happen, where it is not any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All of them. `never` gives the kind that a phrase is none of, and its spelling where that counts."""

    nouns: Trie[Clue]
    never: Trie[tuple[str, str]]
    verbs: Mapping[str, tuple[VerbUse, ...]]
    groups: Trie[bool]
    venues: Trie[tuple[str, str]]
    during: frozenset[str]
    doubtful: frozenset[str]
    satellites: frozenset[str]
    first_words: frozenset[str]
    """What a sentence must have one of to be read: the first words of nouns, and the verbs that tell of something."""
    accented: frozenset[str]
    """Nouns in -é: another word that only lacks the accent is a verb's form ("frappé" is no "frappe")."""


def compile_lexicon(rules: EventFile) -> Lexicon:
    """Make the lexicon of the desk's file."""
    grammar = rules.grammar
    clues = [(_clue(kind, clue), clue) for kind in rules.kinds for clue in kind.clues]
    nouns = [
        (form, made) for made, clue in clues for noun in clue.nouns for form in {noun: 0, pluralise(noun): 0}
    ]
    verbs = _compile_verbs(rules, clues)
    telling = (form for form, uses in verbs.items() if any(use.clue for use in uses))
    return Lexicon(
        nouns=_trie(nouns),
        never=_trie(
            (phrase, (kind.kind, "" if phrase == phrase.lower() else phrase))
            for kind in rules.kinds
            for phrase in kind.never
        ),
        verbs=verbs,
        groups=_trie((form, True) for phrase in grammar.groups for form in {phrase: 0, pluralise(phrase): 0}),
        venues=_trie((name, (name, country)) for name, country in grammar.venues.items()),
        during=frozenset(map(fold, grammar.during)),
        doubtful=frozenset(map(fold, grammar.doubtful)),
        satellites=frozenset(map(fold, grammar.satellites)),
        first_words=frozenset(telling) | {forms[0] for form, _ in nouns for forms in spellings(form)},
        accented=frozenset(fold(noun) for _, clue in clues for noun in clue.nouns if noun.endswith("é")),
    )


def spaced(phrase: str) -> str:
    """A phrase as it is looked for among the words of a sentence: " conseil de securite "."""
    return f" {' '.join(token.form for token in tokenize(phrase))} "


def pluralise(phrase: str) -> str:
    """The noun and its adjectives in the plural, up to the complement."""
    words = phrase.split()
    end = next((at for at, word in enumerate(words) if fold(word).split("'")[0] in _UNINFLECTED), len(words))
    return " ".join([*(_plural(word) for word in words[:end]), *words[end:]])


def _plural(word: str) -> str:
    return word if word[-1] in "sxz" or word[-1].isdigit() else word + "s"


def _clue(kind: EventKind, clue: EventClue) -> Clue:
    return Clue(
        kind=kind.kind,
        announced=clue.announced,
        groups=clue.groups,
        persons=clue.persons,
        undated=kind.undated,
        object=clue.object,
        passive=clue.passive,
        people=clue.people,
        place=clue.place,
        there=clue.there,
        dated=clue.dated,
        recalls=kind.recalls,
        near=tuple(map(spaced, clue.near)),
        without=tuple(map(spaced, clue.without)),
    )


def _compile_verbs(
    rules: EventFile, clues: list[tuple[Clue, EventClue]]
) -> Mapping[str, tuple[VerbUse, ...]]:
    irregular = {verb.verb: verb for verb in rules.irregular}
    forms: defaultdict[str, list[VerbUse]] = defaultdict(list)
    for made, clue in clues:
        for spec in clue.verbs:
            for form, use in _uses(spec, "tell", irregular):
                if not clue.tenses or use.form in clue.tenses:
                    forms[form].append(replace(use, clue=made))
    for kind in rules.kinds:
        for spec in kind.happen:
            for form, use in _uses(spec, "happen", irregular):
                forms[form].append(replace(use, only=kind.kind))
    for role, spec in _around(rules.grammar):
        for form, use in _uses(spec, role, irregular):
            forms[form].append(use)
    return {form: tuple(uses) for form, uses in forms.items() if form not in OF}  # "dû" is no "du"


def _around(grammar: EventGrammar) -> Iterator[tuple[Role, str]]:
    roles: tuple[tuple[Role, tuple[str, ...]], ...] = (
        ("happen", grammar.happen),
        ("plan", grammar.plan),
        ("doubt", grammar.doubt),
        ("cancel", grammar.cancel),
        ("say", grammar.say),
        ("judge", grammar.judge),
    )
    for role, specs in roles:
        yield from ((role, spec) for spec in dict.fromkeys(specs))


def _uses(spec: str, role: Role, irregular: Mapping[str, IrregularVerb]) -> Iterator[tuple[str, VerbUse]]:
    """The forms of a verb as written in the file: "se rendre", "s'ouvrir", "prêter serment"."""
    reflexive = spec.startswith(("se ", "s'"))
    infinitive, *tail = (spec[3:] if spec.startswith("se ") else spec.removeprefix("s'")).split()
    parts = (irregular.get(f"se {infinitive}") if reflexive else None) or irregular.get(infinitive)
    for form, what in conjugate(infinitive, parts):
        yield (
            form,
            VerbUse(
                role=role,
                verb=infinitive,
                form=what,
                reflexive=reflexive,
                tail=tuple(token.form for token in tokenize(" ".join(tail))),
            ),
        )


def _trie(pairs: Iterable[tuple[str, Value]]) -> Trie[Value]:
    trie: Trie[Value] = Trie()
    for phrase, value in pairs:
        trie.add(phrase, value)
    return trie
