"""One pass over a text's tokens: the places and bodies of the gazetteer, and those that a head names."""

from dataclasses import dataclass, field

from vigie.knowledge.types.places import Place
from vigie.model import NamedThing
from vigie.tagging.places.checks import is_body, is_place
from vigie.tagging.places.gazetteer import BodyForm, Form, Head, Lookup, Never, PlaceForm
from vigie.tagging.places.patterns import after_link, read_pattern
from vigie.tagging.places.reading import Reading
from vigie.tagging.words import fold

_LIST_GAP = 5
_LISTING = frozenset({"et", ",", "ou", "ni", "puis", "/"})
_WITH_ARTICLE = {("l",), ("la",), ("le",), ("les",)}
_LIST_WORDS = _LISTING | {"le", "la", "les", "l", "'", "de", "du", "d", "des", "au", "a", "aux"}


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place of the gazetteer in a text: whichever of the namesakes it is."""

    places: tuple[Place, ...]
    first: int
    last: int


@dataclass(slots=True)
class Findings:
    """What a text names, in order; `never` are spans of what only looks like a place."""

    places: list[FoundPlace] = field(default_factory=list)
    unsure: list[FoundPlace] = field(default_factory=list)
    """Places whose name means something else as well, and that no word around made sure."""
    others: list[NamedThing] = field(default_factory=list)
    """Places that the gazetteer does not have."""
    bodies: list[NamedThing] = field(default_factory=list)
    doubtful: list[tuple[BodyForm, int, int]] = field(default_factory=list)
    """Forms that no word around made sure."""
    never: list[tuple[int, int]] = field(default_factory=list)
    body_end: int = 0
    """The index after the last body."""


def find_names(reading: Reading, lookup: Lookup) -> Findings:
    """Read the tokens once; of forms that begin at one token the longest that holds is taken."""
    findings = Findings()
    index = after_place = 0
    text, tokens = reading.text, reading.tokens
    while index < len(tokens):
        token = tokens[index]
        if token.form not in (lookup.first if text[token.start].isupper() else lookup.small):
            index += 1
            continue
        end = _take(reading, lookup, index, findings, after_place=after_place == index - 1 and index > 1)
        if end and findings.places and findings.places[-1].last == end:
            after_place = end
        index = end or index + 1
    _settle(reading, findings)
    return findings


def _take(reading: Reading, lookup: Lookup, at: int, findings: Findings, *, after_place: bool) -> int:
    """Write down what begins at a token; the index after it, or 0."""
    for last, forms in lookup.names.matches(reading.tokens, at):
        if reading.is_leader_name(reading.tokens[at].start, reading.tokens[last - 1].end):
            continue
        end = _take_forms(reading, lookup, forms, at, last, findings, after_place=after_place)
        if end:
            return end
    return 0


def _take_forms(
    reading: Reading,
    lookup: Lookup,
    forms: list[Form],
    at: int,
    last: int,
    findings: Findings,
    *,
    after_place: bool,
) -> int:
    places = [
        form
        for form in forms
        if isinstance(form, PlaceForm) and is_place(reading, lookup, form, at, last, after_place=after_place)
    ]
    if any(not form.cue for form in places) or (places and not any(isinstance(f, BodyForm) for f in forms)):
        findings.places.append(_found(places, at, last))
        return last
    doubtful = None
    for form in forms:
        if isinstance(form, Never) and reading.count_capitals(at, last):
            findings.never.append((reading.tokens[at].start, reading.tokens[last - 1].end))
            return last
        if isinstance(form, BodyForm):
            if is_body(reading, lookup, form, at, last, in_list=_is_in_list(reading, findings, at)):
                return _add_body(reading, lookup, form, at, last, findings)
            doubtful = form if form.cue and not form.contracted else doubtful
        if isinstance(form, Head) and form.is_written(reading.cut(at, last)):
            end = _take_pattern(reading, lookup, form, at, last, findings)
            if end:
                return end
    if places:
        findings.places.append(_found(places, at, last))
        return last
    unsure = [form for form in forms if isinstance(form, PlaceForm) and form.cue]
    if unsure and reading.is_capital(at) and not reading.opens(at):
        findings.unsure.append(_found(unsure, at, last))
    if doubtful and reading.is_capital(at):
        findings.doubtful.append((doubtful, at, last))
    return 0


def _found(forms: list[PlaceForm], at: int, last: int) -> FoundPlace:
    return FoundPlace(tuple(dict.fromkeys(form.place for form in forms)), at, last)


def _is_in_list(reading: Reading, findings: Findings, at: int) -> bool:
    """Whether only "et", a comma or an article stand between a body and what follows it."""
    end = findings.body_end
    if not end or at - end >= _LIST_GAP:
        return False
    between = {token.form for token in reading.tokens[end:at]}
    return between <= _LIST_WORDS and bool(between & _LISTING)


def _take_pattern(
    reading: Reading, lookup: Lookup, head: Head, at: int, last: int, findings: Findings
) -> int:
    found = read_pattern(reading, lookup, head.kind, at, last)
    if not found:
        return 0
    thing = _thing(reading, found.first, found.last, country=found.country)
    if found.kind == "place":
        findings.others.append(thing)
    elif known := _known_body(reading, lookup, found.name, found.last):
        return _add_body(reading, lookup, known, found.name, found.last, findings)
    else:
        findings.bodies.append(thing)
        findings.body_end = found.last
    return found.last


def _known_body(reading: Reading, lookup: Lookup, first: int, last: int) -> BodyForm | None:
    for end, forms in lookup.names.matches(reading.tokens, first):
        if end == last:
            return next((form for form in forms if isinstance(form, BodyForm)), None)
    return None


def _add_body(
    reading: Reading, lookup: Lookup, form: BodyForm, first: int, last: int, findings: Findings
) -> int:
    """Add a body; with an adjective of another country behind, it is that country's own ("le Sénat italien")."""
    body = form.body
    code = lookup.demonyms.get(reading.tokens[last].form) if last < len(reading.tokens) else None
    if body.country and _is_of_state(lookup, form):
        owner = _owner(reading, lookup, last)
        if owner and owner != body.country:
            findings.bodies.append(_thing(reading, first, last, country=owner))
            findings.body_end = last
            return last
    foreign = code and body.country not in (None, code) and _is_of_state(lookup, form)
    if foreign and not reading.is_capital(last) and reading.gap(last) == " ":
        findings.bodies.append(_thing(reading, first, last + 1, country=code))
        findings.body_end = last + 1
        return last + 1
    findings.bodies.append(
        _thing(reading, first, last, name=body.name, country=body.country, id=body.wikidata)
    )
    findings.body_end = last
    return last


def _owner(reading: Reading, lookup: Lookup, at: int) -> str | None:
    """The country that a body is said to be of: "l'Assemblée nationale du Mali", "le ministère de la Santé du Hamas"."""
    name = after_link(reading, at)
    for _, forms in lookup.names.matches(reading.tokens, name) if name else ():
        for form in forms:
            if isinstance(form, PlaceForm) and form.place.kind == "country":
                return form.place.country
            if isinstance(form, BodyForm) and not form.cue:
                return form.body.country
    return None


def _is_of_state(lookup: Lookup, form: BodyForm) -> bool:
    """Whether every country may have a body of that name."""
    return fold(form.form.split()[0]) in lookup.state_words


def _settle(reading: Reading, findings: Findings) -> None:
    """What nothing around made sure is believed where the same is sure elsewhere in the text; a place abroad also where
    the text names others of its country."""
    countries = {one.places[0].country for one in findings.places if len(one.places) == 1} - {"", "FR"}
    names = {one.places[0].name for one in findings.places}
    for one in findings.unsure:
        abroad = any(place.country in countries for place in one.places)
        if (abroad or one.places[0].name in names) and _may_be_place(reading, one):
            findings.places.append(one)
    sure = {thing.name for thing in findings.bodies}
    for form, first, last in findings.doubtful:
        if (
            form.body.name in sure
            and reading.word(last) != ","
            and reading.words_before(first, 1) not in _WITH_ARTICLE
        ):
            findings.bodies.append(
                _thing(
                    reading,
                    first,
                    last,
                    name=form.body.name,
                    country=form.body.country,
                    id=form.body.wikidata,
                )
            )


def _may_be_place(reading: Reading, one: FoundPlace) -> bool:
    """Whether the model sees no person there, and no capital stands beside."""
    start, end = reading.tokens[one.first].start, reading.tokens[one.last - 1].end
    labels = {entity.label for entity in reading.entities_over(start, end)}
    beside = reading.is_capital(one.first - 1) or reading.is_capital(one.last)
    return "PER" not in labels and not beside


def _thing(
    reading: Reading,
    first: int,
    last: int,
    *,
    name: str | None = None,
    country: str | None = None,
    id: str | None = None,  # noqa: A002  the field's own name
) -> NamedThing:
    mention = reading.cut(first, last)
    return NamedThing(
        name=name or mention,
        mention=mention,
        start=reading.tokens[first].start,
        end=reading.tokens[last - 1].end,
        id=id,
        country=country,
    )
