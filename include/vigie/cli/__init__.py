"""The command line: the same steps without the scheduler, for looking in and for composing.

    app         the commands that work: run, import, reprocess, rebuild-index
    asking      the commands that look: search, show, audit, alerts
    backups     backup, restore, mend-index
    feeds       the feeds: list, check, import, export
    filters     extract, tag, detect: JSON Lines in, JSON Lines out (`extracting`, `tagging` and `detecting`
                    do the work; `shapes` says what they read)
    lines       JSON Lines themselves
    printing    what people see of an answer, in French
    tables      what people see: tables without other people's control characters
    process     what the process ends with

None has logic of its own: what it shows is what a step returned.
"""

from vigie.cli.app import main

__all__ = ["main"]
