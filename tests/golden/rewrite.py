"""What each recorded feed and page gives: `python -m tests.golden.rewrite` writes it, `test_golden` compares.

Feeds and pages here were written for these tests. Read the difference before committing it.
"""

import dataclasses
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from vigie.feeds.parse import parse_feed
from vigie.model import Feed, FeedId
from vigie.pages.extract import extract_page

HERE = Path(__file__).parent
FEED = Feed(
    id=FeedId("essai"),
    url="https://essai.example/flux.xml",
    publisher="Essai",
    kind="press",
    language="fr",
    country="FR",
    zone="Europe/Paris",
)


def read_cases() -> Iterator[tuple[Path, str]]:
    """The file of each expected result, and the result as the code gives it now."""
    for path in sorted((HERE / "feeds").glob("*.*")):
        if not path.name.endswith(".expected.json"):
            yield (
                path.with_name(path.name + ".expected.json"),
                _dump(parse_feed(path.read_bytes(), FEED, url=FEED.url)),
            )
    for path in sorted((HERE / "pages").glob("*.html")):
        page = extract_page(path.read_bytes(), url=f"https://{path.stem}.example/page", zone="Europe/Paris")
        yield path.with_name(path.name + ".expected.json"), _dump(page)


def _dump(value: Any) -> str:
    return json.dumps(dataclasses.asdict(value), ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in a golden result")


if __name__ == "__main__":
    for target, text in read_cases():
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{target.relative_to(HERE)}\n")
