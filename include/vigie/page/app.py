"""The app: the screens behind one guard, with nothing of it open to anybody else."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request, status
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as AnyHTTPException

from vigie.errors import OutdatedStore, TransientError, UsageError, VigieError
from vigie.page.drawing.language import choose_language
from vigie.page.screens import SCREENS
from vigie.page.serving import desk as desks
from vigie.page.serving.description import describe
from vigie.page.serving.desk import ReadStores
from vigie.page.serving.guard import Guard, Visitor
from vigie.page.serving.replies import HEADERS, html_reply, wants_html

_STATIC = Path(__file__).parent / "static"
_KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".js": "text/javascript"}
_HOUR_S = 3600


def create_app(*, guard: Guard, read_stores: ReadStores) -> FastAPI:
    """The page. `read_stores` gives stores that live as long as the process; nothing is opened before the first request.

    FastAPI's own description and documents would be open to everybody: they are off, and `/openapi.json` is a route as
    any other.
    """
    app = FastAPI(
        title="Vigie",
        description="What Vigie's page shows, as JSON: ask any address with `Accept: application/json`.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(guard.visit)],
    )
    app.dependency_overrides[desks.no_desk] = desks.desk_maker(guard, read_stores)
    for screen in SCREENS:
        app.include_router(screen.routes)
    app.add_api_route("/openapi.json", _describer(app), include_in_schema=False)
    app.add_api_route("/static/{name}", send_static, include_in_schema=False)
    _handle_faults(app, guard)
    return app


def _describer(app: FastAPI) -> Callable[[Request], Response]:
    def send_description(request: Request) -> Response:
        return JSONResponse(describe(app, request.scope.get("root_path", "")), headers=HEADERS)

    return send_description


def send_static(name: str) -> Response:
    """The style sheet and its like: files that were there when the process started, by their names only."""
    found = _read_static().get(name)
    if found is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "no such file")
    headers = {**HEADERS, "Cache-Control": f"private, max-age={_HOUR_S}"}
    return Response(found, media_type=_KINDS[Path(name).suffix], headers=headers)


@cache
def _read_static() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in _STATIC.iterdir() if path.suffix in _KINDS}


def _handle_faults(app: FastAPI, guard: Guard) -> None:
    """One clear line for what goes wrong, in the form that was asked for."""

    def refused(request: Request, error: AnyHTTPException) -> Response:
        if error.status_code == status.HTTP_401_UNAUTHORIZED and _is_browser(request) and guard.login_url:
            return RedirectResponse(guard.login_url(request), status.HTTP_303_SEE_OTHER)
        return say_fault(request, error.status_code, str(error.detail))

    def malformed(request: Request, error: RequestValidationError) -> Response:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"][1:])
        return say_fault(request, status.HTTP_422_UNPROCESSABLE_CONTENT, f"{where}: {fault['msg']}")

    def failed(request: Request, error: VigieError) -> Response:
        return say_fault(request, _code_of(error), str(error))

    handlers: dict[Any, Any] = {
        AnyHTTPException: refused,
        RequestValidationError: malformed,
        VigieError: failed,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def _code_of(error: VigieError) -> int:
    if isinstance(error, TransientError | OutdatedStore):
        return status.HTTP_503_SERVICE_UNAVAILABLE
    if isinstance(error, UsageError):
        return status.HTTP_400_BAD_REQUEST
    return status.HTTP_500_INTERNAL_SERVER_ERROR


def say_fault(request: Request, code: int, sentence: str) -> Response:
    """An error as a screen of its own, or as FastAPI's `detail`."""
    if not wants_html(request):
        return JSONResponse({"detail": sentence}, code, HEADERS)
    language = choose_language(request)
    nobody = Visitor(name="", may_act=False)
    names = {"code": code, "sentence": sentence, "visitor": nobody, "said": None}
    return html_reply(request, "error.html", names, code, language)


def _is_browser(request: Request) -> bool:
    return request.method == "GET" and wants_html(request)
