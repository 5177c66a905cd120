"""docker-compose.yml as compose reads it: merged, with the variables of an `.env` put in."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from vigie.settings import PROJECT

FILE = PROJECT / "docker-compose.yml"
VARIABLE = re.compile(r"\$\$|\$\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?P<op>:?[-?])?(?P<word>[^}]*)\}")


def read_compose(env: Mapping[str, str]) -> dict[str, Any]:
    """The whole file. Raises `KeyError` for a variable that is wanted and not there."""
    found: dict[str, Any] = fill_in(yaml.safe_load(FILE.read_text(encoding="utf-8")), env)
    return found


def variables_used() -> Iterator[tuple[str, str | None, str]]:
    """(name, operator, word) of every `${…}` in the file."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        for found in VARIABLE.finditer(line.split(" #")[0] if not line.lstrip().startswith("#") else ""):
            if found["name"]:
                yield found["name"], found["op"], found["word"]


def fill_in(value: Any, env: Mapping[str, str]) -> Any:
    """Compose's interpolation, in every string."""
    if isinstance(value, str):
        return VARIABLE.sub(lambda found: _value(found, env), value)
    if isinstance(value, list):
        return [fill_in(each, env) for each in value]
    if isinstance(value, dict):
        return {key: fill_in(each, env) for key, each in value.items()}
    return value


def read_env(text: str) -> dict[str, str]:
    """The lines `NAME=value` of an `.env`."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def _value(found: re.Match[str], env: Mapping[str, str]) -> str:
    name = found["name"]
    if name is None:
        return "$"
    op, given = found["op"], env.get(name)
    if given or (given is not None and op in ("-", "?", None)):
        return given
    if op in ("?", ":?", None):
        raise KeyError(f"{name}: {found['word']}")
    return found["word"]
