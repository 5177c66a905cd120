"""The executable itself, from another folder and through real pipes: the rest is held in process, for it is slow."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Collected
from tests.cli.site import html

VIGIE = Path(sys.executable).parent / "vigie"


def shell(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A script of bash that calls `vigie`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")}
    path = f"{VIGIE.parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**kept, **environment, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_filters_compose_from_any_folder(tmp_path: Path) -> None:
    """A page, extracted and tagged by two of them; a line that is no JSON ends the first with 2."""
    (tmp_path / "page.html").write_bytes(
        html("Emmanuel Macron à Lille", ["Emmanuel Macron s'est rendu à Lille mardi."])
    )
    (tmp_path / "in.jsonl").write_text('{"id": 1, "html_path": "page.html"}\n{"id": 2}\n')
    done = shell("vigie extract <in.jsonl | vigie tag; echo pas du JSON | vigie extract; echo $?", tmp_path)
    first, second, code = done.stdout.splitlines()
    assert json.loads(first)["leaders"][0]["name"] == "Emmanuel Macron"
    assert json.loads(second).keys() == {"id", "error"}
    assert code == "2"
    assert len(done.stderr.splitlines()) == 1


def test_a_pipe_that_is_closed_early_is_no_error(tmp_path: Path, collected: Collected) -> None:
    """`head -1` has read enough: no traceback, no complaint, and the exit code of a command that went well."""
    line = json.dumps({"id": "a", "html": html("Un titre").decode()}) + "\n"
    (tmp_path / "in.jsonl").write_text(line * 2_000)
    commands = ("extract <in.jsonl", "search --json", "search", "audit", "feeds --json")
    script = "\n".join(
        f"(vigie {command} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}) &" for command in commands
    )
    done = shell(script + "\nwait", tmp_path, **collected.desk.environment)
    assert done.stderr == ""
    assert done.stdout.split() == ["0"] * len(commands)


def test_exit_codes_are_those_of_the_process(tmp_path: Path) -> None:
    settings = {"VIGIE_HOME": str(tmp_path / "home"), "VIGIE_FEEDS": str(tmp_path / "absent.yml")}
    done = shell("vigie run; echo $?; vigie audit --json; echo $?", tmp_path, **settings)
    code, audit, audit_code = done.stdout.splitlines()
    assert (code, audit_code, json.loads(audit)["ok"]) == ("2", "0", True)
    (line,) = done.stderr.splitlines()
    assert line.startswith("vigie: VIGIE_FEEDS: ")
