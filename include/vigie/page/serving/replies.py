"""Replies: HTML for a browser, JSON for a script, the same headers on all."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from vigie.page.drawing.language import COOKIE, LANGUAGES, Language
from vigie.page.drawing.rendering import render
from vigie.wire import dump_json

HEADERS = {
    # Nothing of other people's can run, load or frame: the page is text, one style sheet and drawings of ours.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",  # what a desk watches is nobody else's to find in a shared browser
    "Vary": "Accept, Accept-Language, Cookie",
}
_YEAR_S = 365 * 86_400


def wants_html(request: Request) -> bool:
    """A browser names text/html; everything else is given JSON."""
    weights = {"text/html": 0.0, "application/json": 0.0}
    for part in request.headers.get("accept", "").split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if kind in weights:
            weights[kind] = _read_weight(parameters)
    return weights["text/html"] > weights["application/json"]


def html_reply(
    request: Request, template: str, names: dict[str, Any], status_code: int, language: Language
) -> Response:
    """A screen. A language that was asked for is remembered."""
    response = HTMLResponse(render(request, template, names, language), status_code, HEADERS)
    if request.query_params.get("lang") in LANGUAGES:
        path = request.scope.get("root_path") or "/"
        response.set_cookie(COOKIE, language, max_age=_YEAR_S, path=path, httponly=True, samesite="lax")
    return response


def json_reply(view: Any, status_code: int = 200) -> Response:
    """A view as its type says."""
    return Response(dump_json(view), status_code, HEADERS, media_type="application/json")


def _read_weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
