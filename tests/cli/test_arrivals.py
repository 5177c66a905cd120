"""Lines as they arrive, through real pipes."""

import io
import os
from collections.abc import Iterator
from typing import BinaryIO

import pytest

from vigie.cli.arrivals import Arrivals
from vigie.errors import UsageError


class Pipe:
    """A pipe whose one end is read as standard input is."""

    def __init__(self) -> None:
        out, self.into = os.pipe()
        self.stream: BinaryIO = os.fdopen(out, "rb")
        self.arrivals = Arrivals(self.stream)

    def write(self, text: str) -> None:
        os.write(self.into, text.encode())


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    pipe = Pipe()
    yield pipe
    pipe.stream.close()


def test_each_line_is_taken_as_it_comes(pipe: Pipe) -> None:
    assert not pipe.arrivals.is_waiting()
    pipe.write('{"id": 1}\n{"id": 2}\n{"id":')
    assert pipe.arrivals.is_waiting()
    assert pipe.arrivals.take(10) == [{"id": 1}, {"id": 2}]
    assert not pipe.arrivals.is_waiting()
    pipe.write(" 3}\n\n  \n")
    assert pipe.arrivals.take(10) == [{"id": 3}]
    assert not pipe.arrivals.is_waiting()  # blank lines are nothing to take
    pipe.write('{"id": 4}')
    os.close(pipe.into)
    assert pipe.arrivals.is_waiting()
    assert pipe.arrivals.take(10) == [{"id": 4}]
    assert pipe.arrivals.is_waiting()
    assert pipe.arrivals.take(10) == []


def test_no_more_than_asked_for(pipe: Pipe) -> None:
    pipe.write('{"id": 1}\n' * 5)
    assert [len(pipe.arrivals.take(2)) for _ in range(2)] == [2, 2]
    os.close(pipe.into)
    assert [len(pipe.arrivals.take(2)) for _ in range(2)] == [1, 0]


def test_what_stands_before_a_bad_line_comes_first(pipe: Pipe) -> None:
    pipe.write('{"id": 1}\n\nnon\n{"id": 2}\n')
    assert pipe.arrivals.take(10) == [{"id": 1}]
    assert pipe.arrivals.is_waiting()
    for _ in range(2):
        with pytest.raises(UsageError, match="line 3: not JSON"):
            pipe.arrivals.take(10)
    os.close(pipe.into)


def test_a_stream_that_is_no_file() -> None:
    arrivals = Arrivals(io.BytesIO('\ufeff{"id": 1}\r\n\r\n{"id": "é"}'.encode()))
    assert arrivals.is_waiting()
    assert arrivals.take(10) == [{"id": 1}, {"id": "é"}]
    assert arrivals.take(10) == []


def test_a_line_much_longer_than_a_pipe_holds() -> None:
    long = "x" * 1_000_000
    assert Arrivals(io.BytesIO(f'{{"id": "{long}"}}\n{{"id": 2}}'.encode())).take(5) == [
        {"id": long},
        {"id": 2},
    ]
