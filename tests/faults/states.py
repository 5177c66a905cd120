"""The whole state of a desk, without what may differ between two runs that did the same: times of work, file names."""

import sqlite3
from typing import Any

from tests.cli.desk import Desk
from vigie.search.findings import FINDING_KINDS
from vigie.settings import Settings
from vigie.stores import open_stores

State = dict[str, list[dict[str, Any]]]
OWN_TO_A_RUN = {
    *("lease_owner", "lease_until", "record_id", "page_record_id", "entry_record_id", "duration_ms"),
    "next_at",  # in real time
}
KEYS_OF_NO_MEANING = {"polls": {"id"}, "fetches": {"id"}}
LEDGER_TABLES = (
    *("feeds", "polls", "entries", "articles", "addresses", "versions"),
    *("fetches", "bands", "drafts", "sightings", "alerts", "deliveries", "hosts", "tallies"),
    *("trends", "lessons", "watches", "matches", "counts", "volumes", "seasons"),
)


def read_state(desk: Desk) -> State:
    """Every table of the ledger and every document of the index, alerts and topics too."""
    tables = {name: _read_table(desk, name) for name in LEDGER_TABLES}
    return {**tables, "documents": _read_documents(desk), "findings": _read_findings(desk)}


def _read_table(desk: Desk, name: str) -> list[dict[str, Any]]:
    left_out = OWN_TO_A_RUN | KEYS_OF_NO_MEANING.get(name, set())
    with sqlite3.connect(desk.folder / "home" / "ledger.db") as connection:
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute(f"SELECT * FROM {name}")]
    connection.close()
    kept = [{key: value for key, value in row.items() if key not in left_out} for row in rows]
    return sorted(kept, key=lambda row: repr(sorted(row.items())))


def _read_documents(desk: Desk) -> list[dict[str, Any]]:
    with open_stores(Settings(home=desk.folder / "home")) as stores:
        ids = sorted(article_id for article_id, _version in stores.index.versions())
        return [dict(stores.index.get(article_id) or {}) for article_id in ids]


def _read_findings(desk: Desk) -> list[dict[str, Any]]:
    with open_stores(Settings(home=desk.folder / "home")) as stores:
        found = [stores.index.findings(kind).newest(5_000) for kind in FINDING_KINDS]
        return [dict(document) for documents in found for document in documents]
