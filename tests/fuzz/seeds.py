"""Where a run starts from: our own golden files, the newsroom's odd answers, and samples written for this."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from vigie.settings import PROJECT

GOLDEN = PROJECT / "tests" / "golden"
FOUND = PROJECT / "tests" / "fuzz" / "found"
URLS = (
    "https://www.essai.example/a/b?utm_source=x&id=3#haut\nhttps://essai.example/a/b/",
    "//essai.example:8080/É/%C3%A9?b=2&a=1\n../c?amp=1",
    "http://127.0.0.1:80/index.html;jsessionid=4\nhttp://[::1]/",
    "https://xn--lyse-9oa.example/a//b/./../c\nhttps://élysée.example/c",
    "https://a.co.uk/\nhttps://b.co.uk/article",
)
DATES = (
    "Mon, 23 Nov 2026 08:10:00 +0100\n2026-11-23T08:10:00Z\n23/11/2026 à 8h10",
    "Publié le lundi 23 novembre 2026 à 8 h 10\nNovember 23, 2026 8:10 PM EST\n2026-11",
    "1er août 2026\n20261123T081000+0530\n/2026/11/23/titre\n23.11.26 24:00\n9999-12-31",
)
WARC_HEAD = (
    "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: NAME-OF-RECORD\r\nWARC-Date: 2026-11-23T08:00:00.000000Z\r\n"
    'WARC-Target-URI: https://essai.example/\r\nVigie-Addresses: ["https://essai.example/"]\r\n'
    "Vigie-Requested-URL: https://essai.example/\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
)
HTTP = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Été</p>"
ENTRY = '{"id": "e", "feed_id": "f", "guid": "g", "url": null, "title": "Été", "authors": ["A"], "published": null}'


def seeds(reader: str) -> Iterator[bytes]:
    """The samples of one reader, and what broke it before."""
    yield from {
        "feed": _feeds,
        "url": lambda: (text.encode() for text in URLS),
        "date": lambda: (text.encode() for text in DATES),
        "html": _pages,
        "warc": _records,
    }[reader]()
    yield from found(reader)


def found(reader: str) -> Iterator[bytes]:
    """The inputs that once broke a promise of this reader."""
    yield from (path.read_bytes() for path in sorted((FOUND / reader).glob("*.bin")))


def _feeds() -> Iterator[bytes]:
    from demo.newsroom.odd import answer_odd
    from demo.newsroom.replies import Counter

    for body in _golden("feeds"):
        yield b"\x00" + body
    for name in ("bomb", "xxe", "dates", "links"):
        now = datetime(2026, 11, 23, tzinfo=UTC)
        reply = answer_odd(f"/odd/feed/{name}", {}, "http://127.0.0.1:1", now, Counter())
        if reply and isinstance(reply.body, bytes):
            yield b"\x02" + reply.body


def _pages() -> Iterator[bytes]:
    for body in _golden("pages"):
        yield b"\x03" + body


def _records() -> Iterator[bytes]:
    for kind, block in (("response", HTTP), ("resource", ENTRY), ("revisit", HTTP), ("warcinfo", "a: b")):
        yield WARC_HEAD.format(kind=kind, block=block, length=len(block.encode())).encode()


def _golden(folder: str) -> Iterator[bytes]:
    for path in sorted((GOLDEN / folder).rglob("*.*")):
        if path.is_file() and not path.name.endswith(".expected.json"):
            yield path.read_bytes()


def write_corpus(reader: str, folder: Path) -> int:
    """Put the samples where a fuzzer looks for them; how many there are."""
    samples = list(seeds(reader))
    folder.mkdir(parents=True, exist_ok=True)
    for number, sample in enumerate(samples):
        (folder / f"seed-{number:03}").write_bytes(sample)
    return len(samples)
