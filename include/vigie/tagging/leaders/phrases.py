"""The grammar of what a leader is called: determiner, modifiers, title or seat, country.

    le · nouveau · Premier ministre · britannique          les · présidents · russe et français
    l' · ex- · président · brésilien                        le · locataire · de la Maison Blanche
    son · homologue · polonaise                             le · successeur · de · Beata Szydło

Reading is by tokens and tries; who is meant is not decided here (`resolve.py` does).
"""

from dataclasses import dataclass
from typing import Literal

from vigie.knowledge.types import Country, Periphrasis, Seat
from vigie.tagging.leaders.gazetteer import Gazetteer, TitleForm
from vigie.tagging.words import Token, Trie, fold

Kind = Literal["title", "host", "periphrasis", "counterpart", "next", "previous"]
CountryGroup = tuple[Country, ...]
"""The countries that one demonym or name may mean ("congolais": two)."""

_ARTICLES = frozenset({"le", "la", "les"})
_CONTRACTED = frozenset({"du", "au", "aux", "des"})
_POSSESSIVES = frozenset({"son", "sa", "ses", "leur", "leurs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One definite phrase over `tokens[first:last]`; `head` is the index of its title, host or counterpart word."""

    kind: Kind
    first: int
    last: int
    head: int
    titles: tuple[TitleForm, ...] = ()
    countries: tuple[CountryGroup, ...] = ()
    seats: tuple[Seat, ...] = ()
    periphrases: tuple[Periphrasis, ...] = ()
    plural: bool = False
    former: bool = False


class PhraseReader:
    """Finds the phrases of a text. Built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        grammar = gazetteer.grammar
        self._gazetteer = gazetteer
        self._hosts = _trie(grammar.hosts)
        self._after = _trie(grammar.after)
        self._late = _trie(grammar.late)
        self._kin: Trie[Kind] = Trie()
        for kind, words in (
            ("counterpart", grammar.counterparts),
            ("next", grammar.successors.next),
            ("previous", grammar.successors.previous),
        ):
            for word in words:
                self._kin.add(word, kind)  # type: ignore[arg-type]  # each is one of Kind, by the lines above
        self._before = frozenset(fold(word) for word in grammar.before)
        self._former = frozenset(fold(word) for word in grammar.former)
        self._institutions = tuple(tuple(phrase.split()) for phrase in grammar.institutions)
        self._not_before = _trie(grammar.not_before)

    def read(self, tokens: list[Token]) -> list[Phrase]:
        """All phrases, in order; where two overlap, the longer."""
        found: list[Phrase] = []
        for index in range(len(tokens)):
            phrase = self._read_at(tokens, index)
            if phrase and (not found or phrase.first >= found[-1].last):
                found.append(phrase)
            elif phrase and phrase.last - phrase.first > found[-1].last - found[-1].first:
                found[-1] = phrase
        return found

    def _read_at(self, tokens: list[Token], index: int) -> Phrase | None:
        options = [
            reading
            for reading in (
                self._read_periphrasis(tokens, index),
                self._read_host(tokens, index),
                self._read_title(tokens, index),
                self._read_kin(tokens, index),
            )
            if reading
        ]
        return max(options, key=lambda phrase: phrase.last, default=None)

    def _read_periphrasis(self, tokens: list[Token], index: int) -> Phrase | None:
        start = self._determiner(tokens, index)
        matches = self._gazetteer.periphrases.matches(tokens, index)
        if start is None or not matches:
            return None
        last, periphrases = matches[0]
        return Phrase(
            kind="periphrasis", first=start[0], last=last, head=index, periphrases=tuple(periphrases)
        )

    def _read_host(self, tokens: list[Token], index: int) -> Phrase | None:
        """ "le (nouveau) locataire (le plus éphémère) de l'Élysée"."""
        hosts = self._hosts.matches(tokens, index)
        start = self._determiner(tokens, index)
        if not hosts or start is None:
            return None
        after = self._skip_superlative(tokens, hosts[0][0])
        place = _after_preposition(tokens, after)
        matches = self._gazetteer.seats.matches(tokens, place) if place else []
        if not matches:
            return None
        last, seats = matches[0]
        return Phrase(kind="host", first=start[0], last=last, head=index, seats=tuple(seats), former=start[1])

    def _read_title(self, tokens: list[Token], index: int) -> Phrase | None:
        matches = self._gazetteer.titles.matches(tokens, index)
        inner, after_inner = self._demonyms(tokens, index + 1)
        if inner:
            matches = (
                self._gazetteer.titles.matches(tokens, index, skip=range(index + 1, after_inner)) or matches
            )
        start = self._determiner(tokens, index)
        if not matches or start is None or self._is_institution(tokens, start[0]):
            return None
        last, forms = matches[0]
        if last <= after_inner:
            inner = ()
        return self._close_title(tokens, index, last, start, inner, tuple(forms))

    def _close_title(
        self, tokens: list[Token], index: int, last: int, start: tuple[int, bool], inner: tuple[CountryGroup, ...],
        forms: tuple[TitleForm, ...],
    ) -> Phrase | None:  # fmt: skip
        last = self._skip_words(tokens, last)
        countries, last = (inner, last) if inner else self._countries(tokens, last)
        last = self._skip_words(tokens, last)
        late = self._late.matches(tokens, last)
        if late:
            return None  # "le ministre de l'Intérieur d'alors" is of a day that the text does not say
        bare = not countries and not all(form.place is not None for form in forms)
        if bare and last < len(tokens) and self._forbids(tokens, last):
            return None
        plural = forms[0].plural
        return Phrase(
            kind="title", first=start[0], last=last, head=index, titles=forms, countries=countries,
            plural=plural or len(countries) > 1, former=start[1],
        )  # fmt: skip

    def _read_kin(self, tokens: list[Token], index: int) -> Phrase | None:
        """ "son homologue russe", "son successeur", "le successeur de" (the name follows)."""
        matches = self._kin.matches(tokens, index)
        if not matches or index == 0:
            return None
        last, kinds = matches[0]
        kind = kinds[0]
        possessive = tokens[index - 1].form in _POSSESSIVES
        if kind == "counterpart" and possessive:
            countries, last = self._countries(tokens, last)
            return Phrase(kind=kind, first=index - 1, last=last, head=index, countries=countries,
                          plural=tokens[index - 1].form in ("ses", "leurs"))  # fmt: skip
        start = self._determiner(tokens, index)
        if kind == "counterpart" or not (possessive or start):
            return None
        return Phrase(
            kind=kind, first=index - 1 if possessive else start[0] if start else index, last=last, head=index
        )

    def _determiner(self, tokens: list[Token], index: int) -> tuple[int, bool] | None:
        """Where a definite phrase begins whose head is at `index`, and whether it says "ancien"; None if indefinite.

        A contracted article (du, au) is left out of the phrase.
        """
        former = False
        at = index
        while at > 0:
            form = tokens[at - 1].form
            if form == "-" and at > 1 and tokens[at - 2].form == "ex":
                former, at = True, at - 2
            elif form in self._former:
                former, at = True, at - 1
            elif form in self._before:
                at -= 1
            else:
                break
        if at == 0:
            return None
        form = tokens[at - 1].form
        if form in _ARTICLES:
            return at - 1, former
        if form == "'" and at > 1 and tokens[at - 2].form == "l":
            return at - 2, former
        return (at, former) if form in _CONTRACTED else None

    def _countries(self, tokens: list[Token], at: int) -> tuple[tuple[CountryGroup, ...], int]:
        """The demonyms at a place, or "de" and the country."""
        groups, last = self._demonyms(tokens, at)
        if groups:
            return groups, last
        place = _after_preposition(tokens, at)
        matches = self._gazetteer.places.matches(tokens, place) if place else []
        return ((tuple(matches[0][1]),), matches[0][0]) if matches else ((), at)

    def _demonyms(self, tokens: list[Token], at: int) -> tuple[tuple[CountryGroup, ...], int]:
        """ "russe", "russe et français", "russe, turc et iranien"."""
        groups: list[CountryGroup] = []
        last = at
        while at < len(tokens):
            matches = self._gazetteer.demonyms.matches(tokens, at)
            if not matches:
                break
            last, countries = matches[0]
            groups.append(tuple(countries))
            if last >= len(tokens) or tokens[last].form not in (",", "et"):
                break
            at = last + 1
        return tuple(groups), last

    def _skip_words(self, tokens: list[Token], at: int) -> int:
        matches = self._after.matches(tokens, at)
        return matches[0][0] if matches else at

    @staticmethod
    def _skip_superlative(tokens: list[Token], at: int) -> int:
        """Over "le plus éphémère"."""
        forms = [token.form for token in tokens[at : at + 3]]
        return at + 3 if forms[1:2] == ["plus"] and forms[0] in _ARTICLES else at

    def _is_institution(self, tokens: list[Token], start: int) -> bool:
        """ "le cabinet du Premier ministre"; the contracted article stands just before `start`."""
        before = tuple(token.form for token in tokens[max(start - 3, 0) : start + 1])
        return any(
            _ends_with(before[:-1], phrase) or _ends_with(before, phrase) for phrase in self._institutions
        )

    def _forbids(self, tokens: list[Token], at: int) -> bool:
        """Whether the next word makes it another title; a hyphen only when it is joined to the title."""
        joined = tokens[at].form != "-" or tokens[at].start == tokens[at - 1].end
        return joined and bool(self._not_before.matches(tokens, at))


def _after_preposition(tokens: list[Token], at: int) -> int | None:
    """The index after "de", "du", "des", "d'", "de la", "de l'"; None when there is none."""
    forms = [token.form for token in tokens[at : at + 3]]
    if forms[:1] in (["du"], ["des"]):
        return at + 1
    if forms[:2] == ["d", "'"] or forms[:2] == ["de", "la"]:
        return at + 2
    if forms == ["de", "l", "'"]:
        return at + 3
    return at + 1 if forms[:1] == ["de"] else None


def _ends_with(forms: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return forms[-len(phrase) :] == phrase


def _trie(words: tuple[str, ...]) -> Trie[bool]:
    trie: Trie[bool] = Trie()
    for word in words:
        trie.add(word, True)
    return trie
