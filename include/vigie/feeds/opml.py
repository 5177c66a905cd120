"""OPML, the format that feed readers exchange. Pure: bytes in, rows out, and back."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

import lxml.etree

from vigie.errors import UsageError
from vigie.model import Feed
from vigie.urls import is_web_address


def read_opml(body: bytes, *, where: str, country: str, language: str) -> list[dict[str, str]]:
    """Rows for the feeds file, one per feed address; `UsageError` when it is not OPML."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = lxml.etree.fromstring(body, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise UsageError(f"{where}: not OPML: {error.msg}") from error
    rows = [
        _row(node, country, language)
        for node in root.iter("outline")
        if is_web_address(node.get("xmlUrl", ""))
    ]
    return list({row["url"]: row for row in rows}.values())


def write_opml(feeds: Iterable[Feed]) -> str:
    """An OPML 2.0 document of the feeds; listings and sitemaps are none."""
    outlines = "\n".join(
        f'    <outline type="rss" text={quoteattr(feed.publisher)} title={quoteattr(feed.id)} xmlUrl={quoteattr(feed.url)}/>'
        for feed in feeds
        if feed.source == "feed"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head><title>Vigie</title></head>\n  <body>\n{outlines}\n  </body>\n</opml>"
    )


def _row(node: lxml.etree._Element, country: str, language: str) -> dict[str, str]:
    url, name = node.get("xmlUrl", ""), node.get("text") or node.get("title") or ""
    return {
        "id": re.sub(r"[^a-z0-9]+", "-", re.sub(r"^https?://(www\.)?", "", url.lower())).strip("-")[:60],
        "url": url,
        "publisher": name or url,
        "kind": "press",
        "language": language,
        "country": country,
    }
