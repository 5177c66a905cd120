"""The client of a server: address, login, certificates, and the name of the task that asks."""

import ssl
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from elastic_transport.client_utils import DEFAULT
from elasticsearch import Elasticsearch

from vigie.adapters.index.elasticsearch.calls import ATTEMPTS, Caller
from vigie.errors import UsageError
from vigie.urls import hide_credentials


def connect(
    url: str, *, api_key: str | None, ca_file: Path | None, timeout_s: float, task: str | None = None
) -> Elasticsearch:
    """A client that has asked nothing yet, and never tries again by itself: the `Caller` does, with waits."""
    parts = urlsplit(url)
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    if ca_file:
        _check_authority(ca_file)
    return Elasticsearch(
        [_with_port(hide_credentials(url))],
        api_key=api_key,
        basic_auth=None if api_key else login,
        ca_certs=str(ca_file) if ca_file and parts.scheme == "https" else DEFAULT,
        request_timeout=timeout_s,
        max_retries=0,
        headers={"X-Opaque-Id": task} if task else {},
    )


def _check_authority(file: Path) -> None:
    """Raises `UsageError` for a file that holds no certificate; the client would only say that it cannot connect."""
    try:
        ssl.create_default_context(cafile=str(file))
    except FileNotFoundError as cause:
        raise UsageError(f"VIGIE_INDEX_CA: {file} is not there") from cause
    except OSError as cause:  # of TLS too
        raise UsageError(f"VIGIE_INDEX_CA: {file} holds no certificate that can be read") from cause


def caller_for(url: str, ca_file: Path | None, *, patient: bool = True) -> Caller:
    """Names the server in errors, without credentials. Asks once where somebody waits for the answer."""
    caller = Caller(address=hide_credentials(url), attempts=ATTEMPTS if patient else 1)
    return replace(caller, ca=str(ca_file)) if ca_file else caller


def _with_port(url: str) -> str:
    """The client wants the port said."""
    parts = urlsplit(url)
    if parts.port:
        return url
    return parts._replace(netloc=f"{parts.netloc}:{443 if parts.scheme == 'https' else 9200}").geturl()
