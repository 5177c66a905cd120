"""Sitemaps, as sites write them and as attackers would."""

import gzip
import tracemalloc

import pytest

from tests.builders import feed
from vigie.feeds.parse import ParsedFeed
from vigie.feeds.sitemaps import list_children, parse_sitemap

URL = "https://palais.example/sitemap.xml"
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def parse(*bodies: bytes, pattern: str | None = None) -> ParsedFeed:
    return parse_sitemap(bodies, feed("plan", source="sitemap", pattern=pattern), url=URL)


def urlset(*locs: str, prologue: str = "") -> bytes:
    rows = "".join(f"<url><loc>{loc}</loc><lastmod>2026-11-23</lastmod></url>" for loc in locs)
    return f'{prologue}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()


def addresses(parsed: ParsedFeed) -> list[str | None]:
    return [entry.url for entry in parsed.entries]


def test_the_newest_by_the_address_come_first_and_lastmod_is_not_believed() -> None:
    parsed = parse(urlset("https://palais.example/2019/01/02/a", "https://palais.example/2026/11/23/b", "/c"))
    assert addresses(parsed) == [
        "https://palais.example/2026/11/23/b",
        "https://palais.example/2019/01/02/a",
        "https://palais.example/c",
    ]
    assert [entry.published for entry in parsed.entries] == [None, None, None]


def test_a_news_sitemap_has_titles_and_dates() -> None:
    body = f"""<?xml version="1.0"?><urlset {NEWS}><url><loc> https://palais.example/a </loc><news:news>
      <news:publication><news:name>Palais</news:name><news:language>fr</news:language></news:publication>
      <news:publication_date>2026-11-23T08:00:00+01:00</news:publication_date>
      <news:title>L&apos;accord est sign&#233;</news:title></news:news></url></urlset>"""
    (entry,) = parse(body.encode()).entries
    assert (entry.url, entry.title, entry.language) == (
        "https://palais.example/a",
        "L'accord est signé",
        "fr",
    )
    assert entry.published is not None
    assert entry.published.at.isoformat() == "2026-11-23T07:00:00+00:00"


def test_only_what_matches_the_pattern_and_each_once() -> None:
    body = urlset(
        "https://palais.example/2026/a", "https://palais.example/contact", "https://palais.example/2026/a"
    )
    assert addresses(parse(body, pattern="/2026/")) == ["https://palais.example/2026/a"]
    assert parse(body, pattern="/2027/").fault == "no-match"


def test_the_newest_children_of_an_index_on_its_own_site() -> None:
    def index(*rows: str) -> bytes:
        return f"<sitemapindex>{''.join(f'<sitemap>{row}</sitemap>' for row in rows)}</sitemapindex>".encode()

    by_name = index(
        *(f"<loc>/plan-{n}.xml</loc>" for n in range(8, 13)), "<loc>https://autre.example/p.xml</loc>"
    )
    assert list_children(by_name, URL) == tuple(
        f"https://palais.example/plan-{n}.xml" for n in (12, 11, 10, 9)
    )
    dated = index(
        "<loc>/a9</loc><lastmod>2020-01-01</lastmod>", "<loc>/a1</loc><lastmod>2026-01-01</lastmod>"
    )
    assert list_children(dated, URL)[0] == "https://palais.example/a1"
    assert list_children(urlset("/a"), URL) == ()
    assert addresses(parse(by_name, urlset("/x"), urlset("/y"))) == [
        "https://palais.example/x",
        "https://palais.example/y",
    ]


def test_gzip_by_its_first_bytes() -> None:
    body = gzip.compress(urlset(*(f"/{n}" for n in range(2000))))
    assert len(parse(body).entries) == 2000
    cut = parse(body[: len(body) // 2])
    assert cut.fault == "parse-error"
    assert 0 < len(cut.entries) < 2000


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", "empty-body"),
        (b"   ", "empty-body"),
        (b"<html><head><title>Accueil</title></head></html>", "html"),
        (b"<html><head><title>Client Challenge</title></head></html>", "challenge"),
        (b"<rss><channel/></rss>", "not-a-feed"),
        (b"Service indisponible", "not-a-feed"),
        (b"\x1f\x8bnon", "not-a-feed"),
        (urlset(), None),
    ],
)
def test_what_is_no_sitemap_says_so(body: bytes, fault: str | None) -> None:
    parsed = parse(body)
    assert (parsed.fault, parsed.entries) == (fault, ())


def test_a_sitemap_that_is_cut_keeps_what_is_whole() -> None:
    parsed = parse(urlset("/a", "/b", "/c")[:-60])
    assert addresses(parsed) == ["https://palais.example/a", "https://palais.example/b"]
    assert parsed.fault == "parse-error"


def test_an_entity_bomb_does_not_go_off() -> None:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    tracemalloc.start()
    parsed = parse(urlset("/&l11;", "/b", prologue=f'<!DOCTYPE u [<!ENTITY l0 "lol">{bomb}]>'))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    assert not any("lol" in (url or "") for url in addresses(parsed))


def test_an_external_entity_is_not_read() -> None:
    prologue = '<!DOCTYPE u [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    parsed = parse(urlset("https://palais.example/&f;", "https://palais.example/b", prologue=prologue))
    assert addresses(parsed) == ["https://palais.example/", "https://palais.example/b"]
