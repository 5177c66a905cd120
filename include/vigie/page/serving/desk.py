"""What a screen is given for one request: the stores, who asks, in which language, and how to reply."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request, status
from fastapi.responses import JSONResponse, RedirectResponse, Response

from vigie.page.drawing.language import Language, choose_language
from vigie.page.serving.guard import Guard, Visitor, check_origin
from vigie.page.serving.replies import html_reply, json_reply, wants_html
from vigie.stores import Stores

ReadStores = Callable[[], Stores]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One request. Screens take it as `desk: DeskDep`, forms as `desk: ActingDep`."""

    request: Request
    stores: Stores
    visitor: Visitor
    language: Language

    @property
    def now(self) -> datetime:
        """The clock, VIGIE_NOW where it is set."""
        return self.stores.now()

    def reply(self, template: str, view: Any, *, status_code: int = 200, **more: Any) -> Response:
        """The view as JSON, or by its template for a browser; `more` are things that only the template needs."""
        if not wants_html(self.request):
            return json_reply(view, status_code)
        return html_reply(self.request, template, self._names(view, more), status_code, self.language)

    def done(self, said: str, back: str, result: Any = None) -> Response:
        """After a form: JSON for a script; a browser goes back, where the sentence `said` is shown."""
        if not wants_html(self.request):
            return json_reply(result) if result is not None else JSONResponse({"done": said})
        return RedirectResponse(self._way_back(back, said), status.HTTP_303_SEE_OTHER)

    def missing(self, what: str) -> HTTPException:
        """For `raise`: a thing that nobody knows."""
        return HTTPException(status.HTTP_404_NOT_FOUND, what)

    def _names(self, view: Any, more: dict[str, Any]) -> dict[str, Any]:
        said = self.request.query_params.get("said")
        return {"view": view, "visitor": self.visitor, "now": self.now, "said": said, **more}

    def _way_back(self, back: str, said: str) -> str:
        """Only a place of this page: `//other.example` and whole addresses are other people's."""
        root: str = self.request.scope.get("root_path", "")
        path = back if back.startswith("/") and not back.startswith(("//", "/\\")) else f"{root}/"
        path, _, query = path.partition("?")
        kept = [part for part in query.split("&") if part and not part.startswith("said=")]
        return f"{path}?{'&'.join([*kept, f'said={said}'])}"


def desk_maker(guard: Guard, read_stores: ReadStores) -> Callable[..., Desk]:
    """The dependency that makes the desk of a request; asks the guard first."""

    def open_desk(request: Request, visitor: Annotated[Visitor, Depends(guard.visit)]) -> Desk:
        language = choose_language(request)
        return Desk(request=request, stores=read_stores(), visitor=visitor, language=language)

    return open_desk


def no_desk() -> Desk:
    """Stands in the routes until an app says how desks are made (`dependency_overrides`): fails closed."""
    raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Not authenticated")


def acting(request: Request, desk: Annotated[Desk, Depends(no_desk)]) -> Desk:
    """The desk of somebody who may change something, from a form of ours."""
    check_origin(request)
    if not desk.visitor.may_act:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "you may read, and not change anything")
    return desk


DeskDep = Annotated[Desk, Depends(no_desk)]
ActingDep = Annotated[Desk, Depends(acting)]
