"""What the page says of itself is true: every address, its parameters, and answers that are as it says."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from fastapi.openapi.models import OpenAPI
from fastapi.testclient import TestClient

from tests.page.addresses import list_routes, list_screens
from tests.page.asking import BROWSER, ask_json
from vigie.settings import PROJECT
from vigie.stores import Stores

JSON, HTML, ATOM = "application/json", "text/html", "application/atom+xml"
NOT_A_SCREEN = ("/openapi.json", "/static/{name}")


@pytest.fixture(scope="module")
def described(page: TestClient) -> Any:
    return page.get("/openapi.json").json()


def operations(described: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_openapi(described: Any) -> None:
    assert described["openapi"].startswith("3.1")
    OpenAPI.model_validate(described)
    for schema in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for _path, _method, operation in operations(described):
        for parameter in operation.get("parameters", ()):
            jsonschema.Draft202012Validator.check_schema(parameter["schema"])
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_every_name_leads_somewhere(described: Any) -> None:
    refs = set(_refs(described))
    assert refs
    for ref in refs:
        found = described
        for part in ref.removeprefix("#/").split("/"):
            found = found[part]
    ids = [operation["operationId"] for _path, _method, operation in operations(described)]
    assert len(ids) == len(set(ids))


def test_every_address_is_there(page: TestClient, described: Any) -> None:
    there = {(path, method.upper()) for path, method, _operation in operations(described)}
    routes = {
        (route.path, method)
        for route in list_routes(page.app)  # type: ignore[arg-type]  # TestClient says ASGI app
        for method in route.methods
        if route.path not in NOT_A_SCREEN
    }
    assert there == routes


def test_each_says_what_it_is_and_takes(described: Any) -> None:
    for path, method, operation in operations(described):
        assert operation["summary"], path
        assert operation.get("description"), (path, method)
        in_path = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "path"}
        assert in_path == {part[1:-1] for part in path.split("/") if part.startswith("{")}
        assert operation["responses"]["401"]["content"][JSON]["schema"] == {
            "$ref": "#/components/schemas/Fault"
        }
    search = {each["name"]: each for each in described["paths"]["/search"]["get"]["parameters"]}
    assert set(search) == {
        "q",
        "leader",
        "topic",
        "source",
        "kind",
        "since",
        "until",
        "sort",
        "size",
        "after",
    }
    assert all(each.get("description") for each in search.values())
    assert search["kind"]["schema"]["items"]["enum"] == ["official", "press"]


def test_a_screen_is_html_beside_its_json(described: Any) -> None:
    for path, method, operation in operations(described):
        content = operation["responses"]["200"].get("content", {})
        if path.endswith(".atom"):
            assert set(content) == {ATOM}
            assert "304" in operation["responses"]
        elif method == "get":
            assert set(content) in ({JSON, HTML}, {JSON, "text/plain"}), path
            assert list(_refs(content[JSON]["schema"])), f"{path} has no response model"
        elif method == "post":
            assert "303" in operation["responses"], path


def test_every_answer_is_as_it_says(page: TestClient, stores: Stores, described: Any) -> None:
    """Each screen of the world against its address: its JSON by the schema, its other form by its type."""
    asked = 0
    for path in [*list_screens(page.app, stores), "/search?q=cobalt&kind=press"]:  # type: ignore[arg-type]  # as above
        if (
            page.get(path, headers={"Accept": JSON}).status_code == 404
        ):  # nothing is archived of what was imported
            continue
        operation = described["paths"][_template_of(path.partition("?")[0], described)]["get"]
        content = operation["responses"]["200"]["content"]
        whole = {**content[JSON]["schema"], "components": described["components"]}
        jsonschema.Draft202012Validator(whole).validate(ask_json(page, path))
        shown = page.get(path, headers=BROWSER).headers["content-type"].partition(";")[0]
        assert {shown, JSON} == set(content)
        asked += 1
    assert asked > 8


def test_the_page_for_people_names_every_address(described: Any) -> None:
    told = (PROJECT / "docs" / "page.md").read_text(encoding="utf-8")
    for path, method, _operation in operations(described):
        if method == "get":
            assert f"`/vigie{re.sub('{.*?}', '{id}', path)}`" in told, path
    for parameter in described["paths"]["/search"]["get"]["parameters"]:
        assert f"`{parameter['name']}`" in told


def test_a_fault_is_as_it_says(page: TestClient, described: Any) -> None:
    fault = described["components"]["schemas"]["Fault"]
    for path, status in (("/search?since=x", 400), ("/search?size=x", 422), ("/articles/nobody", 404)):
        if _template_of(path.partition("?")[0], described):
            jsonschema.validate(ask_json(page, path, status), fault)


def test_it_is_behind_the_guard(nobody: TestClient) -> None:
    assert nobody.get("/openapi.json").status_code == 401


def _template_of(path: str, described: Any) -> str:
    parts = path.split("/")
    for template in sorted(described["paths"], key=lambda each: each.count("{")):
        wanted = template.split("/")
        if len(wanted) == len(parts) and all(
            one.startswith("{") or one == other for one, other in zip(wanted, parts, strict=True)
        ):
            return str(template)
    return ""


def _refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from _refs(each)
    elif isinstance(value, list):
        for each in value:
            yield from _refs(each)
