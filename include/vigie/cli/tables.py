"""What people see in a terminal: tables and lines. Other people's control characters never reach it."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vigie.cli.lines import ReaderGone
from vigie.model import Sums
from vigie.plaintext import drop_invisible, fold_line

HIGHLIGHT_START, HIGHLIGHT_END = "\ue000", "\ue001"


class _Console(Console):
    """rich's own would end the process with 1 when who reads us has read enough."""

    def on_broken_pipe(self) -> None:
        raise ReaderGone


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None
) -> None:
    """A table whose cells are plain text; None is an empty cell, times are to the minute."""
    table = Table(*columns, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    _Console().print(table)


def print_line(text: str = "") -> None:
    """One line for people."""
    _Console(highlight=False, soft_wrap=True).print(Text(clean(text)))


def print_text(text: Text) -> None:
    """A paragraph with styles; whoever made it has cleaned it."""
    _Console(highlight=False, soft_wrap=True).print(text)


def print_error(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(fold_line(text) + "\n")


def clean(text: str) -> str:
    """Text without control or bidirectional characters; line ends stay."""
    return drop_invisible(text)


def mark_up(snippet: str) -> Text:
    """A snippet with its matched words in bold."""
    text = Text()
    for position, part in enumerate(snippet.split(HIGHLIGHT_START)):
        inside, separator, rest = part.partition(HIGHLIGHT_END)
        bold = position > 0 and bool(separator)
        text.append(clean(inside), style="bold" if bold else "")
        text.append(clean(rest))
    return text


def strip_marks(snippet: str) -> str:
    """A snippet as plain text."""
    return snippet.replace(HIGHLIGHT_START, "").replace(HIGHLIGHT_END, "")


def describe_sums(sums: Mapping[str, Sums]) -> str:
    """The sums of steps in one line."""
    return "; ".join(f"{name}: {one}" for name, one in sums.items())


def _cell(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, datetime):
        return Text(f"{value:%Y-%m-%d %H:%M}")
    return Text("" if value is None else clean(str(value)))
