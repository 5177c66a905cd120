"""The set-up of Elasticsearch, on a real one with logins and TLS: two keys that may do what they should and no more."""

import stat

import pytest
from elasticsearch import AuthorizationException, Elasticsearch

from deploy.search import main

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def keys(secured_elasticsearch, tmp_path, monkeypatch):
    for name in ("writing", "reading"):
        (tmp_path / "keys" / name).mkdir(parents=True)
    given = {
        "VIGIE_HOME": str(tmp_path / "home"),
        "VIGIE_INDEX_URL": secured_elasticsearch.admin_url,
        "VIGIE_INDEX_CA": str(secured_elasticsearch.ca),
        "KIBANA_SYSTEM_PASSWORD": "of-kibana-for-tests",
        "KEYS": str(tmp_path / "keys"),
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert main() == 0
    return tmp_path / "keys"


def client(server, **login):
    return Elasticsearch([server.url], ca_certs=str(server.ca), **login)


def test_each_key_may_do_its_work_and_no_more(secured_elasticsearch, keys, capsys):
    written = {
        name: (keys / name / "index.key").read_text(encoding="utf-8") for name in ("writing", "reading")
    }
    with (
        client(secured_elasticsearch, api_key=written["writing"].strip()) as writing,
        client(secured_elasticsearch, api_key=written["reading"].strip()) as reading,
    ):
        writing.index(index="vigie-articles-2001.01-v1", id="1", document={}, refresh=True)
        assert reading.search(index="vigie-articles-2001.01-v1")["hits"]["total"]["value"] == 1
        for refused in (
            lambda: reading.index(index="vigie-articles-2001.01-v1", document={}),
            lambda: reading.indices.delete(index="vigie-articles-2001.01-v1"),
            lambda: writing.index(index="others", document={}),
            lambda: writing.security.get_user(),
            lambda: reading.search(index=".security-7"),
        ):
            with pytest.raises(AuthorizationException):
                refused()
        writing.indices.delete(index="vigie-articles-2001.01-v1")
    for name in written:
        assert stat.S_IMODE((keys / name / "index.key").stat().st_mode) == 0o640
    assert not any(key.strip() in capsys.readouterr().out for key in written.values())


def test_twice_is_once_and_a_key_that_is_no_good_is_made_anew(secured_elasticsearch, keys):
    before = {name: (keys / name / "index.key").read_bytes() for name in ("writing", "reading")}
    (keys / "reading" / "index.key").write_text("bm90OmFueQ==\n", encoding="utf-8")
    assert main() == 0
    after = {name: (keys / name / "index.key").read_bytes() for name in ("writing", "reading")}
    assert after["writing"] == before["writing"]
    assert after["reading"] not in (before["reading"], b"bm90OmFueQ==\n")


def test_kibana_can_log_in(secured_elasticsearch, keys):
    with client(secured_elasticsearch, basic_auth=("kibana_system", "of-kibana-for-tests")) as kibana:
        assert kibana.security.authenticate()["username"] == "kibana_system"


def test_a_server_that_is_away_is_one_line(keys, monkeypatch, capsys):
    monkeypatch.setenv("VIGIE_INDEX_URL", "https://elastic:hidden@127.0.0.1:9")
    assert main() == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "hidden" not in said
