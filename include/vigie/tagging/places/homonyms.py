"""Which of several places of one name a text means: what else it speaks of tells, else the best known, else none."""

from collections import Counter
from collections.abc import Iterator

from vigie.knowledge.types.places import Place
from vigie.model import NamedThing
from vigie.tagging.places.finder import FoundPlace
from vigie.tagging.places.gazetteer import Lookup
from vigie.tagging.places.reading import Reading

_WITH_ARTICLE = frozenset({"country", "region", "department", "area", "sea", "water", "mountain"})
_ARTICLES = frozenset({"la", "le", "les", "l", "en", "au", "aux", "du", "des"})


def name_places(reading: Reading, lookup: Lookup, found: list[FoundPlace]) -> Iterator[NamedThing]:
    """The places found, each with the country and id of the namesake that is meant."""
    several = any(len(one.places) > 1 for one in found)
    names = {one.places[0].name for one in found} if several else set()
    countries = _count_countries(reading, lookup, found) if several else Counter[str]()
    for one in found:
        candidates = _fit_article(reading, one)
        place = _choose(candidates, names, countries)
        first, last = reading.tokens[one.first], reading.tokens[one.last - 1]
        yield NamedThing(
            name=candidates[0].name,
            mention=reading.text[first.start : last.end],
            start=first.start,
            end=last.end,
            id=place.id if place else None,
            country=(place.country or None) if place else None,
        )


def _fit_article(reading: Reading, one: FoundPlace) -> tuple[Place, ...]:
    """The namesakes that the words before allow: "à Grenade" is a town, "à la Grenade" a country."""
    if len(one.places) < 2:
        return one.places
    before = reading.words_before(one.first, 1)
    if not before or before[0] not in (*_ARTICLES, "a", "de"):
        return one.places
    article = before[0] in _ARTICLES
    fitting = tuple(place for place in one.places if (place.kind in _WITH_ARTICLE) == article)
    return fitting if fitting and before[0] != "de" else one.places


def _choose(places: tuple[Place, ...], names: set[str], countries: Counter[str]) -> Place | None:
    if len(places) == 1:
        return places[0]
    hints = {id(place): sum(near in names for near in place.near) for place in places}
    best = max(places, key=lambda place: hints[id(place)])
    if hints[id(best)]:
        return best
    spoken = [place for place in places if countries[place.country]]
    plain = [place for place in places if not place.near]
    if len(spoken) == 1 and not (plain and countries[plain[0].country]):
        return spoken[0]
    return plain[0] if len(plain) == 1 else None


def _count_countries(reading: Reading, lookup: Lookup, found: list[FoundPlace]) -> Counter[str]:
    """How often a text speaks of each country, by its places and its people."""
    counts = Counter(one.places[0].country for one in found if len(one.places) == 1)
    counts.update(lookup.demonyms[token.form] for token in reading.tokens if token.form in lookup.demonyms)
    return counts
