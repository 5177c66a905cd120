"""The import: what is sent, and each kind of answer that Kibana gives, told in one line with the way out.

The answers are those of Kibana's source and documentation, given by a server of ours: no real Kibana is here.
"""

import logging
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import Desk as Script
from tests.kibana.server import Desk, imported, make_certificate, running_kibana
from vigie.adapters.kibana import Imported, Kibana, read_objects
from vigie.errors import PermanentError, TransientError, UsageError
from vigie.model import Sums
from vigie.settings import Settings
from vigie.steps.dashboards import NO_KIBANA, import_dashboards
from vigie.stores import open_stores

TWO = b'{"type":"search","id":"a"}\n{"type":"dashboard","id":"b"}\n'


COUNT = len(read_objects().splitlines())


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Desk]]:
    """One server for the module."""
    with running_kibana() as running:
        yield running


@pytest.fixture
def kibana(server: tuple[str, Desk]) -> tuple[str, Desk]:
    """The server with a clean desk."""
    url, desk = server
    desk.__init__()  # type: ignore[misc]  # as it was at first
    return url, desk


def refused(**error: Any) -> dict[str, Any]:
    """A 200 that created nothing, although it counts one."""
    meta = {"title": "Veille", "icon": "dashboardApp"}
    errors = [{"type": "dashboard", "id": "b", "meta": meta, "error": error}]
    return {"success": False, "successCount": 1, "errors": errors, "successResults": [], "warnings": []}


def test_what_is_sent_is_what_kibana_wants(kibana: tuple[str, Desk]) -> None:
    url, desk = kibana
    assert Kibana(url, api_key="c2VjcmV0").import_objects(TWO) == Imported(created=2)
    [(path, headers, name, content)] = desk.asked
    assert path == "/api/saved_objects/_import?overwrite=true"
    assert (headers["kbn-xsrf"], headers["Authorization"]) == ("vigie", "ApiKey c2VjcmV0")
    assert (name, content) == ("vigie.ndjson", TWO)


def test_a_space_a_base_path_and_a_login(kibana: tuple[str, Desk]) -> None:
    url, desk = kibana
    Kibana(f"{url.replace('//', '//desk:s3cret@')}/kibana/", space="presse").import_objects(TWO)
    Kibana(url, space="default").import_objects(TWO)
    paths = [path.split("?")[0] for path, *_ in desk.asked]
    assert paths == ["/kibana/s/presse/api/saved_objects/_import", "/api/saved_objects/_import"]
    assert desk.asked[0][1]["Authorization"].startswith("Basic ")


def test_warnings_are_handed_on(kibana: tuple[str, Desk]) -> None:
    url, desk = kibana
    desk.said = {**imported(2), "warnings": [{"type": "simple", "message": "Attention."}]}
    assert Kibana(url).import_objects(TWO).warnings == ("Attention.",)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            {"type": "missing_references", "references": [{"type": "index-pattern", "id": "vigie-articles"}]},
            "refers to what is not there: index-pattern vigie-articles",
        ),
        ({"type": "conflict"}, "another object has its id"),
        ({"type": "ambiguous_conflict", "destinations": [{"id": "x"}, {"id": "y"}]}, "to replace: x, y"),
        ({"type": "unsupported_type"}, "does not know its type"),
        (
            {
                "type": "unknown",
                "message": "[attributes.grille]:\n definition for this key is missing",
                "statusCode": 400,
            },
            "[attributes.grille]: definition for this key is missing; status 400",
        ),
    ],
)
def test_a_200_that_created_nothing_names_each_object(
    kibana: tuple[str, Desk], error: dict[str, Any], said: str
) -> None:
    url, desk = kibana
    desk.said = refused(**error)
    with pytest.raises(PermanentError) as caught:
        Kibana(url).import_objects(TWO)
    first, *others = str(caught.value).splitlines()
    assert first.startswith(f"Kibana at {url} answers 200 and did not import: dashboard b (Veille): ")
    assert first.endswith(said)
    assert others == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({**imported(2), "success": False}, "does not say why"),
        (imported(1), "imported 1 objects of 2"),
        ({"status": "ok"}, "is no Kibana"),
        (b"<html>Bienvenue</html>", "is no Kibana"),
    ],
)
def test_a_200_that_is_none(kibana: tuple[str, Desk], said: Any, why: str) -> None:
    url, desk = kibana
    desk.said = said
    with pytest.raises(PermanentError, match=why):
        Kibana(url).import_objects(TWO)


@pytest.mark.parametrize(
    ("status", "kind", "message", "why"),
    [
        (400, PermanentError, "Invalid file extension .json", "refused whole"),
        (401, PermanentError, "security_exception", "VIGIE_KIBANA_API_KEY"),
        (403, PermanentError, "Unable to bulk_create dashboard", "Saved Objects Management"),
        (404, PermanentError, "Not Found", "VIGIE_KIBANA_SPACE"),
        (413, PermanentError, "Payload content length greater than maximum", "maxImportPayloadBytes"),
        (422, PermanentError, 'Document "b" belongs to a more recent version of Kibana', "Kibana 9"),
        (429, TransientError, "Too many requests", "answers 429"),
        (500, PermanentError, "An internal server error occurred", "own log"),
        (502, TransientError, "", "does not say why"),
        (503, TransientError, "Kibana server is not ready yet", "starting"),
    ],
)
def test_every_status_has_its_line(
    kibana: tuple[str, Desk], status: int, kind: type[Exception], message: str, why: str
) -> None:
    url, desk = kibana
    desk.status = status
    desk.said = {"statusCode": status, "error": "X", "message": message} if message else b"<html>proxy</html>"
    with pytest.raises(kind) as caught:
        Kibana(url.replace("//", "//desk:s3cret@"), api_key="k3y").import_objects(TWO)
    said = str(caught.value)
    assert said.startswith(f"Kibana at {url} answers {status}: {message}")
    assert why in said
    assert len(said.splitlines()) == 1
    assert not any(secret in said for secret in ("s3cret", "k3y", "desk"))


def test_a_redirect_is_not_followed(kibana: tuple[str, Desk]) -> None:
    url, desk = kibana
    desk.status, desk.location = 302, "/login?next=%2F"
    with pytest.raises(PermanentError, match=r"302: it leads to /login.*VIGIE_KIBANA_URL"):
        Kibana(url).import_objects(TWO)
    assert len(desk.asked) == 1


def test_a_slow_or_absent_kibana_is_worth_another_try(kibana: tuple[str, Desk]) -> None:
    url, desk = kibana
    desk.pause_s = 0.4
    with pytest.raises(TransientError, match=r"did not answer in 0\.1 s"):
        Kibana(url, timeout_s=0.1).import_objects(TWO)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(TransientError, match=f"{nobody} cannot be reached"):
            Kibana(nobody).import_objects(TWO)


def test_addresses_and_certificates_that_cannot_be(kibana: tuple[str, Desk], tmp_path: Path) -> None:
    for wrong in ("kibana:5601", "ftp://kibana", "http://", "http://kibana:port"):
        with pytest.raises(UsageError, match="VIGIE_KIBANA_URL"):
            Kibana(wrong)
    (tmp_path / "ca.pem").write_text("rien")
    for name in ("ca.pem", "absent.pem"):
        with pytest.raises(UsageError, match=r"VIGIE_KIBANA_CA.*pem"):
            Kibana("https://kibana:5601", ca_file=tmp_path / name)
    with pytest.raises(UsageError, match="make docs"):
        read_objects(tmp_path / "absent.ndjson")


def test_a_certificate_is_checked_against_our_authority(tmp_path: Path) -> None:
    authority = make_certificate(tmp_path)
    with running_kibana(certificate=authority) as (url, desk):
        with pytest.raises(PermanentError, match=r"cannot be reached: .*VIGIE_KIBANA_CA"):
            Kibana(url).import_objects(TWO)
        assert desk.asked == []
        assert Kibana(url, ca_file=authority).import_objects(TWO) == Imported(created=2)


def test_the_step_imports_our_file_with_the_settings(kibana: tuple[str, Desk], tmp_path: Path) -> None:
    url, desk = kibana
    desk.said = {**imported(COUNT), "warnings": [{"message": "Lent."}]}
    settings = Settings(home=tmp_path, kibana_url=url, kibana_api_key="k3y", kibana_space="presse")  # type: ignore[arg-type]
    with open_stores(settings) as stores:
        assert import_dashboards(stores) == Sums(taken=COUNT, done=COUNT)
    [(path, headers, _name, content)] = desk.asked
    assert path.startswith("/s/presse/")
    assert headers["Authorization"] == "ApiKey k3y"
    assert content == read_objects()


def test_without_an_address_nothing_is_sent_and_it_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = logging.getLogger("vigie.steps.dashboards")
    monkeypatch.setattr(
        log, "disabled", False
    )  # what else ran in this process may have set up logging its own way
    caplog.set_level(logging.INFO, log.name)
    log.addHandler(caplog.handler)
    with open_stores(Settings(home=tmp_path)) as stores:
        sums = import_dashboards(stores)
    log.removeHandler(caplog.handler)
    assert sums.refused == {NO_KIBANA: sums.taken}
    assert "VIGIE_KIBANA_URL is not set" in caplog.text


def test_the_command_says_what_was_imported_or_why_not(kibana: tuple[str, Desk], tmp_path: Path) -> None:
    url, answers = kibana
    script = Script(tmp_path, settings={"VIGIE_KIBANA_URL": url})
    assert script.call("import-dashboards", "--json").json["dashboards"]["done"] == COUNT
    answers.status, answers.said = 401, {"message": "Unauthorized"}
    refused = script.call("import-dashboards")
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)
    assert "answers 401: Unauthorized" in refused.err
    assert script.call("import-dashboards", VIGIE_KIBANA_URL="kibana").code == 2
    without = script.call("import-dashboards", "--json", VIGIE_KIBANA_URL="")
    assert (without.code, without.json["dashboards"]["refused"]) == (0, {NO_KIBANA: COUNT})
