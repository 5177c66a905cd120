"""A part of the container `set-up`: Kibana's own password in Elasticsearch, two API keys for Vigie as files, the index's
templates, and the ledger's schema.

    KEYS/writing/index.key    tasks: what `vigie*` holds, and its templates
    KEYS/reading/index.key    the page: reading, and nothing else

Asks with the superuser's login in VIGIE_INDEX_URL. Run again, it keeps each key that Elasticsearch still takes.
"""

import os
import sys
from pathlib import Path
from typing import Any

from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    Elasticsearch,
    TransportError,
)

from vigie.adapters.index.elasticsearch.connecting import connect
from vigie.adapters.index.elasticsearch.keys import describe_role
from vigie.errors import VigieError
from vigie.settings import Settings, read_settings
from vigie.steps.rework import set_up_search
from vigie.stores import open_stores
from vigie.urls import hide_credentials

TIMEOUT_S = 60.0


def _role(name: str) -> dict[str, Any]:
    """The rights of `vigie search-keys`; tasks have those on templates too, or the DAG `setup_search` could not work."""
    if name == "reading":
        return describe_role("read")
    role = describe_role("write")
    (indices,) = role["indices"]
    return {
        "cluster": [*role["cluster"], "monitor", "manage_index_templates"],
        "indices": [{**indices, "privileges": [*indices["privileges"], "manage"]}],
    }


def make_keys(client: Elasticsearch, settings: Settings, folder: Path) -> list[str]:
    """Which keys were made: those that were not there, or that the server no longer takes."""
    made = []
    for name in ("writing", "reading"):
        file = folder / name / "index.key"
        if not (file.exists() and _is_taken(settings, file.read_text(encoding="utf-8").strip())):
            answer = client.security.create_api_key(
                name=f"vigie-{name}", role_descriptors={"vigie": _role(name)}
            )
            _write(file, answer["encoded"])
            made.append(name)
    return made


def _is_taken(settings: Settings, key: str) -> bool:
    with _connect(settings, key) as client:
        try:
            client.security.authenticate()
        except (AuthenticationException, AuthorizationException):
            return False
    return True


def _connect(settings: Settings, key: str | None = None) -> Elasticsearch:
    return connect(
        settings.index_address,
        api_key=key,
        ca_file=settings.index_ca,
        timeout_s=TIMEOUT_S,
        task="vigie set-up",
    )


def _write(file: Path, key: str) -> None:
    """Whole or not at all; for the group that the containers share."""
    beside = file.with_name(f"{file.name}.part")
    beside.unlink(missing_ok=True)
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w", encoding="utf-8"
    ) as out:
        out.write(f"{key}\n")
    beside.replace(file)


def main() -> int:
    """Exit code 0, or 1 with one line that says why."""
    settings = read_settings()
    try:
        with _connect(settings) as client:
            client.security.change_password(
                username="kibana_system", password=os.environ["KIBANA_SYSTEM_PASSWORD"]
            )
            made = make_keys(client, settings, Path(os.environ["KEYS"]))
        with open_stores(settings) as stores:
            set_up_search(stores)
            stores.ledger  # noqa: B018 - opening it brings its schema up to date
    except (ApiError, TransportError, VigieError) as error:
        sys.stderr.write(f"vigie: {hide_credentials(settings.index_address)}: {error}\n")
        return 1
    sys.stdout.write(f"index and ledger are up to date; keys made: {', '.join(made) or 'none, all there'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
