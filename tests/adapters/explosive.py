"""Pages for the extractor's limits, and a look at its processes."""

import psutil

from vigie.adapters.confined.extractor import ConfinedExtractor
from vigie.pages.extract import ExtractedPage

SENTENCE = (
    "<p>Le président de la République a reçu ce matin le chancelier à l'Élysée pour parler d'Europe.</p>"
)
GENEROUS_S = 60
"""For pages that are stopped after 4.5 s of work, on a machine that does four other things."""


def page_of(inside: str, head: str = "") -> str:
    return (
        f"<html><head><title>Un titre</title>{head}</head>"
        f"<body><article><h1>Un titre</h1>{SENTENCE * 5}{inside}</article></body></html>"
    )


GOOD = page_of("")
SLOW = page_of("<p " + " ".join(map("a{}".format, range(250_000))) + ">x</p>")
"""A quarter of a million attributes: the parser compares each with each, in C, for most of a minute."""


def extract(extractor: ConfinedExtractor, html: bytes | str) -> ExtractedPage:
    return extractor.extract(html, url="https://a.example/x", zone="Europe/Paris")


def family(pid: int | None) -> list[psutil.Process]:
    child = psutil.Process(pid)
    return [child, *child.children()]
