"""What happens to sources, not in the world: a layout that changes, a newsroom that joins, copies, late articles."""

from datetime import timedelta

from tests.topics.streams.desk import Desk
from tests.topics.streams.sources import Source, moment


def write_layout_change(desk: Desk, *, day: int, sources: int, prefix: str) -> None:
    """From a day on, every title of these sources opens with the same words. To be said before they write."""
    desk.class_of("layout", prefix, f"Dossiers {prefix}", *prefix.split())
    for source in desk.sources[2 : 2 + sources]:
        desk.prefixes[source.name] = (day, prefix)


def write_joining(desk: Desk, *, day: int, days: int, names: tuple[str, ...], volume: float) -> None:
    """Newsrooms of one region join the stream together, with towns and people of their own."""
    local = [desk.words.name() for _ in range(12)]
    house = desk.words.name()
    desk.class_of("joining source", *local, house, f"Carnets de {house}")
    for today in range(day, days):
        for name in names:
            source = Source(name=name, volume=volume, joins=day)
            for _ in range(source.count(desk.random, today)):
                place = local[min(int(desk.random.expovariate(0.35)), len(local) - 1)]
                terms = [place, f"Carnets de {house}"]
                at = moment(desk.random, today)
                desk.write(terms, at=at, source=source, about="joining source")


def write_single_source(desk: Desk, *, day: int, count: int) -> None:
    """One outlet's own affair, on which it writes all day and the next."""
    terms = [desk.words.name(), desk.words.rare_phrase()]
    desk.class_of("single source", *terms)
    source = desk.sources[desk.random.randrange(1, 5)]
    for today, share in ((day, 1.0), (day + 1, 0.5)):
        for _ in range(round(count * share)):
            at = moment(desk.random, today, since_h=6)
            desk.write(terms, at=at, source=source, about="single source")


def write_copies(desk: Desk, *, day: int, count: int) -> None:
    """One dispatch that so many outlets carry within hours, word for word."""
    terms = [desk.words.name(), desk.words.rare_phrase()]
    desk.class_of("agency copies", *terms)
    first = moment(desk.random, day, since_h=8)
    sources = desk.pick_sources(day, count, distinct=True)
    for n, source in enumerate(sources):
        at = first + timedelta(minutes=9 * n)
        desk.write(terms, at=at, source=source, about="agency copies", copy=n > 0)


def write_late(desk: Desk, *, day: int, age: int, count: int) -> None:
    """Articles of an old affair, dated when it was, that arrive within two hours."""
    terms = [desk.words.name(), desk.words.rare_phrase()]
    desk.class_of("late articles", *terms)
    for source in desk.pick_sources(day, count):
        at = moment(desk.random, day - age)
        arrives = moment(desk.random, day, since_h=9)
        desk.write(terms, at=at, source=source, about="late articles", arrives=arrives)
