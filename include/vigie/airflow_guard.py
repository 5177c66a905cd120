"""Airflow's login and permissions as the page's guard. Imported when the page is first asked: every Airflow process
reads its plugins, and only the API server needs what this needs.

Who may read the DAG `index_articles` may read the page; who may start `collect_pages` may also teach, watch and poll.
"""

from typing import Annotated
from urllib.parse import quote, urlsplit

from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity
from airflow.api_fastapi.core_api.security import get_user, requires_access_dag
from airflow.configuration import conf
from fastapi import Depends, HTTPException, Request

from vigie.page.serving.guard import Guard, Visitor

_may_read = requires_access_dag("GET", None, "index_articles")
_may_act = requires_access_dag("POST", DagAccessEntity.RUN, "collect_pages")


def make_guard() -> Guard:
    """The guard of the page inside Airflow."""
    return Guard(visit=visit, login_url=login_url)


def visit(request: Request, user: Annotated[BaseUser, Depends(get_user)]) -> Visitor:
    """Airflow says who it is (401 where it does not know) and whether they may read (403 where not)."""
    _may_read(request, user)
    return Visitor(name=str(user.get_name()), may_act=_allows(request, user))


def login_url(request: Request) -> str:
    """Airflow's login, and back. By path: behind a proxy that ends TLS the whole address would be another."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"{base_path()}/api/v2/auth/login?next={quote(here, safe='')}"


def base_path() -> str:
    """Airflow may live under a path of its host."""
    return urlsplit(conf.get("api", "base_url", fallback="")).path.rstrip("/")


def _allows(request: Request, user: BaseUser) -> bool:
    try:
        _may_act(request, user)
    except HTTPException:
        return False
    return True
