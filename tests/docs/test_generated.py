"""Docs that cannot rot: what is made from the code says what the code says."""

import re

import pytest

from docs import generate
from vigie.settings import PROJECT

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]


def test_generated_pages_are_fresh():
    assert generate.stale() == [], "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_readme_names_what_is_there():
    named = re.findall(
        r"`((?:include|dags|plugins|demo|docs)/[\w./-]*)`",
        (PROJECT / "README.md").read_text(encoding="utf-8"),
    )
    assert [path for path in named if not (PROJECT / path).exists()] == []
