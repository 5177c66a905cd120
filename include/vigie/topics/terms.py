"""Which terms an article counts for: its names and phrases, each under a key that spelling does not change."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from vigie.dates.french_words import MONTHS, WEEKDAYS
from vigie.model import NamedThing, Sighting, TaggedArticle

LEAD_CHARS = 700
"""A place or organisation counts when it stands in the opening (about two paragraphs) or comes back: a long article
names dozens in passing, and they would burst with whatever it is about."""

ROUTINE_MARK = "#routine"
"""A term that no text gives (keys are letters and digits): the article's title is one of routine."""

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
_WORD = re.compile(r"[0-9a-z]+(?:'[0-9a-z]+)?")
_ELISION = re.compile(r"^(?:[ldcjmnst]|qu)'")
_ARTICLES = frozenset({"le", "la", "les", "un", "une", "des", "du", "de"})
# A run of capitalised words, joined by French particles: "Notre-Dame de Bétharram", "Le Scouarnec", "OpenAI".
_NAME = re.compile(r"[A-ZÀ-Ý][\w’'-]+(?:(?: (?:de|du|des|la|le|d’|d'))? ?[A-ZÀ-Ý][\w’'-]+)*")


# Every stream has its days and months, its "7e journée" and its "saison 3": numbers on a calendar, never a subject.
_CALENDAR = frozenset(
    {
        *MONTHS,
        *WEEKDAYS,
        "jour",
        "journee",
        "semaine",
        "moi",
        "annee",
        "an",
        "saison",
        "edition",
        "etape",
        "tour",
    }
    | {
        "matin",
        "midi",
        "soir",
        "nuit",
        "hier",
        "demain",
        "aujourd'hui",
        "heure",
        "minute",
        "h",
        "ere",
        "er",
        "e",
    }
    | {
        "debut",
        "fin",
        "week",
        "end",
        "dernier",
        "derniere",
        "prochain",
        "prochaine",
        "manche",
        "acte",
        "numero",
    }
)
_NUMBER = re.compile(r"^(?:\d+(?:er|ere|e|eme|h\d*|nd|nde)?|[ivx]+(?:e|eme)?)$")


@lru_cache(maxsize=200_000)  # a stream says most of its words again: a third of the time of counting
def normalize_term(label: str) -> str:
    """The key of a term: no accent, case, article, elision or hyphen, each word without its plural mark.

    A fixed point: the key of a key is itself. Empty when nothing but marks is left.
    """
    folded = unicodedata.normalize("NFKD", label.translate(_APOSTROPHES))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    words = [_singular(_ELISION.sub("", word)) for word in _WORD.findall(plain)]
    while len(words) > 1 and words[0] in _ARTICLES:
        words.pop(0)
    return " ".join(words)


def _singular(word: str) -> str:
    while len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
    return word


@lru_cache(maxsize=200_000)
def is_calendar(key: str) -> bool:
    """True for a key that only counts time: "fevrier", "mardi soir", "7e journee", "18 fevrier 2025"."""
    return all(word in _CALENDAR or _NUMBER.match(word) for word in key.split())


def has_phrase(phrases: Collection[str], title: str) -> bool:
    """True when a title has one of these phrases (keys), word for word."""
    if not phrases:
        return False
    key = f" {normalize_term.__wrapped__(title)} "  # a title is seldom said twice
    return any(f" {phrase} " in key for phrase in phrases)


def is_name(label: str) -> bool:
    """True for what is written as a name: a capital somewhere ("Bétharram", "iPhone", "musée du Louvre")."""
    return any(c.isupper() for c in label)


def is_vague(label: str) -> bool:
    """True for a lone common noun, which pools unrelated articles ("pneumonie", "plateforme")."""
    return not is_name(label) and len(normalize_term(label).split()) < 2


def list_sightings(
    tagged: TaggedArticle, *, copy: bool = False, routine_titles: Collection[str] = ()
) -> tuple[Sighting, ...]:
    """One `Sighting` for each term of an article, by key, without repeats.

    Terms are its leaders, keyphrases, places and organisations near its top, the names in its title (a feed entry
    may have nothing else), and the last word of each name of several words, so that "François Bayrou" and "Bayrou"
    meet. `copy` marks an agency copy of another article: it counts for nothing but is kept as evidence.
    A title with one of `routine_titles` (keys) gives `ROUTINE_MARK` besides.
    """
    article = tagged.article
    labels: dict[str, str] = {}
    for label in _labels(tagged):
        for form in (label, *_short_forms(label)):
            key = normalize_term(form)
            if len(key) > 2 and not is_calendar(key):
                labels.setdefault(key, form)
    if labels and has_phrase(routine_titles, article.title):
        labels[ROUTINE_MARK] = ROUTINE_MARK
    return tuple(
        Sighting(
            term=key,
            label=label,
            article_id=article.id,
            at=article.date,
            source=article.publisher,
            kind=article.kind,
            copy=copy,
        )
        for key, label in labels.items()
    )


def _labels(tagged: TaggedArticle) -> Iterator[str]:
    tags = tagged.tags
    yield from (leader.name for leader in tags.leaders)
    yield from _prominent(tags.places)
    yield from _prominent(tags.organizations)
    yield from tags.keyphrases
    yield from names_in_title(tagged.article.title)


def _prominent(things: Iterable[NamedThing]) -> Iterator[str]:
    things = tuple(things)
    counts = Counter(thing.name for thing in things)
    yield from (thing.name for thing in things if thing.start < LEAD_CHARS or counts[thing.name] > 1)


def names_in_title(title: str) -> Iterator[str]:
    """Runs of capitalised words that do not open the title, a sentence or a quotation of it.

    A title all in capitals gives none: its capitals say nothing.
    """
    if title.isupper():
        return
    for match in _NAME.finditer(title):
        before = title[: match.start()].rstrip(" «\"“'’")
        if before and before[-1] not in ".:!?|-–—":
            yield match.group().rstrip("'’-")


def _short_forms(label: str) -> Iterator[str]:
    words = label.replace("-", " ").split()
    if 1 < len(words) <= 5 and words[0][:1].isupper() and words[-1][:1].isupper() and len(words[-1]) > 3:
        yield words[-1]


def keys_of_names(names: Iterable[str]) -> frozenset[str]:
    """The keys of people's names, whole and by their last word, as sightings have them."""
    return frozenset(normalize_term(form) for name in names for form in (name, *_short_forms(name)))
