"""The words of a sentence that tell of an event which takes place: not denied, called off, wished or only possible."""

from collections.abc import Iterator
from dataclasses import dataclass

from vigie.dates.days import Side
from vigie.tagging.events.french import AWAY, HEADS, OF, SKIPPED
from vigie.tagging.events.lexicon import Clue, Lexicon
from vigie.tagging.events.reading import Noun, Reading
from vigie.tagging.events.verbs import VerbGroup
from vigie.tagging.words import Token

_AHEAD = frozenset(("attendre", "prévoir", "programmer", "fixer"))
_LEAD_REACH = 6
_NEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A word that tells of an event, at `tokens[first:last]` in the clause of that index. `lead` is the word that leads
    a noun in ("lors", "après"; "de" where it completes another noun), `side` the way its verb looks."""

    first: int
    last: int
    clause: int
    clue: Clue
    tense: str
    side: Side
    verb: VerbGroup | None
    is_noun: bool = False
    lead: str = ""


class Teller:
    """Finds them in one sentence."""

    def __init__(self, reading: Reading, lexicon: Lexicon, tokens: list[Token]) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._tokens = tokens

    def find(self) -> list[Told]:
        """What tells of an event, in order; a verb with several clues comes once for each."""
        return sorted((*self._by_verbs(), *self._by_nouns()), key=lambda told: told.first)

    def _by_verbs(self) -> Iterator[Told]:
        for verb in self._reading.verbs:
            clause = self._reading.clause_at(verb.first)
            if verb.negated or verb.doubted or not verb.tells or self._is_off(verb, clause):
                continue
            if any(self._goes_with(noun, verb, clause) for noun in self._reading.nouns):
                continue
            side = self.side(verb, clause)
            clues = (use.clue for use in verb.uses if use.clue and self._stands(use.clue, verb, clause))
            for clue in clues:
                yield Told(
                    first=verb.first,
                    last=verb.last,
                    clause=clause,
                    clue=clue,
                    tense=verb.tense,
                    side=side,
                    verb=verb,
                )

    def _by_nouns(self) -> Iterator[Told]:
        for noun in self._reading.nouns:
            if self._is_real(noun):
                clause = self._reading.clause_at(noun.first)
                verb = self._reading.clauses[clause].verb
                yield Told(
                    first=noun.first,
                    last=noun.last,
                    clause=clause,
                    clue=noun.clue,
                    tense=verb.tense if verb else "none",
                    side=self.side(verb, clause),
                    verb=verb,
                    is_noun=True,
                    lead=self._lead(noun),
                )

    def side(self, verb: VerbGroup | None, clause: int) -> Side:
        """The way a verb looks; an infinitive ("avant de recevoir") as the clause before."""
        if verb is None or verb.tense in ("present", "planned", "gerund"):
            return None
        if verb.tense == "infinitive":
            return self.side(self._reading.clauses[clause - 1].verb, clause - 1) if clause else None
        if verb.tense == "bare":
            return "future" if looks_ahead(verb) else "past"
        return "future" if verb.tense in ("future", "conditional") else "past"

    def _goes_with(self, noun: Noun, verb: VerbGroup, clause: int) -> bool:
        """Whether the verb only says that what the noun tells of takes place: "le G8 se réunit"."""
        where = self._reading.clauses[clause]
        if not (where.first <= noun.first < where.last and verb.makes(noun.clue.kind)):
            return False
        kinds = {use.clue.kind for use in verb.uses if use.clue}
        lead = self._lead(noun)
        if lead in AWAY:
            return False
        close = noun.first < verb.first or noun.clue.kind in kinds or lead == "pour"
        return close and self._is_real(noun)

    def _stands(self, clue: Clue, verb: VerbGroup, clause: int) -> bool:
        """Whether the words that must be near are, and those that must not follow do not."""
        if clue.passive and not verb.passive:
            return False
        if not self._is_near(clue):
            return False
        behind = self._tokens[verb.last : self._reading.clauses[clause].last] if clue.without else []
        after = f" {' '.join(token.form for token in behind)} "
        return not any(phrase in after for phrase in clue.without)

    def _is_near(self, clue: Clue) -> bool:
        return not clue.near or any(phrase in self._reading.words for phrase in clue.near)

    def _is_off(self, verb: VerbGroup, clause: int) -> bool:
        """Whether a verb tells of what may never be: a condition, an infinitive that nothing makes real."""
        if self._reading.has_condition or verb.tense == "gerund":
            return True
        if verb.tense == "conditional":
            return not self._is_reported(clause)
        if verb.tense != "infinitive":
            return False
        if any(
            v.does("plan") and not v.negated and not v.doubted and 0 <= verb.first - v.last <= 2
            for v in self._reading.verbs
        ):
            return False  # "appelle à manifester", "a décidé de recevoir"
        before = [token.form for token in self._tokens[max(0, verb.first - 2) : verb.first]]
        purpose = before[-1:] == ["pour"] and any(use.clue and use.clue.people > 1 for use in verb.uses)
        return not purpose and before != ["avant", "de"]

    def _is_reported(self, clause: int) -> bool:
        """Whether somebody says it before: "a annoncé qu'il se rendrait" is a future."""
        return any(before.says for before in self._reading.clauses[:clause])

    def _is_real(self, noun: Noun) -> bool:
        """No word beside it says that there is none, and no verb of its clause."""
        if self._reading.has_condition or not self._is_near(noun.clue):
            return False
        if self._is_denied(noun) or self._is_called_off(noun):
            return False
        if any(
            noun.first - _NEAR <= verb.last <= noun.first and verb.does("doubt")
            for verb in self._reading.verbs
        ):
            return False
        clause = self._reading.clause_at(noun.first)
        verb = self._reading.clauses[clause].verb
        if verb is None:
            return True
        if verb.tense == "conditional" and not self._is_reported(clause):
            return False
        behind = noun.first >= verb.last
        if behind and (verb.doubted or verb.does("doubt")):
            return False
        return not (verb.negated and (behind or verb.makes(noun.clue.kind)))

    def _is_denied(self, noun: Noun) -> bool:
        """ "aucune rencontre", "pas de visite", "une éventuelle grève"."""
        before = [token.form for token in self._tokens[max(0, noun.first - 3) : noun.first]]
        behind = [token.form for token in self._tokens[noun.last : noun.last + 1]]
        if self._lexicon.doubtful & {*before[-2:], *behind}:
            return True
        return before[-1:] in (["de"], ["'"]) and "pas" in before

    def _is_called_off(self, noun: Noun) -> bool:
        """In its own clause, or by what the next one says of it: "La rencontre, prévue mardi, est annulée"."""
        own = self._reading.clause_at(noun.first)
        for verb in self._reading.verbs:
            clause = self._reading.clause_at(verb.first)
            follows = clause == own + 1 and verb.first > noun.first
            if (clause == own or follows) and verb.does("cancel") and not verb.negated:
                return True
            if follows and verb.negated and verb.does("happen") and not verb.tells:
                return True
        return False

    def _lead(self, noun: Noun) -> str:
        begin = max(self._reading.sentence.first, noun.first - _LEAD_REACH)
        at, completes = noun.first - 1, False
        while at >= begin and self._tokens[at].form in SKIPPED:
            completes = completes or self._tokens[at].form in OF
            at -= 1
        if at < begin:
            return ""
        form = self._tokens[at].form
        if form in self._lexicon.during or form in AWAY:
            return form
        return "de" if completes and form not in HEADS else ""


def looks_ahead(verb: VerbGroup) -> bool:
    """ "prévu", "attendu": what is to come."""
    return any(use.verb in _AHEAD for use in verb.uses)
