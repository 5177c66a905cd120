"""What the page says of itself to programs: FastAPI's OpenAPI, with what its routes cannot say.

Each screen is HTML for a browser beside its JSON, a form leads a browser back, a fault is one sentence, and everything
asks for Airflow's token.
"""

from copy import deepcopy
from typing import Any

from fastapi import FastAPI

FAULT = {
    "title": "Fault",
    "type": "object",
    "required": ["detail"],
    "properties": {
        "detail": {"type": "string", "description": "One sentence: what is wrong, and the way out."}
    },
}
FAULTS = {
    "400": "Something that was asked for cannot be.",
    "401": "No token, or one that is over.",
    "403": "This visitor may not.",
    "404": "Nobody knows it.",
    "422": "A parameter is not what it should be.",
    "503": "A store is away; try again later.",
}
SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "`access_token` of Airflow's `POST /auth/token`; a browser has the session's cookie instead.",
    }
}
HTML = {"text/html": {"schema": {"type": "string"}}}
JSON = "application/json"


def describe(app: FastAPI, root: str) -> dict[str, Any]:
    """The OpenAPI of the app as it is mounted under `root`."""
    said: dict[str, Any] = deepcopy(app.openapi())
    said["servers"] = [{"url": root or "/"}]
    said["security"] = [{"token": []}]
    components = said.setdefault("components", {})
    components["securitySchemes"] = SCHEMES
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Fault"] = FAULT
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    return said


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    content = responses.get("200", {}).get("content", {})
    if method == "post":
        responses["303"] = {"description": "For a browser: back to the screen."}
    elif set(content) == {JSON}:  # a route that has another form says so itself
        content |= HTML
    codes = set(FAULTS) - (set() if "{" in path else {"404"})
    for code in sorted(codes):
        fault = {JSON: {"schema": {"$ref": "#/components/schemas/Fault"}}, **HTML}
        responses[code] = {"description": FAULTS[code], "content": fault}
