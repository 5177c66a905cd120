"""The tags of one article, as `show` gives them: from the index, with what decided each."""

from collections.abc import Iterable, Mapping
from typing import Any

from vigie.articles.wording import ROLES, UNKNOWN_SPEAKER
from vigie.cli import tables
from vigie.errors import TransientError
from vigie.model import Tags
from vigie.plaintext import fold_line
from vigie.search.documents import Document, read_document
from vigie.stores import Stores
from vigie.wire import dump_object

QUOTES_SHOWN = 12
QUOTE_CHARS = 160


def read_tags(stores: Stores, article_id: Any) -> Document | None:
    """The article's document; None when it is not in the index, or the index is away, which is said."""
    try:
        document: Document | None = stores.index.get(article_id)
    except TransientError as error:
        tables.print_error(f"vigie: tags cannot be read: {error}")
        return None
    return document


def dump_tags(document: Document | None) -> Mapping[str, Any] | None:
    """The tags for machines, with the version of the rules that gave them."""
    if document is None:
        return None
    tagged = read_document(document)
    return {"rules_version": tagged.rules_version, **dump_object(tagged.tags)}


def print_tags(document: Document | None) -> None:
    """A line a kind of tag; nothing where there are none."""
    if document is None:
        return
    tagged = read_document(document)
    tables.print_line()
    tables.print_line(f"étiquettes (règles {tagged.rules_version})")
    for label, values in _lines(tagged.tags):
        listed = [fold_line(value) for value in values]
        if listed:
            tables.print_line(f"  {label} : {' ; '.join(listed)}")
    _print_quotes(tagged.tags)
    for limit in tagged.tags.limits:
        tables.print_line(f"  limite : {limit}")


def _lines(tags: Tags) -> Iterable[tuple[str, Iterable[str]]]:
    yield (
        "personnes",
        (
            f"{p.name} ({ROLES.get(p.role, p.role)}, {p.country or 'international'}, {p.mentions} ×"
            f"{', sujet' if p.subject else ''})"
            for p in tags.people
        ),
    )
    yield "thèmes", (f"{t.label} {t.score:.2f} ({', '.join(t.words[:5])})" for t in tags.topics)
    yield "lieux", dict.fromkeys(place.name for place in tags.places)
    yield "organisations", dict.fromkeys(organization.name for organization in tags.organizations)
    yield (
        "événements",
        (
            f"{e.date or 'sans date'}{f' au {e.last_date}' if e.last_date else ''}"
            f" {e.kind}{f' ({p})' if (p := ', '.join(e.participants)) else ''}"
            f"{f' à {e.place}' if e.place else ''}"
            for e in tags.events
        ),
    )
    yield "mots-clés", tags.keyphrases


def _print_quotes(tags: Tags) -> None:
    for quote in tags.quotes[:QUOTES_SHOWN]:
        words = fold_line(quote.text)
        cut = words if len(words) <= QUOTE_CHARS else f"{words[:QUOTE_CHARS].rstrip()}…"
        tables.print_line(f"  « {cut} » ({fold_line(quote.speaker or UNKNOWN_SPEAKER)})")
    if len(tags.quotes) > QUOTES_SHOWN:
        tables.print_line(f"  … et {len(tags.quotes) - QUOTES_SHOWN} autres citations")
