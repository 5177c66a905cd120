"""Every address of the app, from its own routes: a new one is in every test that goes over all of them.

A route with a parameter needs an example of it here, by the first part of its path.
"""

from dataclasses import dataclass
from itertools import product

from fastapi import FastAPI
from fastapi.routing import APIRoute

from tests.page.world import HOSTILE_TOPIC, TOPIC, TOPIC_ALERT, WATCH
from vigie.adapters.index.port import Question
from vigie.stores import Stores

STATIC = ("page.css",)


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A method and a path with its parameters filled in."""

    method: str
    path: str


def list_addresses(app: FastAPI, examples: dict[str, tuple[str, ...]]) -> list[Address]:
    """One address for each method, path and example; fails on a parameter that has no example."""
    return sorted(
        Address(method, path)
        for route in list_routes(app)
        for method in (route.methods or ()) - {"HEAD"}
        for path in _fill(route.path, examples)
    )


def list_routes(app: FastAPI) -> list[APIRoute]:
    """The app's routes; nothing else may be mounted in it, for nothing would guard it."""
    strangers = [route for route in app.routes if not isinstance(route, APIRoute)]
    assert not strangers, f"not behind the guard: {strangers}"
    return [route for route in app.routes if isinstance(route, APIRoute)]


def examples_of(stores: Stores) -> dict[str, tuple[str, ...]]:
    """Examples of the world's: what a parameter after `/articles/` and so on may be."""
    hits = stores.index.search(Question(size=50, sort="date")).hits
    edited = max(hits, key=lambda hit: (hit.document["version"], hit.document["first_seen_at"]))
    hostile = next(hit for hit in hits if hit.document["title"].startswith("<script>"))
    return {
        "articles": (edited.id, hostile.id),
        "topics": (TOPIC, HOSTILE_TOPIC, "medtop:20000429"),
        "alerts": (TOPIC_ALERT,),
        "leaders": ("Q3052772",),
        "lessons": ("0123456789ab",),
        "watches": (WATCH,),
        "feeds": ("le-matin", "bloque"),
        "static": STATIC,
    }


def list_screens(app: FastAPI, stores: Stores) -> list[str]:
    """What a browser may open: every address that answers a page."""
    found = list_addresses(app, examples_of(stores))
    return [each.path for each in found if each.method == "GET" and not _is_file(each.path)]


def _is_file(path: str) -> bool:
    return path.startswith("/static/") or path.endswith((".atom", ".json", ".svg", "/archived"))


def _fill(path: str, examples: dict[str, tuple[str, ...]]) -> list[str]:
    parts = path.strip("/").split("/")
    choices = [_examples_for(parts[0], path, examples) if part.startswith("{") else (part,) for part in parts]
    return ["/" + "/".join(chosen) for chosen in product(*choices)]


def _examples_for(room: str, path: str, examples: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    assert room in examples, f"tests/page/addresses.py has no example for {path}"
    return examples[room]
