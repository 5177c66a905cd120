"""Which index an address means: a folder for Tantivy, a server for Elasticsearch."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from elastic_transport.client_utils import DEFAULT

from elasticsearch import Elasticsearch
from vigie.adapters.elasticsearch_calls import Caller
from vigie.adapters.index import Index
from vigie.adapters.index_elasticsearch import PREFIX, ElasticsearchIndex
from vigie.adapters.index_tantivy import TantivyIndex
from vigie.errors import UsageError


def open_index(
    url: str,
    *,
    api_key: str | None = None,
    ca_file: Path | None = None,
    timeout_s: float = 30.0,
    prefix: str = PREFIX,
) -> Index:
    """The index at `tantivy:///absolute/folder` or `http(s)://[user:password@]host:9200`; nothing is asked of it yet.

    `prefix` is the alias in Elasticsearch. Raises `UsageError` for an address of another kind.
    """
    parts = urlsplit(url)
    if parts.scheme == "tantivy" and not parts.netloc and parts.path.startswith("/"):
        return TantivyIndex(Path(unquote(parts.path)))
    if parts.scheme in ("http", "https") and parts.hostname:
        return _open_elasticsearch(
            url, api_key, ca_file, timeout_s, Caller(address=hide_credentials(url)), prefix
        )
    raise UsageError(
        f"{hide_credentials(url)!r} is no index: give tantivy:///absolute/folder or http(s)://host:9200"
    )


def hide_credentials(url: str) -> str:
    """An address as it may stand in a message: without user and password."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _open_elasticsearch(
    url: str, api_key: str | None, ca_file: Path | None, timeout_s: float, caller: Caller, prefix: str
) -> ElasticsearchIndex:
    parts = urlsplit(url)
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    client = Elasticsearch(
        [_with_port(hide_credentials(url))],
        api_key=api_key,
        basic_auth=None if api_key else login,
        ca_certs=str(ca_file) if ca_file else DEFAULT,
        request_timeout=timeout_s,
        max_retries=0,  # the caller retries, with waits
    )
    return ElasticsearchIndex(client, caller, prefix=prefix)


def _with_port(url: str) -> str:
    """The client wants the port said."""
    parts = urlsplit(url)
    if parts.port:
        return url
    return parts._replace(netloc=f"{parts.netloc}:{443 if parts.scheme == 'https' else 9200}").geturl()
