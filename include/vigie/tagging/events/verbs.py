"""The verbs of a sentence, read with what stands before them: time, negation, what they depend on.

"ne se rendra pas", "a été longuement reçu", "devrait s'entretenir", "vient de signer" are one group each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from vigie.tagging.events.french import BETWEEN, CLITICS, DETERMINERS, GO_WITH_BE, NEGATIONS, NO_OBJECT
from vigie.tagging.events.lexicon import Lexicon, VerbUse
from vigie.tagging.words import Token

Tense = Literal[
    "past", "imperfect", "present", "future", "planned", "conditional", "bare", "gerund", "infinitive"
]
"""`planned` was or is to be ("devait", "doit"); `bare` is a participle without its auxiliary ("attendu jeudi")."""

_HAVE: Mapping[str, Tense] = {
    **dict.fromkeys(
        ("a", "ont", "ai", "avons", "avait", "avaient", "eut", "eurent", "ayant", "avoir"), "past"
    ),
    **dict.fromkeys(("aura", "auront"), "future"),
    **dict.fromkeys(("aurait", "auraient", "ait", "aient"), "conditional"),
}
_BE: Mapping[str, Tense] = {
    **dict.fromkeys(("est", "sont", "suis", "sommes"), "present"),
    **dict.fromkeys(("etait", "etaient", "fut", "furent", "etant"), "past"),
    **dict.fromkeys(("sera", "seront", "serai", "serons"), "future"),
    **dict.fromkeys(("serait", "seraient", "soit", "soient"), "conditional"),
}
_SIMPLE: Mapping[str, Tense] = {
    "present": "present", "imperfect": "imperfect", "simple": "past", "future": "future", "conditional": "conditional",
    "gerund": "gerund", "infinitive": "infinitive", "participle": "bare",
    "F": "future", "C": "conditional", "P": "imperfect", "R": "present",
}  # fmt: skip
_AUXILIARIES = frozenset((*_HAVE, *_BE, "selon", "apres"))
_REACH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbGroup:
    """`tokens[first:last]`; `uses` are what its verb may do. `governed` by a doubtful verb ("pourrait recevoir")."""

    first: int
    last: int
    tense: Tense
    uses: tuple[VerbUse, ...]
    passive: bool = False
    negated: bool = False
    doubted: bool = False

    @property
    def tells(self) -> bool:
        """Whether the verb tells of an event by itself."""
        return any(use.clue for use in self.uses)

    def does(self, role: str) -> bool:
        """Whether the verb may do that."""
        return any(use.role == role and not use.only for use in self.uses)

    def makes(self, kind: str) -> bool:
        """Whether the verb says that an event of a kind takes place."""
        return any(use.role == "happen" and use.only in (None, kind) for use in self.uses)


class VerbReader:
    """Reads the verb groups of a sentence. `categories` are of the model's verbs, by where they start: F future,
    C conditional, P imperfect or simple past, R present, p participle, I infinitive."""

    def __init__(
        self, lexicon: Lexicon, text: str, tokens: list[Token], categories: Mapping[int, str]
    ) -> None:
        self._lexicon = lexicon
        self._text = text
        self._tokens = tokens
        self._categories = categories

    def read(self, first: int, last: int) -> list[VerbGroup]:
        """The groups of `tokens[first:last]`, in order."""
        groups: list[VerbGroup] = []
        at = first
        verbs, categories = self._lexicon.verbs, self._categories
        while at < last:
            token = self._tokens[at]
            if (
                token.form not in verbs
                and token.form not in _AUXILIARIES
                and categories.get(token.start, "N") == "N"
            ):
                at += 1  # nearly always
                continue
            group = self._read_at(at, last)
            if group:
                groups.append(group)
                at = max(group.last, at + 1)
            else:
                at += 1
        return groups

    def is_verb(self, first: int, last: int) -> bool:
        """Whether the model takes a single word for a verb, and no determiner says otherwise: "il visite Berlin"."""
        return (
            last == first + 1
            and self._categories.get(self._tokens[first].start, "N") in "RFCPp"
            and not self._after_determiner(first)
        )

    def _read_at(self, at: int, last: int) -> VerbGroup | None:
        form = self._tokens[at].form
        if form in ("selon", "apres") and (form == "selon" or self._follows(at, "d")):
            return VerbGroup(first=at, last=at + 1, tense="present", uses=_ACCORDING)
        if form in _HAVE or form in _BE:
            return None if self._is_accented(at) else self._compound(at, last)
        uses = self._uses(at)
        modal = next(
            (
                use
                for use in uses
                if use.role in ("plan", "doubt") and use.form not in ("participle", "infinitive")
            ),
            None,
        )
        if modal:
            governed = self._governed(at, last, modal)
            if governed:
                return governed
        return self._simple(at, uses)

    def _compound(self, at: int, last: int) -> VerbGroup | None:
        """An auxiliary and its participle; an auxiliary alone is a verb that tells nothing by itself."""
        form = self._tokens[at].form
        be = form in _BE
        tense, passive, where = (_BE if be else _HAVE)[form], False, at + 1
        while where < min(last, at + _REACH):
            word = self._tokens[where].form
            if word == "ete":
                passive = True
            elif self._is_participle(where):
                uses = tuple(use for use in self._uses(where) if use.form == "participle")
                return self._made(
                    at, where + 1, uses, *self._told(tense, uses, at, where, be=be, passive=passive)
                )
            elif word not in BETWEEN and not word.endswith("ment"):
                break
            where += 1
        far = next(
            (
                at_
                for at_ in range(where, min(last, at + _REACH))
                if self._categories.get(self._tokens[at_].start) == "p"
            ),
            None,
        )
        if far is not None and not any(token.form in ",;:.()" for token in self._tokens[where:far]):
            return self._made(at, far + 1, (), tense, False)  # "ont de tout temps développé"
        own = tuple(
            use for use in self._lexicon.verbs.get(form, ()) if use.form not in ("participle", "infinitive")
        )
        return self._made(
            at, at + 1, own, "imperfect" if form in ("etait", "etaient", "avait", "avaient") else tense, False
        )

    def _told(
        self, tense: Tense, uses: tuple[VerbUse, ...], at: int, where: int, *, be: bool, passive: bool
    ) -> tuple[Tense, bool]:
        """The tense of a compound, and whether it is a passive."""
        if not be:
            return tense, passive
        if self._reflexive(at, where) or any(use.verb in GO_WITH_BE for use in uses):
            return ("past" if tense == "present" else tense), False
        return tense, True

    def _governed(self, at: int, last: int, modal: VerbUse) -> VerbGroup | None:
        """ "doit se rendre", "pourrait être reçu", "vient de signer"."""
        where = at + 1
        while where < min(last, at + _REACH):
            word = self._tokens[where].form
            uses = self._uses(where)
            infinitives = tuple(use for use in uses if use.form == "infinitive")
            if word in ("etre", "avoir") and where + 1 < last:
                group = self._passive_infinitive(at, where, last, modal)
                if group:
                    return group
            if infinitives or self._categories.get(self._tokens[where].start) == "I":
                return self._depending(at, where, infinitives, modal, passive=False)
            if word not in BETWEEN and not word.endswith("ment"):
                return None
            where += 1
        return None

    def _passive_infinitive(self, at: int, where: int, last: int, modal: VerbUse) -> VerbGroup | None:
        for after in range(where + 1, min(last, where + 5)):
            if self._is_participle(after):
                uses = tuple(use for use in self._uses(after) if use.form == "participle")
                return self._depending(at, after, uses, modal, passive=True)
            if self._tokens[after].form not in BETWEEN and not self._tokens[after].form.endswith("ment"):
                return None
        return None

    def _depending(
        self, at: int, where: int, uses: tuple[VerbUse, ...], modal: VerbUse, *, passive: bool
    ) -> VerbGroup:
        tense: Tense = "planned" if modal.form in ("imperfect", "participle") else "future"
        group = self._made(at, where + 1, uses, tense, passive)
        return VerbGroup(
            first=group.first, last=group.last, tense=tense, uses=group.uses, passive=passive,
            negated=group.negated, doubted=modal.role == "doubt",
        )  # fmt: skip

    def _simple(self, at: int, uses: tuple[VerbUse, ...]) -> VerbGroup | None:
        """A verb of one word: of the lexicon, or any that the model sees."""
        category = self._categories.get(self._tokens[at].start, "")
        known = tuple(use for use in uses if self._may_be(at, use, category))
        if not known:
            return (
                self._made(at, at + 1, (), _SIMPLE[category], False)
                if category in ("F", "C", "P", "R")
                else None
            )
        best = next(
            (use.form for use in known if use.form not in ("participle", "infinitive", "gerund")),
            known[0].form,
        )
        same = tuple(use for use in known if use.form == best)
        return self._made(at, at + 1, same, _SIMPLE[best], best == "participle")

    def _may_be(self, at: int, use: VerbUse, category: str) -> bool:
        """ "visite" and "vote" are nouns behind a determiner; "visité" is no present, "visite" no participle."""
        if use.form == "participle":
            return self._is_participle(at) and not self._after_determiner(at)
        if use.form in ("present", "simple") and (self._after_determiner(at) or self._ends_in_accent(at)):
            return False
        return use.form not in ("present", "simple") or category not in ("p", "N")

    def _made(self, at: int, last: int, uses: tuple[VerbUse, ...], tense: Tense, passive: bool) -> VerbGroup:
        first = at
        while first > 0 and at - first < 4 and self._tokens[first - 1].form in CLITICS:
            first -= 1
        forms = [token.form for token in self._tokens[first : last + 5]]
        inside, after = forms[: last - first], forms[last - first :]
        reflexive = any(form in ("se", "s", "me", "m") for form in inside)
        negated = bool({"ne", "n"} & set(inside)) and bool(
            NEGATIONS & set(inside + after[:2]) or NO_OBJECT & set(after)
        )
        kept = tuple(
            use for use in uses if use.reflexive == reflexive or (use.role != "tell" and not use.reflexive)
        )
        return VerbGroup(first=first, last=last, tense=tense, uses=kept, passive=passive, negated=negated)

    def _uses(self, at: int) -> tuple[VerbUse, ...]:
        return tuple(
            use
            for use in self._lexicon.verbs.get(self._tokens[at].form, ())
            if not use.tail or self._has_tail(at + 1, use.tail)
        )

    def _has_tail(self, at: int, tail: tuple[str, ...]) -> bool:
        """The words that a verb needs, at once or after a date or an adverb."""
        forms = [token.form for token in self._tokens[at : at + len(tail) + 3]]
        return any(tuple(forms[skip : skip + len(tail)]) == tail for skip in range(4))

    def _is_participle(self, at: int) -> bool:
        token = self._tokens[at]
        known = [use for use in self._lexicon.verbs.get(token.form, ()) if use.form == "participle"]
        if not known:
            return self._categories.get(token.start) == "p"
        in_accent = known[0].verb.endswith("er") and not self._text[token.start : token.end].isupper()
        return self._ends_in_accent(at) if in_accent else True

    def _ends_in_accent(self, at: int) -> bool:
        token = self._tokens[at]
        return self._text[token.start : token.end].rstrip("es").endswith(("é", "É"))

    def _is_accented(self, at: int) -> bool:
        return self._text[self._tokens[at].start] in "àÀ"

    def _after_determiner(self, at: int) -> bool:
        return at > 0 and self._tokens[at - 1].form in DETERMINERS

    def _reflexive(self, at: int, where: int) -> bool:
        return any(token.form in ("se", "s", "me", "m") for token in self._tokens[max(0, at - 2) : where])

    def _follows(self, at: int, form: str) -> bool:
        return at > 1 and self._tokens[at - 1].form == "'" and self._tokens[at - 2].form == form


_ACCORDING = (VerbUse(role="say", verb="selon", form="present", reflexive=False, tail=()),)
