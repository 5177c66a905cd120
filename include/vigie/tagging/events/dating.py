"""The date of each event that a sentence tells of.

A noun takes the date that follows it ("le sommet de jeudi"), or that of its clause when its verb makes it happen
("s'est tenu jeudi"), when it is led in ("lors d'un entretien") or is its subject. A verb takes the nearest of its
clause, else that which opens the sentence, else that of the clause it goes on from. The day on which somebody said so
is nobody's ("a annoncé jeudi l'Élysée").
"""

from vigie.dates.days import Side
from vigie.tagging.events.french import AWAY, DATE_OF, NO_BRIDGE, OF
from vigie.tagging.events.lexicon import Lexicon
from vigie.tagging.events.reading import Dated, Reading, is_free
from vigie.tagging.events.telling import Told, looks_ahead
from vigie.tagging.words import Token

_DIRECT_WORDS = 12
_BARE_WORDS = 6


class Dater:
    """Dates what one sentence tells; to be asked in order, for a clause may go on from the one before."""

    def __init__(self, reading: Reading, lexicon: Lexicon, tokens: list[Token], told: list[Told]) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._tokens = tokens
        self._chosen: dict[int, tuple[Dated, Side]] = {}
        self._owners: dict[int, Told] = {}
        """The nouns that dates follow as their own, by the token of the date: the nearest before it."""
        for one in told:
            dated = self._direct(one) if one.is_noun else None
            if dated:
                self._owners[dated.at] = one

    def date(self, told: Told) -> Dated | None:
        """The date of what is told, where there is one."""
        if told.is_noun:
            return self._direct(told) or (self._around(told) if self._takes_date_of_clause(told) else None)
        if told.tense == "bare":
            near = (
                dated
                for dated in self._reading.dates
                if 0 <= dated.at - told.last < _BARE_WORDS and is_free(dated)
            )
            return next(near, None)
        dated = self._around(told)
        if dated:
            self._chosen[told.clause] = (dated, told.side)
        return dated

    def side(self, told: Told, dated: Dated) -> Side:
        """The side to resolve it on: "prévue vendredi" is to come; what is only spoken of has none."""
        between = (verb for verb in self._reading.verbs if told.last <= verb.first < dated.at)
        if told.is_noun and told.side != "past" and any(looks_ahead(verb) for verb in between):
            return "future"
        spoken_of = told.is_noun and told.verb and told.first > told.verb.first and told.verb.does("say")
        return None if spoken_of and not told.clue.announced else told.side

    def _direct(self, told: Told) -> Dated | None:
        for dated in self._reading.dates:
            if not told.last <= dated.at < told.last + _DIRECT_WORDS or dated.expression.edge:
                continue
            between = {token.form for token in self._tokens[told.last : dated.at]}
            if dated.expression.bare and not between <= OF | {"en"}:
                continue
            if told.clue.recalls and self._tokens[dated.at - 1].form in OF:
                continue
            if NO_BRIDGE & between or self._is_parted(told.last, dated.at):
                return None
            return dated
        return None

    def _is_parted(self, first: int, last: int) -> bool:
        """Whether a verb or another event stands between a noun and a date."""
        verbs = any(
            first <= verb.first < last and verb.tense not in ("bare", "gerund")
            for verb in self._reading.verbs
        )
        return verbs or any(first <= noun.first < last for noun in self._reading.nouns)

    def _takes_date_of_clause(self, told: Told) -> bool:
        verb = told.verb
        if verb is None or (told.clue.announced and verb.does("say")):
            return True
        if told.lead in self._lexicon.during:
            return not verb.does("say") or told.first < verb.first
        makes = verb.makes(told.clue.kind)
        if (verb.does("say") and not makes) or told.lead in AWAY:
            return False
        if makes or any(use.clue and use.clue.kind == told.clue.kind for use in verb.uses):
            return True
        return told.last <= verb.first and not verb.does("judge")

    def _around(self, told: Told) -> Dated | None:
        clause = self._reading.clauses[told.clause]
        own = [dated for dated in self._reading.dates_in(clause) if not self._is_anothers(dated, told)]
        if own:
            return min(own, key=lambda dated: (dated.expression.is_year, abs(dated.at - told.first)))
        leading = self._reading.leading
        if leading and told.clause and not self._reading.clauses[0].says:
            return leading
        before = self._chosen.get(told.clause - 1) if clause.joined else None
        return before[0] if before and before[1] == told.side else None

    def _is_anothers(self, dated: Dated, told: Told) -> bool:
        """Whether a date belongs to another word: "la réunion de mardi", "l'accord signé mardi"."""
        before = [token.form for token in self._tokens[max(0, dated.at - 2) : dated.at]]
        if before[-1:] and before[-1] in OF and dated.at > told.last and before[0] not in DATE_OF:
            return True
        owner = self._owners.get(dated.at)
        if owner and owner.first != told.first and not {owner.lead, told.lead} & self._lexicon.during:
            return True
        return not told.is_noun and any(
            verb.tense == "bare" and 0 <= dated.at - verb.last < 3 and verb.last > told.last
            for verb in self._reading.verbs
        )
