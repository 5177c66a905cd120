"""The watches file: what may be written, and what is said of the rest."""

import pytest

from vigie.adapters.knowledge_files import DEFAULT_FOLDER
from vigie.errors import UsageError
from vigie.watches.file import load_watches
from vigie.watches.watch import Watch, WatchId, describe_watch

GOOD = """
watches:
  - id: mercosur
    name: "Accord  avec le Mercosur"
    query: '"accord commercial" mercosur -football'
    leaders: [Q3052772, Olaf Scholz]
    topics: [medtop:11000000]
    sources: [Le Monde]
    kinds: [press]
"""


def load(text: str) -> tuple[Watch, ...]:
    return load_watches(text, where="w.yml")


def say(text: str) -> str:
    with pytest.raises(UsageError) as raised:
        load(text)
    return str(raised.value)


def row(**fields: str) -> str:
    """A file of one row."""
    written = {"id": "a", "name": "A", "query": "eau", **fields}
    return "watches:\n  - " + "\n    ".join(f"{key}: {value}" for key, value in written.items()) + "\n"


def test_a_whole_row() -> None:
    (watch,) = load(GOOD)
    assert watch == Watch(
        id=WatchId("mercosur"),
        name="Accord avec le Mercosur",
        query='"accord commercial" mercosur -football',
        leaders=("Q3052772", "Olaf Scholz"),
        topics=("medtop:11000000",),
        sources=("Le Monde",),
        kinds=("press",),
    )
    assert describe_watch(watch) == (
        '"accord commercial" mercosur -football ; personne : Q3052772 ou Olaf Scholz'
        " ; thème : medtop:11000000 ; source : Le Monde ; nature : presse"
    )


def test_the_shipped_file_switches_nothing_on_and_its_examples_are_good() -> None:
    text = (DEFAULT_FOLDER / "watches.yml").read_text(encoding="utf-8")
    assert load(text) == ()
    head, _, examples = text.partition("watches:\n")
    assert len(load(head + "watches:\n" + examples.replace("\n#", "\n").removeprefix("#"))) == 3


@pytest.mark.parametrize("text", ["", "watches:", "watches: []", "# rien\n"])
def test_no_watch_is_fine(text: str) -> None:
    assert load(text) == ()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- a", 1, "only `watches:` stands at the left"),
        ("watches: []\nfeeds: []", 2, "only `watches:` stands at the left"),
        ("watches: 3", 1, "watches: is no list"),
        ("watches: [", 1, "this is not YAML"),
        ("watches:\n  - 3\n", 2, "watch number 1: 3 is not a list of `key: value` pairs"),
        (row(nam="x"), 5, "watch `a`: nam: is not a known key; did you mean `name`?"),
        (row(channels="[slack]"), 5, "channels: is not a known key; known: id, name, query"),
        (row(query="2027"), 4, "watch `a`: query: 2027 is not text; put it between quotes"),
        (row(query="'★'"), 4, "query: has no word, so nothing would ever match"),
        (row(query="''"), 2, "watch `a`: asks for nothing, so every article would match"),
        (row(query="'-sport'"), 2, "watch `a`: only says what it does not want"),
        (
            row(query=" ".join(f"mot{n}" for n in range(500))),
            4,
            "query: the question has 500 words; 400 is the most",
        ),
        (row(leaders="Macron"), 5, "leaders: 'Macron' is no list; write [Macron]"),
        (row(kinds="[blog]"), 5, "kinds: `blog` is not known; write one of 'official' or 'press'"),
        (row(sources="['']"), 5, "sources: has an empty value"),
        (row(id="a b"), 2, "watch `a b`: id: use letters, digits"),
        (row(name="' '"), 3, "name: is empty"),
        (row() + "    query: vin\n", 5, "query: is written twice"),
        (row() + "  - {id: a, name: B, query: vin}\n", 5, "watch `a`: id: is already that of line 2"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, words: str) -> None:
    said = say(text)
    assert said.startswith(f"w.yml:{line}: ")
    assert words in said


def test_everything_wrong_is_said_at_once() -> None:
    said = say("watches:\n  - {id: a, name: A}\n  - {id: b, query: eau, kinds: [x]}\n")
    assert [line.split(": ", 1)[0] for line in said.splitlines()] == ["w.yml:2", "w.yml:3", "w.yml:3"]


def test_a_minus_alone_is_fine_beside_a_filter() -> None:
    (watch,) = load(row(query="'-sport'", kinds="[official]"))
    assert (watch.query, watch.kinds) == ("-sport", ("official",))
