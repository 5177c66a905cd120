"""A process that forks one that runs a pass of Vigie and may kill itself half way: spaCy is loaded once for all.

Reads lines `{"arguments": […], "environment": {…}, "kill": … | null}`, answers each with a line `{"code", "seconds",
"calls"}`: the exit code of the child is -9 for SIGKILL. Nothing of the pass is replaced. `kill` is one of

    {"step", "target", "when", "times"}   before or after the n-th call of the real function `target` inside of `step`
    {"after_s"}                           after so long, from outside
    {"after_calls"}                       at the n-th time that a function of Vigie is entered or left, in any thread
"""

import gc
import importlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import vigie
from vigie.cli import main
from vigie.languages import detect_language
from vigie.stores import load_tagger_once

OURS = str(Path(vigie.__file__).parent)


def serve() -> None:
    """Answer until standard input ends."""
    load_tagger_once()
    detect_language("Une phrase, pour que le modèle soit chargé.", None)
    for module in ("index.opening", "channels.opening", "channels.sending", "web.polite"):
        importlib.import_module(f"vigie.adapters.{module}")
    gc.freeze()  # a collection in a child would copy all of spaCy's pages
    _say("ready")
    for line in sys.stdin:
        asked = json.loads(line)
        counted, count = os.pipe()
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            os.close(counted)
            _run(asked, count)
        os.close(count)
        _say(json.dumps(_wait(child, asked["kill"] or {}, counted, began)))


def _wait(child: int, kill: dict[str, Any], counted: int, began: float) -> dict[str, Any]:
    if "after_s" in kill:
        time.sleep(max(0.0, began + kill["after_s"] - time.monotonic()))
        os.kill(child, signal.SIGKILL)  # not reaped yet: it is ours, alive or not
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with os.fdopen(counted) as pipe:
        calls = pipe.read()
    return {"code": code, "seconds": time.monotonic() - began, "calls": int(calls or 0)}


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _run(asked: dict[str, Any], count: int) -> None:
    os.environ.update(asked["environment"])
    sys.stdin, sys.stdout = open(os.devnull), open(os.devnull, "w")  # noqa: PTH123, SIM115  # until it dies
    kill = asked["kill"] or {}
    calls = [0]
    if "target" in kill:
        _arm(**kill)
    if "after_calls" in kill:
        _count_calls(kill["after_calls"], calls)
    sys.argv = ["vigie", *asked["arguments"]]
    code = 1
    try:
        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        os.write(count, str(calls[0]).encode())
        os._exit(code)


def _count_calls(times: int, calls: list[int]) -> None:
    """Die when functions of Vigie have been entered and left so often. Threads share the count, near enough."""

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        if frame.f_code.co_filename.startswith(OURS) and event in ("call", "return"):
            calls[0] += 1
            if calls[0] == times:
                os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(watch)
    sys.setprofile(watch)


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
