"""What runs beside `vigie.adapters.confined.extractor`: pages in, what they say out, until the pipe ends.

`python -m vigie.adapters.confined.child CPU_SECONDS MEMORY_BYTES` loads the libraries once and forks the worker that
reads the pages; when a page ends that one, it says so and forks the next, in milliseconds. Before each page a worker
asks the kernel to end it when the page costs more: no signal handler and no other thread could while C code runs.
"""

import json
import os
import resource
import signal
import sys
from typing import IO, Any

import psutil

from vigie.adapters.confined.frames import READY, read_message, take_stdout, write_message
from vigie.pages.extract import ExtractedPage, extract_page
from vigie.wire import dump_json

OUT_OF_MEMORY = 75
"""The exit code of a worker that had not enough of it for a page."""
LOST = 76
"""The exit code of a worker that died in the middle of a message: nobody can tell where the next one begins."""
DIED, ANSWER = b"died ", b"page "
"""How a message to the other side begins, after READY; after DIED, the exit code: a signal's is negative."""
_WARM_UP = (
    "<html><body><article><h1>Titre</h1><p>Une phrase pour que tout soit chargé.</p></article></body></html>"
)


def main() -> None:
    """Say that it is ready; then a worker after the other, until one sees the end of the pipe."""
    cpu_s, memory_bytes = float(sys.argv[1]), int(sys.argv[2])
    answers = take_stdout()
    extract_page(_WARM_UP, url=None, zone="Europe/Paris")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    write_message(answers, READY)
    while (code := _run_worker(answers, cpu_s, memory_bytes)) not in (0, LOST, -signal.SIGKILL):
        write_message(answers, DIED + str(code).encode())


def _run_worker(answers: IO[bytes], cpu_s: float, memory_bytes: int) -> int:
    """Its exit code, once it is over."""
    pid = os.fork()
    if pid == 0:
        code = LOST
        try:
            _limit_memory(memory_bytes)
            code = _serve(answers, cpu_s)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _serve(answers: IO[bytes], cpu_s: float) -> int:
    """Answer page by page; 0 at the end of the pipe."""
    pages = os.fdopen(0, "rb", buffering=0, closefd=False)  # read ahead, it would be lost for the next worker
    while (asked := read_message(pages)) is not None and (body := read_message(pages)) is not None:
        signal.setitimer(signal.ITIMER_PROF, cpu_s)  # SIGPROF unhandled: the kernel ends this process
        try:
            answer = ANSWER + _answer(json.loads(asked), body)
        except MemoryError:
            return OUT_OF_MEMORY
        signal.setitimer(signal.ITIMER_PROF, 0)
        write_message(answers, answer)
    return 0


def _answer(asked: dict[str, Any], body: bytes) -> bytes:
    try:
        html = body.decode("utf-8", "surrogatepass") if asked.pop("is_text") else body
        return dump_json(extract_page(html, **asked)).encode()
    except MemoryError:
        raise
    except Exception as error:  # a stranger's page in our parser: whatever it raises is that page's outcome
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return dump_json(ExtractedPage(problem=f"the extractor failed: {reason}")).encode()


def _limit_memory(memory_bytes: int) -> None:
    """Bound the address space; macOS takes the limit and does not keep it."""
    most = psutil.Process().memory_info().vms + memory_bytes
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )


if __name__ == "__main__":
    main()
