"""Every address asks who it is: nobody reads a byte, a reader changes nothing, other sites' forms are refused.

The same on a real Airflow, with its own users: `tests/e2e/test_page.py`.
"""

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

from tests.page.addresses import Address, examples_of, list_addresses, list_routes
from tests.page.asking import BROWSER
from tests.page.conftest import client_of
from vigie.page.app import create_app
from vigie.page.serving.guard import Guard, Visitor
from vigie.stores import Stores

REFUSED_FORMS = (
    {"Origin": "https://ailleurs.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer abc"},
)
OWN_FORMS = ({}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"})


@pytest.fixture(scope="module")
def addresses(page: TestClient, stores: Stores) -> list[Address]:
    found = list_addresses(_app(page), examples_of(stores))
    assert {"/", "/openapi.json", "/static/page.css", "/feeds"} <= {each.path for each in found}
    return found


def test_nobody_reads_a_byte(addresses: list[Address], nobody: TestClient) -> None:
    for each in addresses:
        answer = nobody.request(each.method, each.path)
        assert answer.status_code == 401, each
        assert answer.json() == {"detail": "Not authenticated"}, each


def test_a_browser_without_a_session_is_sent_to_log_in(addresses: list[Address], stores: Stores) -> None:
    def visit() -> Visitor:
        raise HTTPException(401, "Not authenticated")

    guard = Guard(visit=visit, login_url=lambda request: f"/login?next={request.url.path}")
    client = TestClient(create_app(guard=guard, read_stores=lambda: stores), follow_redirects=False)
    for each in addresses:
        answer = client.request(each.method, each.path, headers=BROWSER)
        if each.method == "GET":
            assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={each.path}"), each
        else:  # what a form had in it cannot come back from a login
            assert answer.status_code == 401, each


def test_who_may_not_read_reads_nothing(addresses: list[Address], stores: Stores) -> None:
    def visit() -> Visitor:
        raise HTTPException(403, "Forbidden")

    client = TestClient(create_app(guard=Guard(visit=visit), read_stores=lambda: stores))
    for each in addresses:
        for headers in ({}, BROWSER):
            assert client.request(each.method, each.path, headers=headers).status_code == 403, each


def test_who_may_read_reads_everything_and_changes_nothing(
    addresses: list[Address], reader: TestClient
) -> None:
    for each in addresses:
        answer = reader.request(each.method, each.path)
        assert answer.status_code in ((200, 404) if each.method == "GET" else (403,)), (each, answer.text)
    assert all(each.method in ("GET", "POST") for each in addresses)


def test_forms_of_other_sites_are_refused(addresses: list[Address], page: TestClient) -> None:
    """A reader's browser adds the session's cookie to them all the same."""
    for each in addresses:
        if each.method == "POST":
            for headers in REFUSED_FORMS:
                answer = page.post(each.path, headers={**BROWSER, **headers})
                assert answer.status_code == 403, (each, headers)


def test_forms_of_ours_and_scripts_are_taken(own_page: TestClient) -> None:
    for headers in OWN_FORMS:
        assert own_page.post("/feeds/le-soir/poll", headers=headers).status_code == 200, headers


def test_nothing_of_fastapi_itself_is_open(page: TestClient) -> None:
    for path in ("/docs", "/redoc", "/docs/oauth2-redirect"):
        assert page.get(path).status_code == 404
    assert {"/openapi.json"} == {r.path for r in list_routes(_app(page)) if "openapi" in r.path}
    described = page.get("/openapi.json").json()
    assert described["info"]["title"] == "Vigie"
    assert "/feeds/{feed_id}" in described["paths"]


def test_a_route_that_is_added_later_is_behind_the_guard_too(stores: Stores) -> None:
    """The guard is the app's, not each route's."""
    client = client_of(stores, None)
    app = _app(client)
    app.add_api_route("/later", lambda: "open")
    assert client.get("/later").status_code == 401


def test_every_answer_has_the_headers(addresses: list[Address], page: TestClient) -> None:
    for each in addresses:
        if each.method == "GET":
            answer = page.get(each.path, headers=BROWSER)
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy, each
            assert "unsafe" not in policy, each
            assert answer.headers["x-content-type-options"] == "nosniff", each
            assert (
                "private" in answer.headers["cache-control"] or answer.headers["cache-control"] == "no-store"
            )


def _app(client: TestClient) -> FastAPI:
    app = client.app
    assert isinstance(app, FastAPI)
    return app
