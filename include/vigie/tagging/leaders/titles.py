"""The titles of offices, compiled: those of offices.yml, those that terms carry as labels, and ministers by what they
are in charge of ("le ministre de la Santé et de la Prévention" is the Health minister, whatever that year's full title).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vigie.knowledge.types.leaders import Term
from vigie.knowledge.types.whole import Knowledge
from vigie.tagging.leaders.tries import HeadedTrie
from vigie.tagging.words import Token, Trie, fold

_LABELLED = ("minister", "party_leader", "senate_leader", "regional_leader")
FEMININE = frozenset(
    {
        "premiere",
        "presidente",
        "copresidente",
        "chanceliere",
        "reine",
        "cheffe",
        "souveraine",
        "dirigeante",
        "patronne",
        "directrice",
        "candidate",
    }
)
MASCULINE = frozenset(
    {
        "premier",
        "president",
        "coprince",
        "chancelier",
        "roi",
        "prince",
        "emir",
        "sultan",
        "pape",
        "empereur",
        "chef",
        "directeur",
    }
)
"""First words of titles by which only a woman, or (in terms.csv) only a man is called."""
_CHARGED = frozenset({"charge", "chargee", "delegue", "deleguee"})


@dataclass(frozen=True, slots=True)
class TitleForm:
    """One title as one office has it. `labels` narrow it to the terms of one of these labels; the least `rank` is tried
    first."""

    office: str
    form: str
    plural: bool = False
    own: tuple[str, ...] = ()
    place: str | None = None
    bare: bool = False
    generic: bool = False
    roundabout: bool = False
    default: str | None = None
    strict: bool = False
    rank: int = 1
    labels: frozenset[str] | None = None

    @property
    def feminine(self) -> bool:
        """Whether only a woman is called so: "la Première ministre"; "la ministre" is seen by its article alone."""
        return fold(self.form).split()[0] in FEMININE


def compile_titles(knowledge: Knowledge) -> HeadedTrie[TitleForm]:
    """All titles that are written in full in the desk's files."""
    titles: HeadedTrie[TitleForm] = HeadedTrie()
    for form in _forms(knowledge):
        titles.add(form.form, form)
    return titles


def _forms(knowledge: Knowledge) -> Iterator[TitleForm]:
    for name, office in knowledge.offices.items():
        for title in office.titles:
            for plural, forms in ((False, title.titles), (True, title.plural)):
                for form in forms:
                    yield TitleForm(
                        name,
                        form,
                        plural,
                        title.own,
                        title.place,
                        title.bare,
                        title.generic,
                        title.roundabout,
                        title.default,
                        title.strict,
                    )
    for label, office_name, country in sorted(
        {(label, t.office, t.country) for t in knowledge.terms for label in labels_of(t)}
    ):
        if office_name in _LABELLED:
            yield TitleForm(
                office_name, label, place=country, bare=True, rank=0, labels=frozenset({fold(label)})
            )


def labels_of(term: Term) -> tuple[str, ...]:
    """What the holder is called by the table."""
    return (term.label, *term.titles)


class Portfolios:
    """What French ministers are in charge of: by each word for it, the titles of those who are, whole ministers first."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._forms: Trie[tuple[TitleForm, ...]] = Trie()
        labels = {
            label for t in knowledge.terms if t.office == "minister" and t.country == "FR" for label in map(fold, labels_of(t))
        }  # fmt: skip
        ministries = _ministries(knowledge, labels)
        groups = [*knowledge.grammar.portfolios, *_alone(labels, knowledge.grammar.portfolios)]
        for group in groups:
            for words in group:
                self._forms.add(words, tuple(ministries.charged(words, group)))

    def read(self, tokens: list[Token], at: int) -> tuple[tuple[TitleForm, ...], int]:
        """ "de la Santé", "de l'Agriculture et de la Pêche", "aux Affaires européennes": titles, and the index after."""
        forms: tuple[TitleForm, ...] = ()
        last = at
        while True:
            place = _after_charge(tokens, at)
            matches = self._forms.matches(tokens, place) if place else []
            if not matches:
                return forms, last
            last = matches[0][0]
            forms += tuple(form for group in matches[0][1] for form in group)
            if last >= len(tokens) or tokens[last].form not in (",", "et"):
                return forms, last
            at = last + 1


@dataclass(frozen=True, slots=True)
class _Ministries:
    """What ministers are called, folded: whole ministers by label, delegates by label, offices by title."""

    whole: frozenset[str]
    delegates: frozenset[str]
    offices: tuple[tuple[str, str], ...]

    def charged(self, word: str, group: Iterable[str]) -> Iterator[TitleForm]:
        """The titles of who is in charge of a thing: by this very word, then by its synonyms; delegates after all."""
        for rank, words in ((0, (fold(word),)), (2, tuple(fold(other) for other in group))):
            for step, some in ((rank, self.whole), (rank + 4, self.delegates)):
                named = frozenset(label for label in some if _names(label, words))
                if named:
                    yield TitleForm("minister", "ministre", place="FR", bare=True, rank=step, labels=named)
            for office in dict.fromkeys(name for name, title in self.offices if _names(title, words)):
                yield TitleForm(office, "ministre", bare=True, rank=rank + 1)


def _ministries(knowledge: Knowledge, labels: set[str]) -> _Ministries:
    plain = frozenset(label for label in labels if "aupres" not in label.split())
    whole = frozenset(
        lb for lb in plain if lb.startswith("ministre ") and not _CHARGED.intersection(lb.split())
    )
    titles = (
        (name, fold(form))
        for name, office in knowledge.offices.items()
        if name.endswith("_minister")
        for title in office.titles
        for form in title.titles
    )
    return _Ministries(whole, plain - whole, tuple(pair for pair in titles if pair[1].startswith("ministre")))


def _names(label: str, words: tuple[str, ...]) -> bool:
    """Whether a minister's label ends in one of these charges: "ministre de la Santé" in "Santé", not in "Santé animale"."""
    return label.endswith(words) and any(label.endswith((f" {word}", f"'{word}")) for word in words)


def _alone(labels: set[str], groups: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, ...]]:
    """The charges of labels that stand in no group."""
    known = tuple(fold(word) for group in groups for word in group)
    for label in labels:
        if "aupres" not in label.split() and not _names(label, known):
            for preposition in (
                " de la ",
                " de l'",
                " des ",
                " du ",
                " de ",
                " aux ",
                " a la ",
                " a l'",
                " au ",
            ):
                _, found, charge = label.partition(preposition)
                if found and label.startswith("ministre"):
                    yield (charge,)
                    break


def _after_charge(tokens: list[Token], at: int) -> int | None:
    """The index after "de la", "des", "aux", "à l'", "chargé de la"…"""
    while at < len(tokens) and tokens[at].form in _CHARGED:
        at += 1
    forms = [token.form for token in tokens[at : at + 3]]
    if forms[:1] in (["du"], ["des"], ["au"], ["aux"]):
        return at + 1
    if forms[:2] in (["d", "'"], ["de", "la"], ["a", "la"]):
        return at + 2
    return at + 3 if forms in (["de", "l", "'"], ["a", "l", "'"]) else None
