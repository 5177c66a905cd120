"""How much an article takes in each store, of what a run left: bytes, for the sizes in docs/operating.md."""

import json
import ssl
import subprocess
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from tests.servers.elasticsearch import Secured
from tests.servers.postgresql import find_binaries


def measure_stores(home: Path, sockets: Path, port: int, elasticsearch: Secured) -> dict[str, int]:
    """Archive, ledger and index as they are, and how often tasks ran."""
    asked = f"{elasticsearch.url}/_cat/indices/vigie*?format=json&bytes=b&h=index,docs.count,store.size"
    login = b64encode(f"{elasticsearch.user}:{elasticsearch.password}".encode()).decode()
    request = urllib.request.Request(asked, headers={"Authorization": f"Basic {login}"})
    trusted = ssl.create_default_context(cafile=str(elasticsearch.ca))
    with urllib.request.urlopen(request, timeout=30, context=trusted) as answer:
        indices = json.load(answer)
    ask = [
        str(find_binaries() / "psql"),
        "-X",
        "-A",
        "-t",
        "-h",
        str(sockets),
        "-p",
        str(port),
        "-U",
        "postgres",
    ]
    return {
        "archive": sum(path.stat().st_size for path in (home / "archive").rglob("*") if path.is_file()),
        "ledger": _number([*ask, "-c", "SELECT pg_database_size('vigie')"]),
        "airflow": _number([*ask, "-c", "SELECT pg_database_size('airflow')"]),
        "tasks": _number([*ask, "-d", "airflow", "-c", "SELECT count(*) FROM task_instance"]),
        "index": sum(int(each["store.size"] or 0) for each in indices),
        "index_documents": sum(int(each["docs.count"] or 0) for each in indices),
    }


def _number(command: list[str]) -> int:
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def describe(sizes: Mapping[str, int], articles: int) -> dict[str, int]:
    """Bytes an article, rounded."""
    return {name: round(sizes[name] / articles) for name in ("archive", "ledger", "index")}
