"""The grammar of what a leader is called: determiner, modifiers, title or seat, country.

    le · nouveau · Premier ministre · britannique          les · présidents · russe et français
    l' · ex- · président · brésilien                        le · locataire · de la Maison Blanche
    son · homologue · polonaise                             le · successeur · de · Beata Szydło
    le · ministre · français · de l'Agriculture et de la Pêche

Reading is by tokens and tries; who is meant is not decided here (`resolve.py` does).
"""

from dataclasses import dataclass, replace
from typing import Literal

from vigie.knowledge.types.leaders import Country, Periphrasis, Seat
from vigie.tagging.leaders.gazetteer import Gazetteer
from vigie.tagging.leaders.openings import Opening, OpeningReader
from vigie.tagging.leaders.titles import TitleForm
from vigie.tagging.leaders.tries import HeadedTrie, trie_of
from vigie.tagging.words import Token, Trie, fold

Kind = Literal["title", "host", "periphrasis", "counterpart", "next", "previous"]
CountryGroup = tuple[Country, ...]
"""The countries that one demonym or name may mean ("congolais": two)."""

_MINISTERS = (("ministre",), ("ministres",), ("secretaire", "d", "'", "etat"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One definite phrase over `tokens[first:last]`; `head` is the index of its title, host or counterpart word.

    `former`: "l'ancien"; `then`: "d'alors"; `coming`: "le futur", "élu".
    """

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
    then: bool = False
    coming: bool = False
    elected: bool = False
    possessive: bool = False
    current: bool = False
    feminine: bool = False
    masculine: bool = False


class PhraseReader:
    """Finds the phrases of a text. Built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        grammar = gazetteer.grammar
        self._gazetteer = gazetteer
        self._openings = OpeningReader(grammar)
        self._hosts = trie_of(grammar.hosts)
        self._here = trie_of(grammar.here)
        self._after: Trie[str] = Trie()
        for said, words in (
            ("", grammar.after),
            ("then", grammar.late),
            ("former", grammar.fallen),
            ("elected", grammar.elected),
        ):
            for word in words:
                self._after.add(word, said)
        self._kin: HeadedTrie[Kind] = HeadedTrie()
        for kind, words in (
            ("counterpart", grammar.counterparts),
            ("next", grammar.successors.next),
            ("previous", grammar.successors.previous),
        ):
            for word in words:
                self._kin.add(word, kind)  # type: ignore[arg-type]  # each is one of Kind, by the lines above
        self._institutions = tuple(tuple(fold(phrase).split()) for phrase in grammar.institutions)
        self._links = frozenset(word for words in self._institutions for word in words[-2:])
        self._not_before = trie_of(grammar.not_before)
        tries = (gazetteer.periphrases, gazetteer.titles, self._hosts, self._kin)
        self._heads = frozenset({words[0] for words in _MINISTERS}).union(*(trie.heads for trie in tries))

    def read(self, tokens: list[Token]) -> list[Phrase]:
        """All phrases, in order; where two overlap, the longer."""
        found: list[Phrase] = []
        for index in range(len(tokens)):
            phrase = self._read_at(tokens, index) if tokens[index].form in self._heads else None
            if phrase and (not found or phrase.first >= found[-1].last):
                found.append(phrase)
            elif phrase and phrase.last - phrase.first > found[-1].last - found[-1].first:
                found[-1] = phrase
        return found

    def _read_at(self, tokens: list[Token], index: int) -> Phrase | None:
        readers = (self._read_periphrasis, self._read_host, self._read_title, self._read_kin)
        options = [reading for reader in readers if (reading := reader(tokens, index))]
        return max(options, key=lambda phrase: phrase.last, default=None)

    def _read_periphrasis(self, tokens: list[Token], index: int) -> Phrase | None:
        matches = self._gazetteer.periphrases.matches(tokens, index)
        opening = self._openings.read(tokens, index) if matches else None
        if opening is None or opening.possessive:
            return None
        last, periphrases = matches[0]
        return Phrase(
            kind="periphrasis", first=opening.first, last=last, head=index, periphrases=tuple(periphrases)
        )

    def _read_host(self, tokens: list[Token], index: int) -> Phrase | None:
        """ "le (nouveau) locataire (le plus éphémère) de l'Élysée", "le maître des lieux"."""
        hosts = self._hosts.matches(tokens, index)
        opening = self._openings.read(tokens, index) if hosts else None
        if opening is None or opening.possessive:
            return None
        after = self._skip_superlative(tokens, hosts[0][0])
        here = self._here.matches(tokens, after)
        place = after_preposition(tokens, after)
        matches = self._gazetteer.seats.matches(tokens, place) if place else []
        if not matches and not here:
            return None
        last, seats = matches[0] if matches else (here[0][0], [])
        return Phrase(
            kind="host", first=opening.first, last=last, head=index, seats=tuple(seats), former=opening.former
        )

    def _read_title(self, tokens: list[Token], index: int) -> Phrase | None:
        inner, after_inner = self._demonyms(tokens, index + 1)
        matches = self._gazetteer.titles.matches(tokens, index)
        if inner:
            matches = (
                self._gazetteer.titles.matches(tokens, index, skip=range(index + 1, after_inner)) or matches
            )
        last, forms = matches[0] if matches else (index, [])
        charged, charged_last, charged_inner = self._read_charge(tokens, index)
        if charged and charged_last >= last:
            forms = sorted((*(forms if charged_last == last else ()), *charged), key=lambda form: form.rank)
            last, inner, after_inner = charged_last, charged_inner, index
        opening = self._openings.read(tokens, index) if forms else None
        if opening is None or self._is_institution(tokens, opening.first):
            return None
        return self._close_title(
            tokens, index, last, opening, () if last <= after_inner else inner, tuple(forms)
        )

    def _read_charge(
        self, tokens: list[Token], index: int
    ) -> tuple[tuple[TitleForm, ...], int, tuple[CountryGroup, ...]]:
        """A minister by what they are in charge of: titles, the index after, the demonym inside."""
        forms = tuple(token.form for token in tokens[index : index + 4])
        length = next((len(words) for words in _MINISTERS if forms[: len(words)] == words), 0)
        if not length:
            return (), index, ()
        inner, at = self._demonyms(tokens, index + length)
        titles, last = self._gazetteer.portfolios.read(tokens, at)
        if forms[0] == "secretaire" or any(
            token.form.startswith("delegue") for token in tokens[index + 1 : at + 2]
        ):
            titles = (
                tuple(replace(title, rank=title.rank % 4) for title in titles if title.rank > 3) or titles
            )
        if forms[0] == "ministres":
            titles = tuple(replace(title, plural=True) for title in titles)
        return titles, last if titles else index, inner

    def _close_title(
        self, tokens: list[Token], index: int, last: int, opening: Opening, inner: tuple[CountryGroup, ...],
        forms: tuple[TitleForm, ...],
    ) -> Phrase | None:  # fmt: skip
        said: set[str] = set()
        last = self._skip_words(tokens, last, said)
        countries, last = (inner, last) if inner else self._countries(tokens, last)
        last = self._skip_words(tokens, last, said)
        if not countries:
            countries, last = self._countries(tokens, last)
        if not countries and last < len(tokens) and self._forbids(tokens, last, forms):
            return None
        return Phrase(
            kind="title", first=opening.first, last=last, head=index, titles=forms, countries=countries,
            plural=forms[0].plural or len(countries) > 1, former=opening.former or "former" in said,
            then="then" in said, coming=opening.coming or "elected" in said,
            elected="elected" in said, possessive=opening.possessive,
            current=opening.current, feminine=opening.feminine, masculine=opening.masculine,
        )  # fmt: skip

    def _read_kin(self, tokens: list[Token], index: int) -> Phrase | None:
        """ "son homologue russe", "son successeur", "le successeur de" (the name follows)."""
        matches = self._kin.matches(tokens, index)
        opening = self._openings.read(tokens, index) if matches else None
        if opening is None:
            return None
        last, kinds = matches[0]
        kind = kinds[0]
        if kind != "counterpart":
            return Phrase(kind=kind, first=opening.first, last=last, head=index)
        countries, last = self._countries(tokens, last)
        if not opening.possessive or (not countries and self._not_before.matches(tokens, last)):
            return None
        return Phrase(
            kind=kind, first=opening.first, last=last, head=index, countries=countries, plural=opening.several
        )

    def _countries(self, tokens: list[Token], at: int) -> tuple[tuple[CountryGroup, ...], int]:
        """The demonyms at a place, or "de" and the country."""
        groups, last = self._demonyms(tokens, at)
        if groups:
            return groups, last
        place = after_preposition(tokens, at)
        matches = self._gazetteer.places.matches(tokens, place) if place else []
        if not matches and place and tokens[at].form == "des":
            matches = self._gazetteer.demonyms.matches(tokens, place)  # "le roi des Belges"
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

    def _skip_words(self, tokens: list[Token], at: int, said: set[str]) -> int:
        """Over "sortant", "par intérim", "déchu", "d'alors"; what they say is added."""
        while matches := self._after.matches(tokens, at):
            at, words = matches[0]
            said.update(words)
        return at

    @staticmethod
    def _skip_superlative(tokens: list[Token], at: int) -> int:
        """Over "le plus éphémère"."""
        forms = [token.form for token in tokens[at : at + 3]]
        return at + 3 if forms[1:2] == ["plus"] and forms[0] in ("le", "la") else at

    def _is_institution(self, tokens: list[Token], start: int) -> bool:
        """ "le cabinet du Premier ministre"; the contracted article stands just before `start`."""
        if start == 0 or tokens[start - 1].form not in self._links:
            return False
        before = tuple(token.form for token in tokens[max(start - 3, 0) : start + 1])
        return any(
            _ends_with(before[:-1], phrase) or _ends_with(before, phrase) for phrase in self._institutions
        )

    def _forbids(self, tokens: list[Token], at: int, forms: tuple[TitleForm, ...]) -> bool:
        """Whether the next word makes it another title; a hyphen only when it is joined to the title.

        After an office of one place, only a place ("le président de la Fed de Saint-Louis"), or what makes it a figure of
        speech ("le pape du rock").
        """
        if all(form.place is not None for form in forms):
            return tokens[at].form in ("de", "d", "des") or (forms[0].roundabout and tokens[at].form == "du")
        joined = tokens[at].form != "-" or tokens[at].start == tokens[at - 1].end
        return joined and bool(self._not_before.matches(tokens, at))


def after_preposition(tokens: list[Token], at: int) -> int | None:
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
