"""The filters: JSON Lines in on standard input, JSON Lines out, one line per document, in input order.

A document that cannot be done gives `{"id", "error"}` and the filter goes on. Input that is not JSON Lines ends it
with exit 2. What each needs is imported when it runs: `vigie audit` waits for no spaCy.
"""

import sys
from datetime import UTC, datetime

from vigie.cli.lines import read_batches, read_objects, write_object
from vigie.settings import read_settings

TAGGED_AT_ONCE = 32


def extract() -> None:
    """Pages in, articles out: {"id", "url"?, "html_path"|"html", "date"?} a line."""
    from vigie.cli.extracting import extract_line

    now = read_settings().now or datetime.now(UTC)
    for raw in read_objects(sys.stdin.buffer):
        write_object(extract_line(raw, now))


def tag() -> None:
    """Texts in, tags out: {"id", "date", "title"?, "text", "language"?, "source_country"?} a line."""
    from vigie.cli.tagging import tag_lines

    for batch in read_batches(sys.stdin.buffer, TAGGED_AT_ONCE):
        for answer in tag_lines(batch):
            write_object(answer)


def detect() -> None:
    """Articles in time order in, the alerts they would have made out."""
    from vigie.cli.arrivals import Arrivals
    from vigie.cli.detecting import detect_lines
    from vigie.cli.tagging_ahead import TaggingAhead

    with TaggingAhead() as ahead:
        for alert in detect_lines(Arrivals(sys.stdin.buffer), ahead):
            write_object(alert)
