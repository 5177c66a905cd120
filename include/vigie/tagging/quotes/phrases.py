"""Noun phrases: a determiner, a noun and what belongs to it; and the functions that stand beside a name.

"le maire de Lyon Anne Durand" and "Anne Durand, 34 ans, maire de Lyon," are one mention, by the name.
"""

from vigie.tagging.quotes.frames import Unit
from vigie.tagging.quotes.grammar import (
    ARTICLES,
    CIVILITIES,
    CONTRACTED,
    DEMONSTRATIVE,
    DETERMINERS,
    INDEFINITE,
    LATTER,
    OF,
    PLURAL,
    TO,
    gender_of,
)
from vigie.tagging.quotes.lexicon import Lexicon, NounKind
from vigie.tagging.quotes.mentions import Mention, MentionKind
from vigie.tagging.quotes.naming import NameReader

_BEFORE = frozenset({"ex", "ancien", "ancienne", "nouveau", "nouvelle", "jeune", "meme", "tres", "-"})
_ABSORBED = frozenset({"charge", "chargee", "charges", "delegue", "deleguee", "elu", "elue", "sortant", "sortante", "general", "generale"})  # fmt: skip
_FIXED = (["par", "interim"], ["en", "exercice"], ["en", "chef"])
_CLOSERS = frozenset({",", ".", ")", ";", ":", "qui", "et"})
_LONGEST = 16
"""Units of one noun phrase: longer ones are not read further."""
_DUTY = 14
"""Units of "chargée de …" behind a name at most."""
_KINDS: dict[NounKind | None, MentionKind] = {
    "role": "role", "body": "body", "person": "generic", "document": "document", "saying": "thing",
}  # fmt: skip


class PhraseReader:
    """Reads the phrase that begins at a determiner; `units` are those of the frame in hand."""

    def __init__(self, lexicon: Lexicon, naming: NameReader) -> None:
        self._lexicon = lexicon
        self._naming = naming

    @property
    def _units(self) -> list[Unit]:
        return self._naming.units

    def read(self, index: int) -> Mention | None:
        """The phrase at a determiner; None where it opens nothing that could speak or be spoken of."""
        units, at = self._units, index + 1
        if at >= len(units) or (units[index].pos == "PRON" and units[index].form in ARTICLES):
            return None
        if units[at].quote is not None:
            return self._marked(index)
        latter = units[index].form in DEMONSTRATIVE and units[at].form in LATTER
        while at < len(units) and not latter and self._is_before_noun(at) and self._head(at)[1] == at + 1:
            at += 1
        if at >= len(units) or units[at].quote is not None:
            return None
        return self._named(index, at) or self._noun_phrase(index, at, latter)

    def _marked(self, index: int) -> Mention | None:
        """ "Les « gilets jaunes » ont …": somebody under a name in marks."""
        units = self._units
        if units[index].form not in ("les", "ces") and index > 0:
            return None
        return Mention(index, index + 2, units[index].start, units[index + 1].end, "body", plural=True)

    def _named(self, index: int, at: int) -> Mention | None:
        """ "le Kremlin", "la petite Anne"."""
        named = self._naming.read(at)
        known = self._naming.is_known_body(at)
        if named is None or (not known and self._lexicon.noun(self._units[at].form) is not None):
            return None
        named.first = index
        named.gender = named.gender or gender_of(self._units[index].form)
        return named

    def _noun_phrase(self, index: int, at: int, latter: bool) -> Mention | None:
        units = self._units
        head, last, kind = self._head(at)
        kind = "person" if latter else kind
        if kind == "time" or units[at].mood == "finite":
            return None
        determiner = units[index].form
        counted = determiner not in DETERMINERS  # "quarante chercheurs"
        if kind is None and (counted or units[at].pos not in ("NOUN", "PROPN", "ADJ")):
            return None
        phrase = Mention(
            index, last, units[index].start, units[last - 1].end, _KINDS.get(kind, "thing"), head=head,
            gender=gender_of(determiner) or units[at].gender, plural=counted or determiner in PLURAL,
            definite=not counted and determiner not in INDEFINITE and determiner != "des",
        )  # fmt: skip
        return self.complete(phrase)

    def _is_before_noun(self, at: int) -> bool:
        """Whether a word stands between determiner and noun: an adjective, a number, "ancien"."""
        unit = self._units[at]
        if self._lexicon.noun(unit.form) in ("role", "body", "person", "document", "saying"):
            after = self._units[at + 1] if at + 1 < len(self._units) else None
            return unit.pos == "ADJ" and after is not None and self._lexicon.noun(after.form) is not None
        return unit.pos in ("ADJ", "NUM") or unit.form in _BEFORE

    def _head(self, at: int) -> tuple[str, int, NounKind | None]:
        """The noun or phrase of nouns that begins here, the longest that the desk knows: form, index after, kind."""
        for length in (4, 3, 2, 1):
            forms = [unit.form for unit in self._units[at : at + length] if unit.quote is None]
            form = " ".join(forms).removeprefix("ex-")
            kind = self._lexicon.noun(form) if len(forms) == length else None
            if kind:
                return form, at + length, kind
        return self._units[at].form, at + 1, None

    # What belongs to a noun

    def complete(self, phrase: Mention) -> Mention:
        """Take in what belongs to a noun: adjectives, "de …", a name right behind it, whose phrase it then is."""
        units, at = self._units, phrase.last
        head = at
        while at < len(units) and at - phrase.first < _LONGEST and units[at].quote is None:
            named = self._naming.read(at) if units[at].capital or units[at].form in CIVILITIES else None
            if named and self._is_apposed(phrase, named, at == head):
                return self._with_function(phrase, named)
            after = self._past_name(phrase, named, at) or self._past_word(phrase, at, head)
            if after is None:
                break
            at = after
        phrase.last, phrase.end = at, units[at - 1].end
        phrase.words = tuple(unit.form for unit in units[phrase.first : at])
        return phrase

    @staticmethod
    def _is_apposed(phrase: Mention, named: Mention, beside: bool) -> bool:
        """Whether a name behind a noun is whose noun it is; behind an unknown noun only a whole one."""
        return named.kind in ("leader", "person") and (
            phrase.kind != "thing" or (beside and " " in named.name)
        )

    def _past_name(self, phrase: Mention, named: Mention | None, at: int) -> int | None:
        """Past "LR" in "le député LR", and "Renault" in "le groupe Renault", which is the group's name."""
        if named is None or (phrase.kind == "thing" and named.kind != "body"):
            return None
        if phrase.kind == named.kind == "body" and not phrase.name and phrase.last == at:
            phrase.name, phrase.roles = named.name, [(phrase.head, "")]
        return named.last

    def _past_word(self, phrase: Mention, at: int, head: int) -> int | None:
        units, form = self._units, self._units[at].form
        if form in OF:
            return self._past_complement(at, phrase)
        attached = phrase.head in self._lexicon.attached
        if form in TO and attached and (at == head or units[at - 1].form in self._lexicon.attached):
            return self._past_complement(at, phrase)
        if [unit.form for unit in units[at : at + 2]] in _FIXED:
            return at + 2
        if form == "(" and at + 2 < len(units) and units[at + 2].form == ")":
            return at + 3
        adjective = units[at].pos == "ADJ" or form in _ABSORBED
        verb = "finite" in self._lexicon.verbs.get(form, ())
        return at + 1 if adjective and not verb and self._lexicon.noun(form) != "time" else None

    def _past_complement(self, at: int, phrase: Mention) -> int | None:
        """Past "de la commune", "d'Emmanuel Macron", "de 32 ans"; None where nothing nominal follows."""
        units, first = self._units, at + 1
        contracted = units[at].form in CONTRACTED
        if not contracted and first < len(units) and units[first].form in DETERMINERS:
            first += 1
        if first >= len(units) or units[first].quote is not None:
            return None
        if first + 1 < len(units) and units[first].form.isdigit() and units[first + 1].form == "ans":
            return first + 2
        start = at if contracted else at + 1
        inner = self._naming.leader_at(start) or self._naming.leader_at(first) or self._naming.read(first)
        inner = inner or self._inner_phrase(start, first, units[at].form)
        if inner is None:
            return None
        phrase.inner = phrase.inner or inner
        return inner.last

    def _inner_phrase(self, start: int, first: int, preposition: str) -> Mention | None:
        units = self._units
        while first < len(units) and units[first].pos in ("ADJ", "NUM"):
            first += 1
        if (
            first >= len(units)
            or units[first].quote is not None
            or units[first].pos not in ("NOUN", "PROPN", "X", "")
        ):
            return None
        head, last, kind = self._head(first)
        if kind == "time":
            return None
        return Mention(
            start, last, units[start].start, units[last - 1].end, _KINDS.get(kind, "thing"), head=head,
            gender=gender_of(units[start].form), governed=preposition,
        )  # fmt: skip

    # Functions beside a name

    def _with_function(self, phrase: Mention, named: Mention) -> Mention:
        """ "le maire de Lyon Anne Durand": the name, with its function."""
        named.roles.append((phrase.head, self._rest(phrase)))
        named.first, named.governed = phrase.first, phrase.governed
        named.gender = phrase.gender or named.gender
        return named

    def _rest(self, phrase: Mention) -> str:
        return " ".join(unit.form for unit in self._units[phrase.first : phrase.last])

    def with_apposition(self, mention: Mention) -> Mention:
        """A name behind a function and a comma ("le maire, Anne Durand,"), or functions behind a name."""
        units, at = self._units, mention.last
        if mention.kind in ("person", "leader", "body") and mention.name:
            for _ in range(3):
                mention.last = self._past_function(mention.last, mention)
            return mention
        apposable = mention.kind in ("role", "generic", "leader") and not mention.plural and mention.definite
        if not apposable or at + 1 >= len(units) or units[at].form != ",":
            return mention
        named = self._naming.read(at + 1)
        if named is None or named.kind not in ("leader", "person"):
            return mention
        named = self._with_function(mention, named)
        named.last = self._past_function(named.last)
        return named

    def _past_function(self, at: int, mention: Mention | None = None) -> int:
        """Past "(PS)", ", 34 ans,", ", maire de Lyon," or ", le maire de Lyon,"; the same index where none follows."""
        units, first = self._units, at + 1
        if at + 2 < len(units) and units[at].form == "(" and units[at + 2].form == ")":
            return at + 3
        if first >= len(units) or units[at].form != ",":
            return at
        if first + 1 < len(units) and units[first].form.isdigit() and units[first + 1].form == "ans":
            return first + 2
        return self._past_noun(first, mention) or at

    def _past_noun(self, first: int, mention: Mention | None) -> int | None:
        units, at = self._units, first
        while at < min(first + 3, len(units)) and (units[at].form in DETERMINERS or self._is_before_noun(at)):
            at += 1
        head, last, kind = self._head(at) if at < len(units) else ("", at, None)
        if kind not in ("role", "person", "body"):
            return None
        phrase = self.complete(
            Mention(first, last, units[first].start, units[last - 1].end, "thing", head=head)
        )
        if phrase.kind != "thing" or phrase.head != head:
            return None
        phrase.last = self._past_duty(phrase.last)
        if (
            phrase.last < len(units)
            and units[phrase.last].quote is None
            and units[phrase.last].form not in _CLOSERS
        ):
            return None
        if mention is not None:
            mention.roles.append((head, self._rest(phrase)))
            mention.gender = mention.gender or gender_of(units[first].form)
        return phrase.last

    def _past_duty(self, at: int) -> int:
        """Past "chargée de défendre les droits", up to the comma that closes it."""
        units = self._units
        if at >= len(units) or units[at].form == "," or units[at - 1].form not in _ABSORBED:
            return at
        for index in range(at, min(at + _DUTY, len(units))):
            if units[index].form == ",":
                return index
            if units[index].mood == "finite" or units[index].quote is not None:
                break
        return at
