"""Which marks hold somebody's words, and which a name, a title or a word that the writer keeps at a distance.

Judged by what stands around: several words are a quotation unless a name is expected there ("le film « … »"); one to
three words are one only close behind a verb of speech ("a dénoncé une décision « inacceptable »").
"""

from collections.abc import Sequence

from vigie.tagging.quotes.cues import Cue
from vigie.tagging.quotes.frames import Unit
from vigie.tagging.quotes.lexicon import Lexicon, fold_words
from vigie.tagging.quotes.verbs import Verb
from vigie.tagging.words import fold

_SHORT = 3
_TITLE_WORDS = 8
_SUBJECT_WORDS = 6
_ARTICLES = frozenset({"le", "la", "l'", "les", "aux", "du", "au", "ces", "ce", "cet", "cette", "nos", "leurs", "ses", "son", "sa", "leur"})  # fmt: skip
_INTO = frozenset({"dans", "au", "aux", "du", "de", "d'", "a", "le", "la", "l'", "les", "un", "une", "sur", "pour", "par", "chez", "en", "des", "ce", "cet", "cette"})  # fmt: skip
_CLITICS = frozenset({"vous", "nous", "se", "s'", "n'", "ne"})


class Sieve:
    """Tells quotations from what only looks like them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def is_quotation(
        self,
        inner: str,
        words: Sequence[Unit],
        units: Sequence[Unit],
        at: int,
        cue: Cue | None,
        chained: bool,
    ) -> bool:
        """Whether the marks at unit `at` hold somebody's words. `words` are their inside, with the model's reading.

        `chained`: a quotation before them in the frame has the same verb.
        """
        if not words:
            return False
        if self._is_named(inner, words, units, at, cue):
            return False
        if fold_words(inner.strip(" .,;:!?…")) in self._lexicon.terms:
            return False
        if len(words) > _SHORT:
            return True
        if chained and units[at - 1].form not in ("les", "aux"):
            return True
        return self._is_short_quotation(inner, words, units, at, cue)

    # Names and titles

    def _is_named(
        self, inner: str, words: Sequence[Unit], units: Sequence[Unit], at: int, cue: Cue | None
    ) -> bool:
        before = [unit.form for unit in units[max(0, at - 3) : at]]
        if (
            before
            and before[-1] == ":"
            and len(words) <= _SHORT
            and words[0].capital
            and self._goes_on(units, at)
        ):
            return True
        incise = cue is not None and cue.kind in ("incise", "according")
        if (
            self._is_explained(units, at, incise)
            or self._is_subject(words, units, at)
            or self._is_of_maker(words, units, at, incise)
        ):
            return len(words) <= _TITLE_WORDS
        if not before or before[-1] in (":", "que", "qu'"):
            return False
        if (
            at == 1
            and before[-1] in ("le", "la", "l'", "les")
            and len(words) <= _TITLE_WORDS
            and len(units) > 2
            and units[2].mood == "finite"
        ):
            return True
        if self._is_charge(words, before, units, at) or self._is_listed(words, units, at):
            return True
        if self._is_called(before, units, at, cue) and len(words) <= _TITLE_WORDS:
            return True
        if (
            self._is_work(words, before, units, at)
            and not self._is_description(words)
            and len(words) <= 2 * _TITLE_WORDS
            and not incise
        ):
            return True
        return self._is_title(inner, words, units, at, incise)

    @staticmethod
    def _goes_on(units: Sequence[Unit], at: int) -> bool:
        """Whether the sentence goes on with a list or a predicate behind a headline's title: "Bafta : « X » et « Y »"."""
        return at + 1 < len(units) and (
            units[at + 1].form in ("et", "ou") or units[at + 1].pos in ("ADJ", "VERB", "AUX", "ADP", "NOUN")
        )

    def _is_subject(self, words: Sequence[Unit], units: Sequence[Unit], at: int) -> bool:
        """ "« Dis-moi tout » paraît mercredi": what opens a frame and has a verb right behind is the name of something."""
        behind = units[at + 1 : at + 3]
        verb = next((unit for unit in behind if unit.form not in _CLITICS), None)
        if at > 0 or verb is None or verb.form in self._lexicon.verbs or not words[0].capital:
            return False
        return verb.mood == "finite" and verb.pos == "VERB" and len(words) <= _SUBJECT_WORDS

    @staticmethod
    def _is_of_maker(words: Sequence[Unit], units: Sequence[Unit], at: int, incise: bool) -> bool:
        """ "« Mercato » de Tristan Séguéla"."""
        behind = units[at + 1 : at + 4]
        named = (
            len(behind) == 3 and behind[0].form in ("de", "d'") and behind[1].capital and behind[2].capital
        )
        return named and words[0].capital and not incise and not any(unit.mood == "finite" for unit in words)

    def _is_charge(self, words: Sequence[Unit], before: list[str], units: Sequence[Unit], at: int) -> bool:
        """What justice reproaches somebody with, in its own terms: "mis en examen pour « … »"."""
        if before[-1] not in ("pour", "de", "d'") or words[0].mood:
            return False
        return any(unit.form in self._lexicon.charges for unit in units[max(0, at - 6) : at])

    def _is_explained(self, units: Sequence[Unit], at: int, incise: bool) -> bool:
        """ "« … », l'émission de X": a title, by what stands behind it."""
        behind = [unit.form for unit in units[at + 1 : at + 5]]
        if incise or len(behind) < 3 or behind[0] != "," or behind[1] not in _INTO:
            return False
        return any(form in self._lexicon.works for form in behind[2:])

    def _is_listed(self, words: Sequence[Unit], units: Sequence[Unit], at: int) -> bool:
        """ "l'auteur de « … »", "l'animatrice vedette de « … »": what somebody is known for."""
        if units[at - 1].form not in ("de", "du", "des", "d'", "dans") or not words[0].capital:
            return False
        return any(unit.form in self._lexicon.makers for unit in units[max(0, at - 5) : at - 1])

    def _is_called(self, before: list[str], units: Sequence[Unit], at: int, cue: Cue | None) -> bool:
        """ "surnommé « … »", "dit « … »" behind a name, "sous le nom de « … »"."""
        last = before[-1]
        if last in ("dit", "dite", "dits", "dites"):
            named = len(before) > 1 and (before[-2] in (",", "(") or units[at - 2].pos in ("NOUN", "PROPN"))
            return named and not (
                cue is not None
                and cue.verb is not None
                and cue.verb.first < at - 1
                and cue.verb.head == at - 1
            )
        if last in self._lexicon.naming:
            return True
        return len(before) > 1 and last in ("de", "d'", "comme", "en", "le", "la", "l'") and (
            before[-2] in ("nom", "surnom", "sobriquet", "titre", "pseudonyme", "rebaptise", "rebaptisee", "intitule", "hashtag", "pseudo", "baptise", "baptisee", "surnomme", "surnommee")
        )  # fmt: skip

    def _is_work(self, words: Sequence[Unit], before: list[str], units: Sequence[Unit], at: int) -> bool:
        """ "le film « … »", "la loi dite « … »", "le film à succès « … »", "le film de X, « … »"."""
        if before[-1] in self._lexicon.works:
            return units[at - 1].pos not in ("VERB", "AUX")
        return len(before) > 1 and before[-2] in self._lexicon.works and (
            units[at - 1].pos in ("ADJ", "NOUN", "PROPN") or (before[-1] == "," and words[0].capital)
        )  # fmt: skip

    @staticmethod
    def _is_description(words: Sequence[Unit]) -> bool:
        """Whether they describe what stands before, rather than name it: "une loi « inutile et dangereuse »"."""
        first = next(
            (
                unit
                for unit in words
                if unit.form
                not in (
                    "tres",
                    "trop",
                    "plus",
                    "totalement",
                    "pas",
                    "tout",
                    "profondement",
                    "particulierement",
                )
            ),
            words[0],
        )
        return not words[0].capital and (
            first.pos in ("ADJ", "ADV", "VERB", "ADP", "SCONJ") or first.mood == "past"
        )

    def _is_title(
        self, inner: str, words: Sequence[Unit], units: Sequence[Unit], at: int, incise: bool
    ) -> bool:
        """A capital in the middle of a frame, behind a preposition or an article, and no verb inside."""
        before = units[at - 1]
        if not words[0].capital or incise or before.form not in _INTO or before.quote is not None:
            return False
        finite = any(unit.mood == "finite" for unit in words)
        return len(words) <= _TITLE_WORDS and (not finite or len(words) <= _SHORT)

    # A few words

    def _is_short_quotation(
        self, inner: str, words: Sequence[Unit], units: Sequence[Unit], at: int, cue: Cue | None
    ) -> bool:
        before = units[at - 1] if at else None
        ended = inner.rstrip().endswith((".", "!", "?", "…"))
        if before is None and (ended or self._has_verb(words) or (len(units) > 1 and units[1].form == ":")):
            return True
        if cue is None:
            return False
        if before is None or cue.kind == "incise" or before.form == ":":
            return cue.kind != "subject"
        if cue.kind == "according":
            return self._describes(words, before) or before.form not in _ARTICLES
        if cue.kind == "subject":
            return self._has_verb(words) and before.form not in _ARTICLES
        if cue.kind != "verb":
            return self._describes(words, before) or (
                cue.kind == "sentence" and before.form not in ("les", "aux")
            )
        return cue.verb is not None and self._is_governed(words, units, at, cue, cue.verb)

    def _is_governed(
        self, words: Sequence[Unit], units: Sequence[Unit], at: int, cue: Cue, verb: Verb
    ) -> bool:
        """Whether a verb of speech brings in the words themselves, and not something that bears them as its name."""
        before = units[at - 1]
        if verb.negated and words[0].pos == "NOUN" and before.form in ("de", "d'"):
            return False  # "n'a pas parlé de « rigueur »"
        if verb.kind == "weak":
            reflexive = any(unit.form in ("se", "s'") for unit in units[verb.first : verb.head])
            return (reflexive and cue.gap <= 2) or self._describes(words, before)
        if cue.gap > 8:
            return self._describes(words, before)
        if before.form in ("les", "aux") and not self._is_judgement(words):
            return verb.kind == "judging" and cue.gap <= 1
        return cue.gap <= 3 or before.form not in _ARTICLES or self._describes(words, before)

    @staticmethod
    def _has_verb(words: Sequence[Unit]) -> bool:
        return any(unit.mood in ("finite", "infinitive") for unit in words)

    def _describes(self, words: Sequence[Unit], before: Unit) -> bool:
        """A word that judges, "un …", an adjective or a verb: hardly a name."""
        if self._is_judgement(words):
            return True
        if before.form in ("les", "aux"):
            return False
        first = words[0]
        return not first.capital and (
            first.pos in ("ADJ", "ADV", "VERB", "ADP")
            or bool(first.mood)
            or first.form in ("un", "une", "des")
        )

    def _is_judgement(self, words: Sequence[Unit]) -> bool:
        return any(
            unit.form in self._lexicon.judgements
            or fold(unit.form).removesuffix("s") in self._lexicon.judgements
            for unit in words
        )
