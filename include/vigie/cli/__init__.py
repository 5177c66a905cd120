"""The command line: the same steps without the scheduler, for looking in and for composing.

app         the commands, and what the process ends with
filters     extract, tag, detect: JSON Lines in, JSON Lines out
feeds       the feeds: list, check, import, export
tables      what people see: tables without other people's control characters
"""

from vigie.cli.app import main

__all__ = ["main"]
