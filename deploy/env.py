"""`make env`: write the `.env` that docker-compose.yml reads. Every secret is random, nothing has a default password.

Standard library only, so it runs before anything is installed. The file is made with mode 600 and never overwritten
unless told: the databases keep the passwords they were made with. `--add-missing` adds what a newer Vigie wants and
leaves the rest alone.
"""

import argparse
import base64
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
WORK_MB_FIXED, WORK_MB_A_TASK = 1024, 768
"""Memory of the container that does the work; docs/operating.md says how both were measured."""
MODE = 0o600


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the person who runs it may choose."""

    celery: bool
    cores: int


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One line of the file, and the comment above it."""

    name: str
    says: str
    value: Callable[[Choice], str]


def _password(_: Choice) -> str:
    """Letters and digits only: it stands in addresses, and compose gives `$` a meaning."""
    return secrets.token_hex(24)


def _fernet_key(_: Choice) -> str:
    """32 random bytes, as Fernet's specification writes a key."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _work_memory(choice: Choice) -> str:
    return f"{WORK_MB_FIXED + WORK_MB_A_TASK * choice.cores}m"


VARIABLES = (
    Variable(
        name="COMPOSE_PROFILES",
        says="Empty, or `celery`: Redis and workers. Change AIRFLOW_EXECUTOR with it.",
        value=lambda choice: "celery" if choice.celery else "",
    ),
    Variable(
        name="AIRFLOW_EXECUTOR",
        says="LocalExecutor: the scheduler does the work. CeleryExecutor: the workers do.",
        value=lambda choice: "CeleryExecutor" if choice.celery else "LocalExecutor",
    ),
    Variable(
        name="AIRFLOW_PARALLELISM",
        says="How many tasks run at a time: the cores of this machine.",
        value=lambda choice: str(choice.cores),
    ),
    Variable(
        name="WORK_MEMORY",
        says=f"Memory limit of what does the work: {WORK_MB_FIXED} MB and {WORK_MB_A_TASK} MB a task at a time.",
        value=_work_memory,
    ),
    Variable(
        name="AIRFLOW_ADMIN_PASSWORD", says="Airflow and Vigie's page: the user `admin`.", value=_password
    ),
    Variable(
        name="AIRFLOW_FERNET_KEY", says="Encrypts Airflow's connections. Keep a copy.", value=_fernet_key
    ),
    Variable(name="AIRFLOW_JWT_SECRET", says="Signs the tokens of users and tasks.", value=_password),
    Variable(name="AIRFLOW_SECRET_KEY", says="Signs sessions, and requests for task logs.", value=_password),
    Variable(name="POSTGRES_PASSWORD", says="PostgreSQL's superuser, `postgres`.", value=_password),
    Variable(name="AIRFLOW_DB_PASSWORD", says="The database `airflow` and its user.", value=_password),
    Variable(name="LEDGER_DB_PASSWORD", says="The database `vigie` and its user.", value=_password),
    Variable(name="REDIS_PASSWORD", says="Celery's queue (profile celery).", value=_password),
    Variable(
        name="ELASTIC_PASSWORD", says="Elasticsearch's and Kibana's superuser, `elastic`.", value=_password
    ),
    Variable(name="KIBANA_SYSTEM_PASSWORD", says="Kibana's own user in Elasticsearch.", value=_password),
    Variable(name="KIBANA_ENCRYPTION_KEY", says="Encrypts Kibana's sessions and objects.", value=_password),
)
HEAD = """\
# Made by `make env` for docker-compose.yml. Keep it secret, and keep a copy: the databases know these passwords.
# What else may be set here, with its default, stands in docker-compose.yml as ${NAME:-default}.
"""


class EnvError(Exception):
    """The file cannot be written as asked; the message says what to do."""


def write_env(path: Path, choice: Choice, *, overwrite: bool = False) -> None:
    """A new file with new secrets. Raises `EnvError` when there is one and `overwrite` is not said."""
    if path.exists() and not overwrite:
        raise EnvError(
            f"{path} is there and was left alone: `make env ADD=yes` adds what is missing, `make env OVERWRITE=yes` "
            "makes new passwords, which databases that exist will not know"
        )
    _replace(path, HEAD + "".join(_lines(VARIABLES, choice)))


def add_missing(path: Path, choice: Choice) -> list[str]:
    """Add the variables that the file lacks; their names. Raises `EnvError` when there is no file."""
    if not path.exists():
        raise EnvError(f"{path} is not there: `make env` writes it")
    kept = path.read_text(encoding="utf-8")
    missing = [variable for variable in VARIABLES if variable.name not in set(_names(kept))]
    if missing:
        _replace(path, f"{kept.rstrip()}\n" + "".join(_lines(missing, choice)))
    return [variable.name for variable in missing]


def _lines(variables: Sequence[Variable], choice: Choice) -> Iterator[str]:
    for variable in variables:
        yield f"\n# {variable.says}\n{variable.name}={variable.value(choice)}\n"


def _names(text: str) -> Iterator[str]:
    for line in text.splitlines():
        name, equals, _ = line.partition("=")
        if equals and not line.startswith("#"):
            yield name.strip()


def _replace(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    beside = path.with_name(f"{path.name}.part")
    beside.unlink(missing_ok=True)
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    beside.replace(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 1 with one line that says why nothing was written."""
    asked = _parser().parse_args(arguments)
    choice = Choice(celery=asked.celery, cores=asked.cores)
    try:
        if asked.add_missing:
            added = add_missing(asked.file, choice)
            _say(f"{asked.file}: added {', '.join(added) if added else 'nothing, it has all'}")
        else:
            write_env(asked.file, choice, overwrite=asked.overwrite)
            _say(f"{asked.file}: written, mode 600; AIRFLOW_ADMIN_PASSWORD in it is your login as `admin`")
    except EnvError as error:
        sys.stderr.write(f"vigie: {error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make env", description="Write the .env of docker-compose.yml.")
    parser.add_argument("--file", type=Path, default=PROJECT / ".env")
    parser.add_argument("--celery", action="store_true", help="Redis and workers beside the scheduler")
    parser.add_argument("--cores", type=int, default=max(2, os.cpu_count() or 2), help="tasks at a time")
    parser.add_argument("--overwrite", action="store_true", help="new passwords over those that are there")
    parser.add_argument("--add-missing", action="store_true", help="only what a newer Vigie wants")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    raise SystemExit(main())
