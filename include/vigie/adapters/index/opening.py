"""Which index an address means: a folder for Tantivy, a server for Elasticsearch."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from vigie.adapters.index.port import PREFIX, Index
from vigie.errors import UsageError
from vigie.urls import hide_credentials


def open_index(
    url: str,
    *,
    api_key: str | None = None,
    ca_file: Path | None = None,
    timeout_s: float = 30.0,
    prefix: str = PREFIX,
    task: str | None = None,
    patient: bool = True,
) -> Index:
    """The index at `tantivy:///absolute/folder` or `http(s)://[user:password@]host:9200`; nothing is asked of it yet.

    `prefix` is the alias in Elasticsearch, and `task` what its logs say who asked. A `patient` one asks several times
    before it says that the server is away. Raises `UsageError` for an address of another kind.
    """
    parts = urlsplit(url)
    if parts.scheme == "tantivy" and not parts.netloc and parts.path.startswith("/"):
        from vigie.adapters.index.tantivy.engine import (
            TantivyIndex,  # each engine's client only where it is used
        )

        return TantivyIndex(Path(unquote(parts.path)))
    if parts.scheme in ("http", "https") and parts.hostname:
        from vigie.adapters.index.elasticsearch.engine import open_elasticsearch  # a second to import

        return open_elasticsearch(
            url,
            api_key=api_key,
            ca_file=ca_file,
            timeout_s=timeout_s,
            prefix=prefix,
            task=task,
            patient=patient,
        )
    raise UsageError(
        f"VIGIE_INDEX_URL: {hide_credentials(url)!r} is no index: give tantivy:///absolute/folder or http(s)://host:9200"
    )
