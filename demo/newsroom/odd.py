"""What a broken or hostile site answers: under /odd/, for the tests of bad input.

Feeds:  /odd/feed/html  empty  cut  bomb  xxe  dates  links  pages (one entry for each page below)
Pages:  /odd/page/NAME, one function or row each below. `/odd/page/status?code=503&retry_after=120` answers any status.
"""

import gzip
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from demo.newsroom.replies import Counter, Reply

Query = Mapping[str, str]

PAGES = (
    *(
        "empty",
        "binary",
        "huge",
        "endless",
        "stall",
        "loop",
        "private",
        "file",
        "404",
        "410",
        "403",
        "500",
        "429",
        "503",
    ),
    *(
        "challenge",
        "gzip-bomb",
        "wrong-charset",
        "changing",
        "changes-once",
        "canonical-elsewhere",
        "canonical-home",
    ),
)
_RSS = "application/rss+xml; charset=utf-8"
_TEXT = (
    "Le conseil municipal de Sarvoles s'est réuni pour examiner la réfection du pont et l'éclairage de la place. "
    "Les élus ont adopté les deux projets à l'unanimité, après une heure d'échanges avec les habitants présents. "
    "Les travaux commenceront au printemps et dureront quatre mois, pendant lesquels une déviation sera en place."
)


def answer_odd(path: str, query: Query, base_url: str, now: datetime, counter: Counter) -> Reply | None:
    """The answer to an address under /odd/, or None where there is nothing of that name."""
    match path.split("/")[2:]:
        case ["feed", name]:
            return _feed(name, base_url, now)
        case ["page", name] if name in _STATUSES:
            return _status(_STATUSES[name], query)
        case ["page", "status"]:
            return _status(int(query.get("code", "500")), query)
        case ["page", "changing" | "changes-once" as name]:
            return _changing(name, counter.next(path))
        case ["page", name] if name in _PAGES:
            return _PAGES[name](base_url)
        case ["" | "index.html"] | []:
            return _index(base_url)
        case _:
            return None


# Feeds.


def _feed(name: str, base_url: str, now: datetime) -> Reply | None:
    whole = _rss([(f"{base_url}/odd/page/changes-once", "Un conseil municipal à Sarvoles", now)])
    match name:
        case "html":
            return Reply(body=_page("Accès refusé", "<p>Cette page n'est pas un flux.</p>"))
        case "empty":
            return Reply(content_type=_RSS)
        case "cut":
            return Reply(content_type=_RSS, body=whole[: whole.index(b"</item>")])
        case "bomb":
            return Reply(content_type=_RSS, body=_bomb())
        case "xxe":
            return Reply(content_type=_RSS, body=_xxe(base_url))
        case "dates":
            return Reply(content_type=_RSS, body=_rss(_odd_dates(base_url, now)))
        case "links":
            return Reply(content_type=_RSS, body=_rss(_odd_links(now)))
        case "pages":
            entries = [(f"{base_url}/odd/page/{page}", f"Cas difficile : {page}", now) for page in PAGES]
            return Reply(content_type=_RSS, body=_rss(entries))
        case _:
            return None


def _rss(entries: Sequence[tuple[str, str, datetime | str]]) -> bytes:
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><guid isPermaLink='false'>{n}:{escape(link)}</guid>"
        f"<pubDate>{at if isinstance(at, str) else format_datetime(at)}</pubDate>"
        f"<description>{escape(title)}, résumé du flux.</description></item>"
        for n, (link, title, at) in enumerate(entries)
    )
    return f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>Cas difficiles</title>{items}</channel></rss>".encode()


def _odd_dates(base_url: str, now: datetime) -> list[tuple[str, str, datetime | str]]:
    odd = ["", "hier soir", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"]
    dates = [
        *odd,
        format_datetime(now + timedelta(days=3)),
        (now - timedelta(hours=2)).strftime("%d/%m/%Y %H:%M"),
    ]
    return [
        (f"{base_url}/odd/page/404?date={n}", f"Date difficile {n}", date) for n, date in enumerate(dates)
    ]


def _odd_links(now: datetime) -> list[tuple[str, str, datetime | str]]:
    links = (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://127.0.0.2:1/",
        "http://[::1]/",
        "ftp://exemple.fr/a",
        "",
    )
    return [(link, f"Lien difficile {n}", now) for n, link in enumerate(links)]


def _bomb() -> bytes:
    """Nine entities that each hold ten of the one before: a billion words if one expands them."""
    entities = "".join(f'<!ENTITY r{n} "{f"&r{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY r0 "rire">{entities}]>'
    return f"{head}<rss version='2.0'><channel><title>&r9;</title><item><title>&r9;</title></item></channel></rss>".encode()


def _xxe(base_url: str) -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY lu SYSTEM "file:///etc/passwd">'
    head += f'<!ENTITY appel SYSTEM "{base_url}/odd/page/xxe-was-followed">]>'
    item = f"<item><title>Vol &lu;</title><link>{base_url}/odd/page/404</link><description>&appel;</description></item>"
    return f"{head}<rss version='2.0'><channel><title>Entité</title>{item}</channel></rss>".encode()


# Pages.

_STATUSES = {"404": 404, "410": 410, "403": 403, "500": 500, "429": 429, "503": 503}


def _status(code: int, query: Query) -> Reply:
    retry = query.get("retry_after", "120" if code in (429, 503) else "")
    headers = (("Retry-After", retry),) if retry else ()
    return Reply(
        status=code, headers=headers, body=_page(f"Erreur {code}", "<p>Cette page ne peut être servie.</p>")
    )


def _changing(name: str, times: int) -> Reply:
    """`changing` says something else at every request; `changes-once` from the second on."""
    version = times if name == "changing" else min(times, 2)
    update = (
        ""
        if version == 1
        else f"<p>Mise à jour numéro {version} : le coût du pont atteint {300 + version} mille euros.</p>"
    )
    body = f"<p>{_TEXT}</p><p>Feuillet « {name} ».</p>{update}"
    return Reply(body=_page("Un pont et des lampadaires à Sarvoles", body))


def _endless() -> Iterator[bytes]:
    """A page that always has one more word."""
    yield b"<!DOCTYPE html><html><body><article>"
    while True:
        time.sleep(0.2)
        yield b"<p>encore</p>"


def _stall() -> Iterator[bytes]:
    """A page that starts and then says nothing."""
    yield b"<!DOCTYPE html><html><body><article><p>Un instant"
    while True:
        time.sleep(0.2)
        yield b""


def _huge() -> Iterator[bytes]:
    """50 MB."""
    yield b"<!DOCTYPE html><html><body><article>"
    line = f"<p>{_TEXT}</p>".encode()
    block = line * (1024 * 1024 // len(line) + 1)
    for _ in range(50):
        yield block


def _gzip_bomb() -> bytes:
    """200 MB of blanks in 200 kB."""
    packer = gzip.compress(b" " * 1024 * 1024, mtime=0)
    return packer * 200


def _index(base_url: str) -> Reply:
    links = "".join(f'<li><a href="/odd/page/{page}">{page}</a></li>' for page in PAGES)
    return Reply(body=_page("Cas difficiles", f"<ul>{links}</ul>"))


def _page(title: str, body: str, head: str = "") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def _article(name: str, head: str) -> bytes:
    """A page that can be read; each has a line of its own, or they would be copies of one another."""
    return _page("Un pont et des lampadaires à Sarvoles", f"<p>{_TEXT}</p><p>Feuillet « {name} ».</p>", head)


def _redirect(to: str) -> Reply:
    return Reply(status=302, headers=(("Location", to),))


_PAGES: dict[str, Callable[[str], Reply]] = {
    "empty": lambda base: Reply(),
    "binary": lambda base: Reply(content_type="application/octet-stream", body=bytes(range(256)) * 64),
    "huge": lambda base: Reply(body=_huge),
    "endless": lambda base: Reply(body=_endless),
    "stall": lambda base: Reply(body=_stall),
    "loop": lambda base: _redirect(f"{base}/odd/page/loop-back"),
    "loop-back": lambda base: _redirect(f"{base}/odd/page/loop"),
    "private": lambda base: _redirect("http://127.0.0.2:1/"),
    "file": lambda base: _redirect("file:///etc/passwd"),
    "challenge": lambda base: Reply(
        body=_page(
            "Client Challenge", "<p>Enable JavaScript and cookies to continue.</p><noscript></noscript>"
        )
    ),
    "gzip-bomb": lambda base: Reply(headers=(("Content-Encoding", "gzip"),), body=_gzip_bomb()),
    "wrong-charset": lambda base: Reply(
        content_type="text/html; charset=utf-8",
        body=_article("wrong-charset", "")
        .replace(b'<meta charset="utf-8">', b"")
        .decode()
        .encode("windows-1252"),
    ),
    "canonical-elsewhere": lambda base: Reply(
        body=_article(
            "canonical-elsewhere", '<link rel="canonical" href="https://ailleurs.exemple/un-autre-article">'
        )
    ),
    "canonical-home": lambda base: Reply(
        body=_article("canonical-home", f'<link rel="canonical" href="{base}/">')
    ),
}
