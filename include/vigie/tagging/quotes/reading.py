"""Reads the mentions of a frame, and how each stands there: free, behind a preposition, or as a verb's object."""

from vigie.tagging.quotes.frames import Frame, Unit
from vigie.tagging.quotes.grammar import DETERMINERS, PRONOUNS
from vigie.tagging.quotes.lexicon import Lexicon
from vigie.tagging.quotes.mentions import Mention
from vigie.tagging.quotes.naming import NameReader, Names
from vigie.tagging.quotes.phrases import PhraseReader

_TONIC = frozenset({"lui", "eux", "elle", "elles"})
_JOINING = frozenset({"que", "qu'", "et", "ou", "ni", "comme"})


class MentionReader:
    """Reads one frame after another of a text."""

    def __init__(self, text: str, lexicon: Lexicon, names: Names) -> None:
        self._lexicon = lexicon
        self._naming = NameReader(text, lexicon, names)
        self._phrases = PhraseReader(lexicon, self._naming)
        self._units: list[Unit] = []

    def read(self, frame: Frame) -> list[Mention]:
        """The mentions of a frame, in order, none overlapping."""
        self._units = self._naming.units = frame.units
        mentions: list[Mention] = []
        index = 0
        while index < len(frame.units):
            mention = self._read_at(index)
            if mention is None:
                index += 1
                continue
            self._stand(mention, mentions)
            mentions.append(mention)
            index = mention.last
        return mentions

    def _stand(self, mention: Mention, before: list[Mention]) -> None:
        """Say what governs a mention: the preposition before it, or the verb whose object it may be."""
        units, first = self._units, mention.first
        if units[first].form in ("du", "au", "aux") or (
            units[first].form == "des" and self._is_partitive(first)
        ):
            mention.governed = units[first].form
            return
        at = first - 1
        while at >= 0 and (units[at].pos == "ADV" or units[at].form in ("tous", "toutes", "meme")):
            at -= 1
        if at < 0:
            return
        form = units[at].form
        if form in ("et", "ou") and before and before[-1].last == at:
            mention.governed, mention.object = before[-1].governed, before[-1].object
        elif form in self._lexicon.prepositions and form not in _JOINING:
            quant = form == "a" and at > 0 and units[at - 1].form == "quant"
            mention.governed = "" if quant else form
        elif (
            units[at].mood and units[at].pos in ("VERB", "AUX") and units[at].form not in self._lexicon.given
        ):
            mention.object = True

    def _is_partitive(self, first: int) -> bool:
        """ "des" after a noun is "de les"; after a verb or at the start it is an article."""
        before = self._units[first - 1] if first else None
        return before is not None and before.pos in ("NOUN", "PROPN", "ADJ", "ADV")

    def _read_at(self, index: int) -> Mention | None:
        unit = self._units[index]
        if unit.quote is not None:
            return None
        named = self._naming.read(index)
        if named:
            return self._phrases.with_apposition(named)
        if unit.form in PRONOUNS and self._is_pronoun(index):
            gender, plural = PRONOUNS[unit.form]
            head = unit.form.lstrip("-")
            return Mention(
                index, index + 1, unit.start, unit.end, "pronoun", head=head, gender=gender, plural=plural
            )
        if unit.form == "d'" and index + 1 < len(self._units) and self._units[index + 1].form == "autres":
            end = self._units[index + 1].end
            return Mention(
                index, index + 2, unit.start, end, "role", head="autres", plural=True, definite=False
            )
        if unit.form in DETERMINERS or unit.pos == "NUM":
            phrase = self._phrases.read(index)
            return self._phrases.with_apposition(phrase) if phrase else None
        return None

    def _is_aside(self, index: int) -> bool:
        """Whether commas stand on both sides: "Le parquet, lui, se tait"."""
        around = (self._units[index - 1 : index], self._units[index + 1 : index + 2])
        return all(near and near[0].form == "," for near in around)

    def _is_pronoun(self, index: int) -> bool:
        unit = self._units[index]
        if unit.form in _TONIC and self._is_aside(index):
            return False
        if unit.form in _TONIC and index + 1 < len(self._units):
            return unit.form in ("elle", "elles") or not self._units[index + 1].mood
        return True
