"""The same as a full disk, where none can be mounted: the system's limit on the size of a file, for any user."""

import json
import os
import random
import subprocess
import sys

from tests.cli.desk import Desk
from tests.faults.table import fault
from vigie.settings import PROJECT

LIMITED = """
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from vigie.cli import main
main()
"""


@fault(
    "disk",
    "file-limit",
    "A WARC file may not grow any more: a quota, a limit of the system",
    after="one line, exit code 1, nothing recorded of the batch; without the limit, all of it is done",
)
def test_an_archive_that_may_not_grow(desk: Desk) -> None:
    desk.ask("audit")
    lines = desk.folder / "past.jsonl"
    lines.write_text("\n".join(json.dumps(_line(number)) for number in range(12)))
    warmed = desk.ask("audit")["entries"]["total"]
    done = _import_limited(desk, 900_000)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("vigie: the disk of the archive")
    assert desk.audit()["entries"]["total"] == warmed == 0
    assert desk.audit()["archive"]["files"] == 0
    assert desk.call("import", str(lines)).code == 0
    assert desk.audit()["entries"]["indexed"] == 12


def _import_limited(desk: Desk, limit: int) -> "subprocess.CompletedProcess[str]":
    """`vigie import` in a process whose files may have so many bytes: the ledger keeps well below, the archive not."""
    command = [sys.executable, "-c", LIMITED, str(limit), "import", str(desk.folder / "past.jsonl")]
    environment = {**os.environ, **desk.environment}
    return subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def _line(number: int) -> dict[str, str]:
    filling = random.Random(number).randbytes(100_000).hex()
    title, text = (
        f"Le barrage numéro {number}",
        "Le barrage de la commune est rénové cet été par les habitants. ",
    )
    html = (
        f"<html><head><title>{title}</title><script>'{filling}'</script></head>"
        f"<body><article><h1>{title}</h1><p>{text * 5}Numéro {number}.</p></article></body></html>"
    )
    return {"id": f"n{number}", "url": f"https://vieux.example/{number}", "title": title, "html": html}
