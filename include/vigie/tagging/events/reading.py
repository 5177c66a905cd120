"""A sentence as the rules of events see it: its nouns that tell of one, its clauses, its dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from vigie.dates.relative import Expression, find_expressions
from vigie.tagging.events.clauses import Clause, cut_clauses
from vigie.tagging.events.lexicon import Clue, Lexicon
from vigie.tagging.events.sentences import Sentence
from vigie.tagging.events.verbs import VerbGroup, VerbReader
from vigie.tagging.words import Token, fold

MAX_NOUNS, MAX_VERBS = 40, 80
"""No sentence of 1,500 characters that says something has more."""
_LEAD_WORDS = 4
_IF = frozenset(("si", "sauf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A noun that tells of an event, at `tokens[first:last]`."""

    first: int
    last: int
    clue: Clue


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date and the token it begins at."""

    at: int
    expression: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All of a sentence. `words` is its words with a space around each: what `Clue.near` is looked for in."""

    sentence: Sentence
    words: str
    nouns: tuple[Noun, ...]
    verbs: tuple[VerbGroup, ...]
    clauses: tuple[Clause, ...]
    dates: tuple[Dated, ...]
    has_condition: bool

    def clause_at(self, at: int) -> int:
        """The index of the clause that a token is in."""
        return next(
            (index for index, clause in enumerate(self.clauses) if at < clause.last), len(self.clauses) - 1
        )

    def dates_in(self, clause: Clause) -> list[Dated]:
        """The dates of a clause that may be an event's."""
        return [dated for dated in self.dates if clause.first <= dated.at < clause.last and is_free(dated)]

    @property
    def leading(self) -> Dated | None:
        """The date that a sentence opens with: it holds for all of it."""
        first = self.dates[0] if self.dates else None
        if first is None or first.at - self.sentence.first > _LEAD_WORDS or not is_free(first):
            return None
        return first if not any(verb.first < first.at for verb in self.verbs) else None


def is_free(dated: Dated) -> bool:
    """Whether a date may be an event's: no bound of a time, no year that only the word before it may have."""
    return not dated.expression.edge and not dated.expression.bare


def read_sentence(
    sentence: Sentence, lexicon: Lexicon, verbs: VerbReader, tokens: list[Token], text: str, folded: str
) -> Reading:
    """Read a sentence of a text."""
    groups = verbs.read(sentence.first, sentence.last)[:MAX_VERBS]
    nouns = (n for n in find_nouns(sentence, lexicon, tokens, text) if not verbs.is_verb(n.first, n.last))
    return Reading(
        sentence=sentence,
        words=f" {' '.join(token.form for token in tokens[sentence.first : sentence.last])} ",
        nouns=tuple(islice(nouns, MAX_NOUNS)),
        verbs=tuple(groups),
        clauses=tuple(cut_clauses(sentence.first, sentence.last, groups, tokens, text)),
        dates=tuple(_find_dates(sentence, tokens, folded)),
        has_condition=(tokens[sentence.last - 1].form == "?" or _has_condition(sentence, tokens))
        and any(_is_open(verb) for verb in groups),
    )


def _is_open(verb: VerbGroup) -> bool:
    """Whether a verb looks ahead; a condition with none is a fact conceded: "Si le sommet a eu lieu, il a déçu"."""
    return verb.doubted or verb.tense in ("future", "conditional", "planned")


def find_nouns(sentence: Sentence, lexicon: Lexicon, tokens: list[Token], text: str) -> Iterator[Noun]:
    """The nouns that tell of an event, the longest phrases; not those that a phrase of `never` is about."""
    at, found = sentence.first, []
    while at < sentence.last:
        matches = lexicon.nouns.matches(tokens, at) if tokens[at].form in lexicon.first_words else []
        if matches:
            last, clues = matches[0]
            found.append(Noun(first=at, last=last, clue=clues[0]))
        at = matches[0][0] if matches else at + 1
    never = list(_find_never(sentence, lexicon, tokens, text)) if found else []
    for noun in found:
        mention = text[tokens[noun.first].start : tokens[noun.last - 1].end].removesuffix("s")
        if (mention.endswith("é") and fold(mention) not in lexicon.accented) or _is_title(noun, tokens, text):
            continue
        if not any(a < noun.last and noun.first < b and kind == noun.clue.kind for a, b, kind in never):
            yield noun


def _find_never(
    sentence: Sentence, lexicon: Lexicon, tokens: list[Token], text: str
) -> Iterator[tuple[int, int, str]]:
    """The phrases that tell of nothing, and the kind that they are none of."""
    for at in range(sentence.first, sentence.last):
        for after, values in lexicon.never.matches(tokens, at):
            mention = text[tokens[at].start : tokens[after - 1].end]
            yield from ((at, after, kind) for kind, spelling in values if not spelling or spelling == mention)


def _is_title(noun: Noun, tokens: list[Token], text: str) -> bool:
    """ "Le Procès" behind a quotation mark is a work."""
    before = tokens[max(0, noun.first - 2) : noun.first]
    return (
        len(before) == 2
        and before[0].form in ("«", "“", '"')
        and text[before[1].start].isupper()
        and text[tokens[noun.first].start].isupper()
    )


def _find_dates(sentence: Sentence, tokens: list[Token], folded: str) -> Iterator[Dated]:
    at = sentence.first
    for expression in find_expressions(folded[sentence.start : sentence.end]):
        while at + 1 < sentence.last and tokens[at].end <= sentence.start + expression.start:
            at += 1
        yield Dated(at=at, expression=expression)


def _has_condition(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "si", "s'il": at the head of a clause. "si important" is none, nor "demander si"."""
    for at in range(sentence.first, sentence.last - 2):
        form = tokens[at].form
        heads = at == sentence.first or tokens[at - 1].form in (
            ",",
            ";",
            ":",
            "et",
            "meme",
            "que",
            "'",
            "«",
            "–",
        )
        if heads and form in _IF:
            return True
        if form == "s" and tokens[at + 2].form in ("il", "ils"):
            return True
        if form == "cas" and tokens[at - 1].form == "en" and tokens[at + 1].form in ("de", "d"):
            return True
    return False
