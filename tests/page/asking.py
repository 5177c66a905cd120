"""How the tests ask the page: as a browser, and what they read out of its HTML."""

from typing import Any

import lxml.html
from fastapi.testclient import TestClient

BROWSER = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


def ask_html(page: TestClient, path: str, status: int = 200, **query: Any) -> str:
    """A screen as a browser gets it."""
    answer = page.get(path, params=query or None, headers=BROWSER)
    assert answer.status_code == status, (answer.status_code, answer.text[:2000])
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


def ask_tree(page: TestClient, path: str, status: int = 200, **query: Any) -> lxml.html.HtmlElement:
    """The same, parsed."""
    return lxml.html.document_fromstring(ask_html(page, path, status, **query))


def ask_json(page: TestClient, path: str, status: int = 200, **query: Any) -> Any:
    """A screen as a script gets it."""
    answer = page.get(path, params=query or None, headers={"Accept": "application/json"})
    assert answer.status_code == status, (answer.status_code, answer.text[:2000])
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def post_form(page: TestClient, path: str, **fields: Any) -> Any:
    """Send a form as a browser does; the answer, not followed."""
    return page.post(path, data=fields, headers=BROWSER, follow_redirects=False)


def says(tree: lxml.html.HtmlElement) -> str:
    """All the text of a screen on one line, as a reader sees it."""
    return " ".join(tree.text_content().split())


def assert_tame(html: str) -> None:
    """Nothing of other people's is markup: no script, no handler, no picture of theirs, no trick of direction."""
    tree = lxml.html.document_fromstring(html)
    assert not tree.xpath("//script[not(@src)]")
    assert not tree.xpath("//*[@onerror or @onmouseover or @onclick or @onload or @style]")
    assert not [src for src in tree.xpath("//img/@src") if not src.endswith(".svg")]
    assert not [a for a in tree.xpath("//@href") if a.lower().lstrip().startswith(("javascript:", "data:"))]
    assert not set(html) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
