"""Places and organisations: the model's entities, checked for form, and the desk's own names of bodies and seats.

The French model is noisy: an entity in lower case, with a verb in it or cut out of an elision is left out, and what
the gazetteer knows to be a person is no place. Bodies that have many names are given under one ("Nations unies" and
"ONU" are both "ONU").
"""

import re
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from vigie.knowledge.types import Knowledge, Organization
from vigie.model import NamedThing
from vigie.tagging.words import Trie, fold, tokenize

FACTORY = "vigie_places"

_LEADING = re.compile(r"(?:l|d|la|le|les|de|du|des|au|aux|à|en|un|une)\s*['’]?\s+|[ldLD]['’]", re.IGNORECASE)
_KEPT_ARTICLE = re.compile(r"(?:Le|La|Les|L['’])\s?[A-ZÀ-Ý]")
_WORD = re.compile(r"\w")
_JOINT = re.compile(r"\s[-–—]|\n")
"""Where the model ran two things together: "DÉCRYPTAGE - La chaîne"."""
_MAX_WORDS = 7
_NO_PLACES = frozenset(
    {"etat", "etats", "terre", "bleus", "tricolores", "sages", "internet", "republique", "logement"}
)


def compile_bodies(organizations: Iterable[Organization]) -> Trie[str]:
    """The forms of the bodies, each with its usual name."""
    trie: Trie[str] = Trie()
    for organization in organizations:
        for form in (organization.name, *organization.also):
            trie.add(form, organization.name)
    return trie


class Places:
    """Writes `Doc._.places` and `Doc._.organizations`, tuples of `NamedThing` in order; needs `ents` for the first."""

    def __init__(self) -> None:
        self._demonyms: frozenset[str] = frozenset()
        self._bodies: Trie[str] = Trie()
        for extension in ("places", "organizations"):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=())

    def use(self, knowledge: Knowledge) -> None:
        """Look names up in this from now on. (A spaCy factory takes nothing but JSON.)"""
        self._demonyms = frozenset(fold(word) for country in knowledge.countries for word in country.demonyms)
        self._bodies = compile_bodies(knowledge.organizations)

    def __call__(self, doc: Doc) -> Doc:
        known = tuple(find_known_bodies(doc.text, self._bodies))
        taken = [(thing.start, thing.end) for thing in known]
        taken += [(leader.start, leader.end) for leader in doc._.leaders]
        entities = [ent for ent in doc.ents if not _overlaps(ent, taken)]
        organizations = (*known, *_things(entities, "ORG"))
        doc._.places = tuple(
            thing for thing in _things(entities, "LOC") if fold(thing.name) not in self._demonyms | _NO_PLACES
        )
        doc._.organizations = tuple(sorted(organizations, key=lambda thing: thing.start))
        return doc


@Language.factory(FACTORY)
def create_places(nlp: Language, name: str) -> Places:
    """Make the component; it comes after the leaders."""
    return Places()


def find_known_bodies(text: str, bodies: Trie[str]) -> Iterator[NamedThing]:
    """The bodies of the list, whatever the model says; sigles only in capitals, names with a capital."""
    tokens = tokenize(text)
    index = 0
    while index < len(tokens):
        matches = bodies.matches(tokens, index)
        step = 1
        if matches:
            last, names = matches[0]
            start, end = tokens[index].start, tokens[last - 1].end
            mention = text[start:end]
            if _is_written_as_name(mention):
                yield NamedThing(name=names[0], mention=mention, start=start, end=end)
                step = last - index
        index += step


def _is_written_as_name(mention: str) -> bool:
    """A sigle (up to five letters) in capitals or with one first; anything longer with a capital somewhere."""
    return mention[0].isupper() or (" " in mention and any(letter.isupper() for letter in mention))


def _things(entities: list[Span], label: str) -> Iterator[NamedThing]:
    for ent in entities:
        if ent.label_ != label:
            continue
        start, end = _trim(ent.text, ent.start_char)
        mention = ent.text[start - ent.start_char : end - ent.start_char]
        if _is_well_formed(ent, mention):
            yield NamedThing(name=mention, mention=mention, start=start, end=end)


def _trim(text: str, offset: int) -> tuple[int, int]:
    """The span without quotation marks, and without a leading article unless it is the name's own ("Le Havre")."""
    start, end = 0, len(text)
    while start < end and not _WORD.match(text[start]):
        start += 1
    while end > start and not _WORD.match(text[end - 1]):
        end -= 1
    while (found := _LEADING.match(text, start, end)) and not _KEPT_ARTICLE.match(text, start, end):
        start = found.end()
    return offset + start, offset + end


def _is_well_formed(ent: Span, mention: str) -> bool:
    if len(mention) < 2 or not mention[0].isupper() or len(mention.split()) > _MAX_WORDS:
        return False
    if any(token.pos_ in ("VERB", "AUX", "PRON") for token in ent) or _JOINT.search(mention):
        return False
    return any(letter.islower() for letter in mention) or len(mention) < 7 or fold(mention) != mention.lower()


def _overlaps(ent: Span, taken: list[tuple[int, int]]) -> bool:
    return any(start < ent.end_char and ent.start_char < end for start, end in taken)
