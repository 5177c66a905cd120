"""`topics/weights.txt`: what single words say of broad topics. `UsageError` names file and line.

# comments
topics 01000000 02000000 ...    the broad topics
bias -3.1 -2.8 ...              how much each lacks before any word is read
séisme jhwgkkhdkejhjhdnm        a word and a letter for each topic: m is 0, n is 0.4, l is -0.4, and so on
"""

from collections.abc import Iterator
from string import ascii_lowercase

from vigie.errors import UsageError
from vigie.knowledge.types.topics import TopicWeights
from vigie.model import TopicId

FILE = "topics/weights.txt"
STEP = 0.4
_VALUES = {
    letter: (place - ascii_lowercase.index("m")) * STEP for place, letter in enumerate(ascii_lowercase)
}


def write_weight(weight: float) -> str:
    """The letter nearest to a weight."""
    return min(_VALUES, key=lambda letter: abs(_VALUES[letter] - weight))


def read_weights(text: str, known: frozenset[str]) -> TopicWeights:
    """The weights, of topics that are `known`."""
    rows = _rows(text)
    line, digits = _head(rows, "topics")
    topics = tuple(TopicId(f"medtop:{number}") for number in digits)
    unknown = [topic for topic in topics if topic not in known]
    if unknown:
        raise UsageError(f"{FILE}, line {line}: {unknown[0]!r} has no rule in mediatopics.yml")
    line, bias = _head(rows, "bias")
    try:
        biases = tuple(float(value) for value in bias)
    except ValueError as error:
        raise UsageError(f"{FILE}, line {line}: {error}") from error
    if len(biases) != len(topics):
        raise UsageError(f"{FILE}, line {line}: must have a number for each topic")
    words = dict(_read_word(line, row, len(topics)) for line, row in rows)
    return TopicWeights(topics=topics, bias=biases, words=words)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split()


def _head(rows: Iterator[tuple[int, list[str]]], name: str) -> tuple[int, list[str]]:
    line, (first, *values) = next(rows, (1, ["nothing"]))
    if first != name:
        raise UsageError(f"{FILE}, line {line}: must begin with {name!r}, not {first!r}")
    return line, values


def _read_word(line: int, row: list[str], topics: int) -> tuple[str, tuple[float, ...]]:
    if len(row) == 2 and len(row[1]) == topics:
        values = tuple(_VALUES[letter] for letter in row[1] if letter in _VALUES)
        if len(values) == topics:
            return row[0], values
    raise UsageError(f"{FILE}, line {line}: {row[0]!r} must be followed by {topics} letters from a to z")
