"""Pages that are odd, hostile or no pages at all. What good pages give is in tests/golden."""

import time

import pytest

from vigie.pages.extract import MAX_HTML_CHARS, MAX_TAGS, ExtractedPage, extract_page

BODY = "<p>Le chef de l’État s’est entretenu ce jour par téléphone avec son homologue moldave.</p>"


def extract(html: bytes | str, content_type: str | None = None) -> ExtractedPage:
    return extract_page(html, url="https://a.example/x", zone="Europe/Paris", content_type=content_type)


def page(body: str = BODY, head: str = "") -> str:
    return f'<!DOCTYPE html><html lang="fr"><head>{head}</head><body><article>{body}</article></body></html>'


@pytest.mark.parametrize(
    ("body", "content_type", "problem"),
    [
        (b"", None, "empty"),
        (b" \n ", "text/html", "empty"),
        (b"%PDF-1.7 ...", "text/html", "not HTML: application/pdf"),
        (b"\x89PNG\r\n", None, "not HTML: image/png"),
        (b"\x00\x01\x02" * 500, None, "not HTML: binary"),
        (b'{"a": 1}', "application/json; charset=utf-8", "not HTML: application/json"),
        (b"<html><body></body></html>", "text/html", "no article text"),
    ],
)
def test_what_is_no_article_says_so(body: bytes, content_type: str | None, problem: str) -> None:
    extracted = extract(body, content_type)
    assert (extracted.problem, extracted.text) == (problem, "")


@pytest.mark.parametrize(
    "wall",
    [
        "<html><head><title>Client Challenge</title></head><body><p>JavaScript is disabled in your browser.</p></body></html>",
        "<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>",
        "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Your support ID is: 1</body></html>",
        "<html><head><title>lesite.example</title></head><body><p>Please enable JS and disable any ad blocker</p></body></html>",
    ],
)
def test_challenge_pages_are_known(wall: str) -> None:
    extracted = extract(wall)
    assert (extracted.problem, extracted.text) == ("challenge page", "")


def test_article_about_walls_is_an_article() -> None:
    body = "".join(
        f"<p>Au cours de la scène {n}, le robot demande au héros de prouver qu’il est humain.</p>"
        for n in range(30)
    )
    extracted = extract(page(body, "<title>Access denied: le film qui dérange</title>"))
    assert extracted.problem is None


def test_short_text_is_kept_in_paragraphs() -> None:
    extracted = extract(page(f"<h1>Entretien</h1>{BODY}<p>Ils ont salué l’accord.</p>"))
    assert extracted.title == "Entretien"
    assert extracted.text.split("\n") == [BODY[3:-4], "Ils ont salué l’accord."]


@pytest.mark.parametrize(
    "line",
    [
        "Lire aussi Dotations : trois maires racontent",
        "À lire aussi : autre chose",
        "► LIRE AUSSI > autre",
        "Voir également : la carte",
    ],
)
def test_read_also_lines_are_dropped(line: str) -> None:
    assert (
        "\n".join(extract(page(f"{BODY}<p>{line}</p><p>Fin du texte de l’article.</p>")).text.split("\n")[1:])
        == "Fin du texte de l’article."
    )


def test_prose_that_speaks_of_reading_stays() -> None:
    sentence = "Il faut lire aussi les classiques, dit la ministre."
    assert sentence in extract(page(f"{BODY}<p>{sentence}</p>")).text


@pytest.mark.parametrize(
    ("head", "origin", "at"),
    [
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-11-20T08:00:05+01:00"}</script>', "json-ld", "2026-11-20T07:00:05+00:00"),
        ('<script type="application/ld+json">[{"@graph": [{"@type": ["Thing", "schema:https://schema.org/ReportageNewsArticle"], "datePublished": "2026-11-20"}]}]</script>', "json-ld", "2026-11-19T23:00:00+00:00"),
        ('<meta property="article:published_time" content="2026-11-20T08:00:05Z">', "meta", "2026-11-20T08:00:05+00:00"),
        ('<meta itemprop="datePublished" content="2026-11-20T08:00">', "meta", "2026-11-20T07:00:00+00:00"),
        ('<meta name="DC.date" content="2026-11-20">', "meta", "2026-11-19T23:00:00+00:00"),
    ],
)  # fmt: skip
def test_stated_dates(head: str, origin: str, at: str) -> None:
    claim = extract(page(head=head)).claims[0]
    assert (claim.origin, claim.at.isoformat()) == (origin, at)


def test_time_in_the_header_is_a_date_and_modified_is_another() -> None:
    head = '<meta property="article:modified_time" content="2026-11-22T08:00:00Z">'
    claims = extract(
        page(f'<header><time datetime="2026-11-20T08:00:00+01:00">hier</time></header>{BODY}', head)
    ).claims
    assert [(c.origin, c.offset_minutes, c.modified) for c in claims] == [
        ("meta", 0, True),
        ("time", 60, False),
    ]


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "null",
        "[" * 100_000,
        '{"@type": 5, "author": {"name": {"name": {}}}}',
        '{"@type": "NewsArticle", "datePublished": ["x"], "author": 3}',
    ],
)
def test_odd_json_ld_is_harmless(script: str) -> None:
    extracted = extract(page(head=f'<script type="application/ld+json">{script}</script>'))
    assert (extracted.claims, extracted.authors) == ((), ())
    assert extracted.text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="Le titre"><title>Le titre | Site</title>', "Le titre"),
        ('<meta property="og:site_name" content="Le Site"><title>Le titre - Le Site</title>', "Le titre"),
        (
            "<title>Budget : le Sénat rejette l’article | La Gazette</title>",
            "Budget : le Sénat rejette l’article",
        ),
        ("<title>Macron - Merz : ce qu’ils se sont dit</title>", "Macron - Merz : ce qu’ils se sont dit"),
        (
            '<script type="application/ld+json">{"@type":"Article","headline":"Un &amp; deux"}</script><title>x</title>',
            "Un & deux",
        ),
    ],
)
def test_title_without_the_site(head: str, title: str) -> None:
    assert extract(page(head=head)).title == title


@pytest.mark.parametrize(
    ("href", "canonical"), [("/y", "https://a.example/y"), ("https://b.example/y", None), ("/", None)]
)
def test_canonical_of_the_own_site_only(href: str, canonical: str | None) -> None:
    assert extract(page(head=f'<link rel="canonical" href="{href}">')).canonical == canonical


def test_rights_reservation() -> None:
    assert extract(page(head='<meta name="tdm-reservation" content="1">')).tdm_reserved
    assert not extract(page()).tdm_reserved


def test_declared_charset_is_read() -> None:
    html = page(
        "<p>Été comme hiver, l'Élysée reste ouvert, a déclaré le président.</p>",
        '<meta charset="iso-8859-1">',
    )
    assert extract(html.encode("cp1252")).text.startswith("Été comme hiver")


def test_long_transcript_is_whole() -> None:
    lines = [
        f"Réponse {n} : le ministre a détaillé la mesure numéro {n} devant les députés." for n in range(3000)
    ]
    text = extract(page("".join(f"<p>{line}</p>" for line in lines))).text
    assert text.split("\n") == lines


def test_huge_page_is_cut_and_says_so() -> None:
    html = page(
        "".join(f"<p>Paragraphe {n} d’une page sans fin, long et assez différent.</p>" for n in range(80_000))
    )
    assert len(html) > 2 * MAX_HTML_CHARS
    start = time.monotonic()
    extracted = extract(html)
    assert time.monotonic() - start < 120  # a guard against hours, not a measurement
    assert extracted.problem == f"cut at {MAX_HTML_CHARS} characters or {MAX_TAGS} tags"
    assert len(extracted.text) > MAX_HTML_CHARS // 2


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "table", "ul"])
def test_deep_nesting_is_survived(tag: str) -> None:
    extracted = extract(page(f"{BODY}{f'<{tag}>' * 50_000}fin{f'</{tag}>' * 50_000}"))
    assert extracted.text.startswith("Le chef de l’État")


def test_nothing_invisible_comes_through() -> None:
    assert extract(page(BODY.replace("homologue", "homo\u202elo\u200bgue\u0007"))).text == BODY[3:-4]
