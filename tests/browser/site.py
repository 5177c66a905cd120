"""The page served over HTTP under a path of its own, as Airflow mounts it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from tests.servers.processes import free_port
from vigie.page.app import create_app
from vigie.page.serving.guard import Guard, Visitor
from vigie.stores import Stores

PREFIX = "/vigie"


@contextmanager
def served_page(stores: Stores) -> Iterator[str]:
    """The page's address, without a slash at its end; whoever comes may act."""
    root = FastAPI()
    guard = Guard(visit=lambda: Visitor(name="Claire", may_act=True))
    root.mount(PREFIX, create_app(guard=guard, read_stores=lambda: stores))
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(root, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until, "uvicorn did not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}{PREFIX}"
    finally:
        server.should_exit = True
        thread.join(10)
