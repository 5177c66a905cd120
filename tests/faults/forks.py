"""A process that forks one that runs a pass of Vigie and may kill itself half way: spaCy is loaded once for all.

Reads lines `{"arguments": […], "environment": {…}, "kill": {"step", "target", "when", "times"} | null}`, answers each
with the exit code of the child: -9 for SIGKILL. Nothing of the pass is replaced: `target` is the real function, with
a death before or after it.
"""

import gc
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from vigie.cli import main
from vigie.languages import detect_language
from vigie.stores import load_tagger_once


def serve() -> None:
    """Answer until standard input ends."""
    load_tagger_once()
    detect_language("Une phrase, pour que le modèle soit chargé.", None)
    for module in ("indexes", "notify", "polite"):
        importlib.import_module(f"vigie.adapters.{module}")
    gc.freeze()  # a collection in a child would copy all of spaCy's pages
    _say("ready")
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(asked)
        _say(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _run(asked: dict[str, Any]) -> None:
    os.environ.update(asked["environment"])
    sys.stdin, sys.stdout = open(os.devnull), open(os.devnull, "w")  # noqa: PTH123, SIM115  # until it dies
    if asked["kill"]:
        _arm(**asked["kill"])
    sys.argv = ["vigie", *asked["arguments"]]
    code = 1
    try:
        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        os._exit(code)


def _arm(step: str, target: str, when: str, times: int) -> None:
    """Die at the `times`-th call of `target` inside of `step`, before or after it does its work."""
    inside, left = [0], [times]

    def enter(real: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        inside[0] += 1
        try:
            return real(*args, **kwargs)
        finally:
            inside[0] -= 1

    def die(real: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        left[0] -= bool(inside[0])
        if left[0] == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    _wrap(target, die)
    _wrap(step, enter)


def _wrap(name: str, around: Callable[..., Any]) -> None:
    module, _, path = name.partition(":")
    owner: Any = importlib.import_module(module)
    *parents, last = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    real = getattr(owner, last)
    setattr(owner, last, lambda *args, **kwargs: around(real, *args, **kwargs))


if __name__ == "__main__":
    serve()
