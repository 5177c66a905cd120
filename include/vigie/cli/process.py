"""How the process speaks and ends: exit codes, errors in one line, a log that a person can read."""

import contextlib
import io
import logging
import os
import re
import sys

import typer

from vigie.cli import tables
from vigie.cli.lines import ReaderGone
from vigie.errors import UsageError, VigieError
from vigie.plaintext import fold_line
from vigie.stores import TASK


def run_process(app: typer.Typer) -> None:
    """Run one command to its end: 0, 1 (it ran, and something is wrong) or 2 (bad usage or settings)."""
    set_up_log(verbose=False)
    code = 0
    try:
        code = _run(app)
        sys.stdout.flush()
    except (ReaderGone, BrokenPipeError):
        _leave_closed_pipe()
    sys.exit(code)


def set_up_log(*, verbose: bool) -> None:
    """Our warnings on standard error, a line each; with `verbose`, each step too, and where an error comes from."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s") if verbose else _OneLine())
    ours = logging.getLogger("vigie")
    ours.handlers = [handler]
    ours.setLevel(logging.INFO if verbose else logging.WARNING)
    logging.lastResort = None  # libraries that log without being asked: what matters of it, we say ourselves


class _OneLine(logging.Formatter):
    """A record as one line without other people's control characters; an exception by its name."""

    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        return fold_line(f"vigie: {text}: {type(error).__name__}: {error}" if error else f"vigie: {text}")


def _run(app: typer.Typer) -> int:
    TASK.set(_name_command(sys.argv[1:]))
    try:
        return app(sys.argv[1:] or ["--help"], standalone_mode=False) or 0
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        hint = f" (see: {context.command_path} --help)" if context else ""
        tables.print_error(f"vigie: {error.format_message()}{hint}")
        return 2
    except typer.Abort:
        return 130
    except UsageError as error:
        for line in str(error).splitlines():
            tables.print_error(f"vigie: {line}")
        return 2
    except VigieError as error:
        tables.print_error(f"vigie: {error}")
        return 1
    except OSError as error:  # a full disk, a folder that may not be written
        tables.print_error(f"vigie: {error}")
        return 1


def _name_command(arguments: list[str]) -> str:
    """What servers log: the command, without what was asked of it."""
    return " ".join(["vigie", *[word for word in arguments[:1] if re.fullmatch(r"[a-z-]+", word)]])


def _leave_closed_pipe() -> None:
    """Who reads us has read enough: nothing is wrong, and Python's own flush at exit must not complain."""
    with contextlib.suppress(io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
