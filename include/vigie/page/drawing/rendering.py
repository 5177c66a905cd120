"""Templates: Jinja with autoescape, strict about names, and rid of other people's invisible characters."""

import re
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from vigie.page.drawing.language import Language, say_ago, say_day, say_moment, say_number, say_when, words
from vigie.search.snippets import CLOSE, OPEN

_TEMPLATES = Path(__file__).parents[1] / "templates"
ZONE = ZoneInfo("Europe/Paris")
"""The zone that moments are shown in; JSON has them in UTC."""

_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ue000-\\uf8ff\\ufff9-\\ufffb"
    "\\U000e0000-\\U0010ffff]"
)
"""Controls, marks of direction, format characters, private use: what a browser would obey or draw as a box."""


def render(request: Request, template: str, names: dict[str, Any], language: Language) -> str:
    """A template as HTML, in a language, with links as this app is mounted."""
    root = request.scope.get("root_path", "")
    here = f"{root}{request.scope['path'].removeprefix(root)}"
    given = {
        "root": root,
        "here": f"{here}?{request.url.query}" if request.url.query else here,
        "path": here.removeprefix(root) or "/",
        "query_with": partial(_query_with, request),
        "language": language,
        "link": partial(_link, root),
    }
    return _environment(language).get_template(template).render({**given, **names})


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    said = words(language)
    environment.install_gettext_callables(said.gettext, said.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "moment": lambda at: say_moment(at, language, ZONE) if at else "",
        "when": lambda at, now: say_when(at, now, language, ZONE),
        "day": lambda day: say_day(day, language),
        "ago": lambda at, now: say_ago(at, now, language),
        "number": lambda number: say_number(number, language),
        "web": _web_address,
        "marked": _mark_matches,
    }
    return environment


def _clean(value: Any) -> Any:
    """Every value that is printed: no control or bidirectional characters of other people's. Ours is markup."""
    return _INVISIBLE.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _web_address(url: str | None) -> str | None:
    """An address that a link may lead to, else None: `javascript:` is an address too."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None


def _mark_matches(snippet: str) -> Markup:
    """A snippet with its matched words in `<mark>`."""
    marked = escape(snippet).replace(OPEN, Markup("<mark>")).replace(CLOSE, Markup("</mark>"))
    return Markup(_INVISIBLE.sub("", marked))  # noqa: S704  # escaped above


def _link(root: str, path: str, **query: Any) -> str:
    """An address of ours; parameters that are None are left out, lists are repeated."""
    pairs = {name: value for name, value in query.items() if value not in (None, "", (), [])}
    return f"{root}{path}" + (f"?{urlencode(pairs, doseq=True)}" if pairs else "")


def _query_with(request: Request, **changes: Any) -> str:
    """The query of this address with some parameters changed; None takes one out."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in changes and k != "said"]
    added = [(k, v) for k, value in changes.items() if value is not None for v in _values(value)]
    return "?" + urlencode([*kept, *added])


def _values(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
