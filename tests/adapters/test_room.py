"""What large bodies hold together is bounded, and given back when nobody holds the page any more."""

import threading
import time

import pytest

from tests.adapters.sites import Site, site
from vigie.adapters.web.client import BodyTooLarge, WebClient
from vigie.adapters.web.room import LARGE_BYTES, Room
from vigie.model import Page

__all__ = ["site"]
LARGE = b"x" * (2 * LARGE_BYTES)


def open_client(site: Site, room: Room) -> WebClient:
    return WebClient(
        user_agent="Essai",
        allowed_private_hosts=frozenset({site.host}),
        timeout_s=10,
        max_body_bytes=3 * LARGE_BYTES,
        room=room,
    )


def test_a_large_body_waits_until_another_is_let_go(site: Site) -> None:
    room = Room(3 * LARGE_BYTES)
    client = open_client(site, room)
    site.answer("/grande", LARGE)
    site.answer("/petite", b"bonjour")
    held: list[Page] = [client.fetch(f"{site.url}/grande")]
    second = threading.Thread(target=lambda: held.append(client.fetch(f"{site.url}/grande")))
    second.start()
    time.sleep(0.5)
    assert len(held) == 1
    assert client.fetch(f"{site.url}/petite").body == b"bonjour"  # small ones pass
    del held[0]
    second.join(20)
    assert len(held) == 1
    assert held[0].body == LARGE


def test_room_is_given_back_when_a_body_is_refused(site: Site) -> None:
    room = Room(3 * LARGE_BYTES)
    client = open_client(site, room)
    site.answer("/trop", b"x" * (4 * LARGE_BYTES))
    site.answer("/grande", LARGE)
    for _ in range(3):
        with pytest.raises(BodyTooLarge):
            client.fetch(f"{site.url}/trop")
        assert len(client.fetch(f"{site.url}/grande").body) == len(LARGE)
