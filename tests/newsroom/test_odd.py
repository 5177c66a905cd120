"""What a broken or hostile site answers is really broken or hostile."""

import gzip
import time
import zlib

import feedparser
import httpx
import pytest

from demo.newsroom import Newsroom
from demo.newsroom.odd import PAGES
from tests.newsroom.conftest import NOW


def test_bad_feeds(newsroom: Newsroom, http: httpx.Client) -> None:
    base = f"{newsroom.base_url}/odd/feed"
    assert http.get(f"{base}/html").headers["content-type"].startswith("text/html")
    assert http.get(f"{base}/empty").content == b""
    assert feedparser.parse(http.get(f"{base}/cut").content).bozo
    assert b"<!ENTITY r9" in http.get(f"{base}/bomb").content
    assert b'SYSTEM "file:///etc/passwd"' in http.get(f"{base}/xxe").content
    assert len(feedparser.parse(http.get(f"{base}/dates").content).entries) == 6
    assert len(feedparser.parse(http.get(f"{base}/pages").content).entries) == len(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_every_odd_page_answers(newsroom: Newsroom, http: httpx.Client, name: str) -> None:
    with http.stream("GET", f"{newsroom.base_url}/odd/page/{name}") as answer:
        assert answer.status_code in (200, 302) or answer.status_code == int(name)
        if name in ("429", "503"):
            assert answer.headers["retry-after"] == "120"


def test_any_status_can_be_asked_for(newsroom: Newsroom, http: httpx.Client) -> None:
    answer = http.get(f"{newsroom.base_url}/odd/page/status?code=503&retry_after=7")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")


def test_redirects_go_round_or_to_private_places(newsroom: Newsroom, http: httpx.Client) -> None:
    with pytest.raises(httpx.TooManyRedirects):
        http.get(f"{newsroom.base_url}/odd/page/loop", follow_redirects=True)
    assert http.get(f"{newsroom.base_url}/odd/page/private").headers["location"] == "http://127.0.0.2:1/"


def test_the_huge_page_is_50_mb_and_has_no_length(newsroom: Newsroom, http: httpx.Client) -> None:
    with http.stream("GET", f"{newsroom.base_url}/odd/page/huge") as answer:
        assert "content-length" not in answer.headers
        assert sum(len(piece) for piece in answer.iter_raw()) > 50_000_000


def test_the_gzip_bomb_opens_a_thousandfold(newsroom: Newsroom, http: httpx.Client) -> None:
    with http.stream("GET", f"{newsroom.base_url}/odd/page/gzip-bomb") as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert len(packed) < 400_000
    one = zlib.decompressobj(31)
    assert len(one.decompress(packed)) == 1024 * 1024
    assert len(gzip.decompress(packed[: len(packed) // 200 * 2])) == 2 * 1024 * 1024


def test_the_wrong_charset_is_wrong(newsroom: Newsroom, http: httpx.Client) -> None:
    answer = http.get(f"{newsroom.base_url}/odd/page/wrong-charset")
    with pytest.raises(UnicodeDecodeError):
        answer.content.decode("utf-8")
    assert "réuni" in answer.content.decode("windows-1252")


def test_a_changing_page_is_another_at_every_request(own_newsroom: Newsroom, http: httpx.Client) -> None:
    changing = [http.get(f"{own_newsroom.base_url}/odd/page/changing").text for _ in range(3)]
    once = [http.get(f"{own_newsroom.base_url}/odd/page/changes-once").text for _ in range(3)]
    assert len(set(changing)) == 3
    assert once[0] != once[1] == once[2]


def test_the_room_closes_at_once_though_a_page_never_ends() -> None:
    with Newsroom(NOW, past_days=0) as newsroom, httpx.Client(trust_env=False) as client:
        url = f"{newsroom.base_url}/odd/page/endless"
        answer = client.send(client.build_request("GET", url), stream=True)
        assert next(answer.iter_raw())
        started = time.monotonic()
        newsroom.__exit__(None, None, None)
        assert time.monotonic() - started < 20  # the page itself never ends
        with pytest.raises(httpx.ConnectError):
            client.get(f"{newsroom.base_url}/")
        answer.close()
