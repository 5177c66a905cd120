"""Tags for a stream: in this process for a few articles or one core, by a crew of processes once many wait."""

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from vigie.adapters.crew.crew import MOST, Answers, TaggingCrew, count_cores
from vigie.tagging.texts import TextToTag

MANY = 400
"""Texts that wait: the two seconds that they take one process are less than what it costs to start two more."""

Later = Callable[[], Answers]


class TaggingAhead:
    """Takes batches of texts and gives what waits for their answers; a crew works at several batches meanwhile."""

    def __init__(self, cores: int | None = None) -> None:
        self._size = min(count_cores() if cores is None else cores, MOST)
        self._crew: TaggingCrew | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._crew:
            self._crew.close()

    @property
    def ahead(self) -> int:
        """How many batches should wait, so that nobody of the crew ever does."""
        return 2 * self._size + 1 if self._crew else 1

    @property
    def pids(self) -> list[int]:
        """Of the crew, where there is one."""
        return self._crew.pids if self._crew else []

    def expect(self, count: int) -> None:
        """So many texts wait to be tagged."""
        if self._crew is None and count >= MANY and self._size > 1:
            self._crew = TaggingCrew(self._size)

    def tag(self, texts: Sequence[TextToTag]) -> Later:
        """An answer for each text, in order, for who calls it."""
        if not texts:
            return list
        return self._crew.tag(texts).result if self._crew else lambda: _tag_here(texts)


def _tag_here(texts: Sequence[TextToTag]) -> Answers:
    from vigie.adapters.crew.tagger import load_detection_tagger  # spaCy, which a crew has for us
    from vigie.tagging.trials import tag_each

    return tag_each(load_detection_tagger(), texts)
