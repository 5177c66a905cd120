"""The verbs of a frame: each with its auxiliary, clitics and inverted pronoun, and whether it tells of speech."""

from dataclasses import dataclass

from vigie.tagging.conjugation import Mood
from vigie.tagging.quotes.frames import Unit
from vigie.tagging.quotes.lexicon import Lexicon, Moods, VerbKind
from vigie.tagging.quotes.mentions import Mention

_HAVE = frozenset({"a", "ont", "avait", "avaient", "aura", "auront", "aurait", "auraient", "ayant", "avoir", "eut", "eurent", "ai", "avons", "ait", "aient"})  # fmt: skip
_BE = frozenset({"est", "sont", "etait", "etaient", "sera", "seront", "serait", "seraient", "etant", "etre", "fut", "furent", "soit", "soient", "ete"})  # fmt: skip
_AUXILIARIES = _HAVE | _BE
_CLITICS = frozenset({"se", "s'", "l'", "le", "la", "les", "lui", "leur", "en", "y", "ne", "n'", "nous", "vous", "me", "m'", "te", "t'"})  # fmt: skip
_NEGATION = frozenset({"ne", "n'"})
_BETWEEN = frozenset({"pas", "jamais", "plus", "aussi", "toujours", "deja", "encore", "ainsi", "bien", "tout", "notamment", "d'", "par", "ailleurs", "meme", "en", "outre", "egalement", "enfin", "alors", "ensuite", "vivement", "de", "nouveau", "rien", "tot", "tard", "a", "son", "tour", "dit"})  # fmt: skip
_HELPERS = frozenset({"s'", "se", "-il", "-elle", "qui", "il", "elle", "ils", "elles", "on", "n'", "ne"})
_ASIDE = frozenset({",", "lui", "elle", "eux", "elles", "pour", "sa", "leur", "part", "quant", "de", "son", "cote", "a", "lui-meme", "elle-meme"})  # fmt: skip
_NAMED = frozenset({"leader", "person", "pronoun"})
_REACH = 8
"""Units between an auxiliary and its participle at most: "a, pour sa part, souligné"."""


@dataclass(slots=True)
class Verb:
    """A verb of a frame: its units run from `first` (clitics and auxiliary) to `last` (not in it), `head` is the verb.

    `mood` is of the whole: "finite" for "a dénoncé"; "past" is a participle alone. `kind` is None where it does not
    tell of speech.
    """

    first: int
    head: int
    last: int
    mood: str
    kind: VerbKind | None
    pronoun: int | None = None
    passive: bool = False
    negated: bool = False
    plural: bool | None = None


class VerbReader:
    """Reads the verbs of one frame; `inside` says which mention a unit belongs to."""

    def __init__(self, units: list[Unit], inside: dict[int, Mention], lexicon: Lexicon) -> None:
        self._units = units
        self._inside = inside
        self._lexicon = lexicon

    def read(self) -> list[Verb]:
        """The verbs, in order."""
        verbs: list[Verb] = []
        for index in range(len(self._units)):
            taken = verbs and index < verbs[-1].last
            verb = self._verb_at(index) if self._is_open(index) and not taken else None
            if verb is not None:
                verbs.append(verb)
        return verbs

    def _is_open(self, index: int) -> bool:
        mention = self._inside.get(index)
        return self._units[index].quote is None and (mention is None or mention.kind == "thing")

    def _verb_at(self, index: int) -> Verb | None:
        unit = self._units[index]
        if unit.form in _AUXILIARIES and self._is_auxiliary(index):
            return None
        read = self._speech_at(index)
        if read is None:
            if unit.pos not in ("VERB", "AUX") or not unit.mood:
                return None
            return self._grouped(index, unit.mood, None)
        return self._grouped(index, *read)

    def _speech_at(self, index: int) -> tuple[Mood, VerbKind] | None:
        """Mood and kind of a form that the desk knows as a verb of speech."""
        unit = self._units[index]
        if self._said_with(index) > index:
            return self._mood(index, self._lexicon.faire[unit.form]), "saying"
        moods = self._lexicon.verbs.get(unit.form)
        if not moods or self._is_noun(index):
            return None
        mood = self._mood(index, moods)
        return (mood, moods[mood]) if mood else None

    def _said_with(self, index: int) -> int:
        """Where "valoir" of "fait valoir" stands; the verb itself where it is another."""
        if self._units[index].form not in self._lexicon.faire:
            return index
        at = self._after(index)
        said = at < len(self._units) and self._units[at].form in self._lexicon.said_with_faire
        return at if said else index

    def _after(self, index: int) -> int:
        """Past adverbs and an inverted pronoun behind a verb."""
        at = index + 1
        while at < len(self._units) and (
            self._units[at].form in _BETWEEN or self._units[at].form.startswith("-")
        ):
            at += 1
        return at

    def _is_noun(self, index: int) -> bool:
        """Whether a form that may be a verb is a noun here ("la note"), a name, or a preposition ("suivant")."""
        unit = self._units[index]
        before = self._units[index - 1] if index else None
        if unit.pos in ("VERB", "AUX", "") or before is None:
            return False
        if unit.capital and unit.pos in ("PROPN", "NOUN"):
            return True
        if unit.pos == "ADP" or before.quote is not None:
            return unit.pos == "ADP"
        inverted = index + 1 < len(self._units) and self._units[index + 1].form.startswith("-")
        helped = before.form in _HAVE or before.form in _HELPERS or (before.capital and index > 1)
        return (before.pos in ("DET", "ADP", "NUM", "ADJ") or before.form in _CLITICS) and not (
            inverted or helped
        )

    def _mood(self, index: int, moods: Moods) -> Mood:
        """Which of its moods a form has here: "dénonce" is told from "dénoncé" by its accent or its auxiliary."""
        unit, ending = self._units[index], self._units[index].written.lower()
        if "past" in moods and (len(moods) == 1 or self._auxiliary(index) is not None):
            return "past"
        if "past" in moods and "finite" in moods:
            if ending.endswith(("é", "ée", "és", "ées")):
                return "past"
            taken = (
                unit.mood == "past"
                and not ending.endswith(("e", "ent", "es"))
                and not self._starts_incise(index)
                and not self._follows_subject(index)
            )
            return "past" if taken else "finite"
        return next((mood for mood in moods if mood == unit.mood), next(iter(moods)))

    def _follows_subject(self, index: int) -> bool:
        """Whether a pronoun or a free name stands right before: "Il décrit", which the model takes for a participle."""
        mention = self._inside.get(index - 1)
        clitic = index > 0 and self._units[index - 1].form in _HELPERS | _CLITICS
        named = mention is not None and not mention.governed and not mention.object and mention.kind in _NAMED
        return clitic or named

    def _starts_incise(self, index: int) -> bool:
        before = self._units[index - 1] if index else None
        return before is not None and (before.quote is not None or before.form in ",-–—")

    def _is_auxiliary(self, index: int) -> bool:
        """Whether a past participle follows, over adverbs, an inverted pronoun or an aside."""
        aside = index + 1 < len(self._units) and self._units[index + 1].form == ","
        for unit in self._units[index + 1 : index + _REACH]:
            if unit.quote is not None:
                return False
            if "past" in self._lexicon.verbs.get(unit.form, {}) or unit.mood == "past" or unit.form == "ete":
                return True
            if not self._is_between(unit, aside):
                return False
        return False

    def _auxiliary(self, index: int) -> int | None:
        """Where the auxiliary of a participle stands."""
        aside = index > 0 and self._units[index - 1].form == ","
        for at in range(index - 1, max(index - _REACH, -1), -1):
            unit = self._units[at]
            if unit.form in _AUXILIARIES and unit.pos != "ADP" and unit.written != "à":
                if unit.form != "ete":
                    return at
            elif unit.quote is not None or not self._is_between(unit, aside):
                return None
        return None

    @staticmethod
    def _is_between(unit: Unit, aside: bool) -> bool:
        clitic = unit.form.startswith("-") and len(unit.form) > 1
        return clitic or unit.form in _BETWEEN or unit.pos == "ADV" or (aside and unit.form in _ASIDE)

    def _grouped(self, index: int, mood: Mood, kind: VerbKind | None) -> Verb:
        """The verb with its auxiliary, clitics and inverted pronoun."""
        auxiliary = self._auxiliary(index) if mood == "past" else None
        first = index if auxiliary is None else auxiliary
        helper = self._units[first].form
        passive = auxiliary is not None and self._is_passive(auxiliary, index, kind)
        if auxiliary is not None:
            mood = (
                "present"
                if helper in ("ayant", "etant")
                else "infinitive"
                if helper in ("avoir", "etre")
                else "finite"
            )
        plural, pronoun = _plural(self._units[first]), self._inverted(first, index)
        while first > 0 and self._units[first - 1].form in _CLITICS and first - 1 not in self._inside:
            first -= 1
        negated = any(unit.form in _NEGATION for unit in self._units[max(first - 1, 0) : index])
        last = max(index, pronoun or 0, self._said_with(index)) + 1
        return Verb(first, index, last, mood, kind, pronoun, passive, negated, plural)

    def _is_passive(self, auxiliary: int, index: int, kind: VerbKind | None) -> bool:
        reflexive = auxiliary > 0 and self._units[auxiliary - 1].form in ("se", "s'")
        been = any(unit.form == "ete" for unit in self._units[auxiliary:index])
        return been or (self._units[auxiliary].form in _BE and not reflexive and kind is not None)

    def _inverted(self, first: int, index: int) -> int | None:
        """The pronoun behind the auxiliary or the verb: "a-t-il", "déclare-t-elle"."""
        for at in (first + 1, index + 1):
            if (
                at < len(self._units)
                and self._units[at].pos == "PRON"
                and self._units[at].form.startswith("-")
            ):
                return at
        return None


def _plural(unit: Unit) -> bool | None:
    """Whether a finite form is a plural; None where neither the model nor its ending tells."""
    if unit.form.endswith(("vient", "tient")) or unit.form == "dement":
        return False  # the model takes them for plurals
    if unit.mood == "finite" and unit.plural is not None:
        return unit.plural
    if unit.form.endswith(("aient", "erent", "issent", "ont")):
        return True
    return False if unit.form in ("a", "est") else None
