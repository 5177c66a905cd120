"""The command line: the same steps without the scheduler, for looking in and for composing.

app         the commands that work: run, import, reprocess, rebuild-index
asking      the commands that look: search, show, audit, alerts
feeds       the feeds: list, check, import, export
filters     extract, tag, detect: JSON Lines in, JSON Lines out (`tagging` and `detecting` do the work)
lines       JSON Lines themselves
tables      what people see: tables without other people's control characters
moments     days and times as options
process     what the process ends with
"""

from vigie.cli.app import main

__all__ = ["main"]
