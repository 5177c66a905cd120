"""Vigie's page in Airflow: in its navigation, behind its login and its permissions (`vigie.airflow_guard`).

Every Airflow process imports this, workers too: it imports next to nothing until the page is first asked for.
"""

from asyncio import to_thread
from contextlib import ExitStack
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from airflow.configuration import conf
from airflow.plugins_manager import AirflowPlugin

if TYPE_CHECKING:
    from fastapi import FastAPI

    from vigie.stores import Stores

PREFIX = "/vigie"
_making, _opening = Lock(), Lock()


async def page(scope: Any, receive: Any, send: Any) -> None:
    """The page as an ASGI app that is made when it is first asked for; Airflow's own requests go on meanwhile."""
    app = await to_thread(_page)
    await app(scope, receive, send)


def _page() -> "FastAPI":
    with _making:
        return _make_page()


@cache
def _make_page() -> "FastAPI":
    from vigie.airflow_guard import make_guard
    from vigie.page.app import create_app
    from vigie.page.drawing.charts import warm_up

    warm_up()
    return create_app(guard=make_guard(), read_stores=read_stores)


def read_stores() -> "Stores":
    """One set of stores a process: opened by the first request, closed with the process."""
    with _opening:
        return _open_stores()


@cache
def _open_stores() -> "Stores":
    from vigie.settings import read_settings
    from vigie.stores import Stores

    return Stores(read_settings(), ExitStack(), patient=False)


def _address(path: str) -> str:
    """An address of the page; Airflow may live under a path of its host."""
    return f"{urlsplit(conf.get('api', 'base_url', fallback='')).path.rstrip('/')}{PREFIX}{path}"


class VigiePlugin(AirflowPlugin):
    """A link in the navigation, and the page it leads to."""

    name = "vigie"
    fastapi_apps = [{"app": page, "url_prefix": PREFIX, "name": "Vigie"}]  # noqa: RUF012  # as AirflowPlugin declares it
    external_views = [  # noqa: RUF012  # as above
        {
            "name": "Vigie",
            "href": _address("/"),
            "icon": _address("/static/vigie.svg"),
            "destination": "nav",
            # In the menu: at the top level, Airflow 3.3 makes a button of it that leads nowhere; and with a `url_route`
            # a frame, where the page's address is not the reader's and links to other sites do not open.
            "category": "browse",
        }
    ]
