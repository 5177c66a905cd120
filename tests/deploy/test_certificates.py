"""The certificates that Elasticsearch gets: real ones, that a real TLS client takes or refuses."""

import socket
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta

import pytest

from deploy.certificates import main, make_certificates

NOW = datetime.now(UTC)
HOSTS = ("elasticsearch", "localhost", "127.0.0.1")


@pytest.fixture
def folders(tmp_path):
    authority, certificates = tmp_path / "authority", tmp_path / "certificates"
    authority.mkdir()
    certificates.mkdir()
    return authority, certificates


def greet(certificates, *, name="localhost", trusted=None):
    """One TLS handshake on 127.0.0.1 with a client that checks the name."""
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificates / "elasticsearch.crt", certificates / "elasticsearch.key")
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            taken, _ = listener.accept()
            try:
                with served.wrap_socket(taken, server_side=True) as speaking:
                    speaking.sendall(b"hello")
            except ssl.SSLError:
                taken.close()

        server = threading.Thread(target=serve)
        server.start()
        try:
            client = ssl.create_default_context(cafile=trusted or certificates / "ca.crt")
            with (
                socket.create_connection(listener.getsockname(), timeout=10) as plain,
                client.wrap_socket(plain, server_hostname=name) as speaking,
            ):
                return speaking.recv(5)
        finally:
            server.join(10)


@pytest.mark.parametrize("name", HOSTS)
def test_a_client_trusts_it_by_every_name(folders, name):
    assert make_certificates(*folders, HOSTS, NOW) == ["ca.crt", "elasticsearch.crt"]
    assert greet(folders[1], name=name) == b"hello"


def test_not_by_another_name_nor_with_another_authority(folders, tmp_path):
    make_certificates(*folders, HOSTS, NOW)
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(folders[1], name="kibana")
    others = tmp_path / "a", tmp_path / "b"
    for folder in others:
        folder.mkdir()
    make_certificates(*others, HOSTS, NOW)
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(folders[1], trusted=others[1] / "ca.crt")


def test_twice_is_once(folders):
    make_certificates(*folders, HOSTS, NOW)
    before = {path.name: path.read_bytes() for folder in folders for path in folder.iterdir()}
    assert make_certificates(*folders, HOSTS, NOW) == []
    assert before == {path.name: path.read_bytes() for folder in folders for path in folder.iterdir()}


def test_made_anew_a_month_before_its_end_by_the_same_authority(folders):
    make_certificates(*folders, HOSTS, NOW - timedelta(days=720))
    trusted = (folders[1] / "ca.crt").read_bytes()
    assert make_certificates(*folders, HOSTS, NOW) == ["elasticsearch.crt"]
    assert (folders[1] / "ca.crt").read_bytes() == trusted
    assert greet(folders[1]) == b"hello"


def test_made_anew_for_another_host(folders):
    make_certificates(*folders, HOSTS[:2], NOW)
    assert make_certificates(*folders, HOSTS, NOW) == ["elasticsearch.crt"]
    assert greet(folders[1], name="127.0.0.1") == b"hello"


def test_made_whole_again_after_it_was_stopped_half_way(folders):
    make_certificates(*folders, HOSTS, NOW)
    (folders[1] / "ca.crt").unlink()
    assert make_certificates(*folders, HOSTS, NOW) == ["ca.crt", "elasticsearch.crt"]
    assert greet(folders[1]) == b"hello"


def test_keys_are_not_for_everybody(folders):
    assert main(["--authority", str(folders[0]), "--certificates", str(folders[1]), *HOSTS]) == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for folder in folders for path in folder.iterdir()}
    assert modes == {"ca.key": 0o600, "ca.crt": 0o644, "elasticsearch.crt": 0o644, "elasticsearch.key": 0o640}
