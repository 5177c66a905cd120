"""YAML as a desk writes it, with the line of every key: so that a message can say where.

`read_yaml` gives the plain value and a `Lines` that knows where each part of it stood. Keys written twice, which YAML
would silently merge, are found by `Lines.repeated`. Dates stay text, and so do `no` and `on`: Norway is not false.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from vigie.errors import UsageError

Step = str | int


class _PlainLoader(yaml.SafeLoader):
    """YAML without what YAML 1.1 guesses from a word's look: dates, and yes, no, on, off."""

    yaml_implicit_resolvers = {  # noqa: RUF012  the class attribute that PyYAML reads
        first: [(tag, words) for tag, words in pairs if not tag.endswith((":timestamp", ":bool"))]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Where the keys of one YAML text stand."""

    root: yaml.Node | None

    def of(self, path: Sequence[Step]) -> int:
        """The line, from 1, of the key or list item at `path`, or of the nearest thing around it that is there."""
        node, line = self.root, 1
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            line, node = found
        return line

    def repeated(self) -> Iterator[tuple[int, str]]:
        """The line and name of each key that its mapping already had."""
        yield from _repeated(self.root)


def read_yaml(text: str, *, where: str) -> tuple[Any, Lines]:
    """The value and its lines. Raises `UsageError` with `where:line:` when the text is not YAML."""
    try:
        value = yaml.load(text, Loader=_PlainLoader)  # noqa: S506  a SafeLoader, with fewer guesses
        return value, Lines(root=yaml.compose(text, Loader=_PlainLoader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UsageError(f"{where}:{_line_of_error(error)}: this is not YAML: {_one_line(error)}") from error


def _step(node: yaml.Node | None, step: Step) -> tuple[int, yaml.Node] | None:
    """One key or one item deeper, with its line."""
    if isinstance(node, yaml.MappingNode):
        found = ((key.start_mark.line + 1, child) for key, child in node.value if key.value == str(step))
        return next(found, None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child.start_mark.line + 1, child
    return None


def _repeated(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[object] = set()
        for key, child in node.value:
            if key.value in seen and isinstance(key, yaml.ScalarNode):
                yield key.start_mark.line + 1, key.value
            elif isinstance(key, yaml.ScalarNode):
                seen.add(key.value)
            yield from _repeated(child)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _repeated(child)


def _line_of_error(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _one_line(error: Exception) -> str:
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    return " ".join(str(said).split())
