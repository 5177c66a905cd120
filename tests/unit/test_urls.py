"""Which addresses are the same article, the same site, an acceptable canonical."""

import pytest

from vigie.urls import accept_canonical, is_homepage, is_web_address, normalize_url, resolve_link, same_site

ARTICLE = "https://www.gazette.example/Politique/article-12.html"


@pytest.mark.parametrize(
    "form",
    [
        "http://www.gazette.example/Politique/article-12.html",
        "HTTPS://WWW.Gazette.example:443/Politique/article-12.html",
        "https://www.gazette.example/Politique/article-12.html#commentaires",
        "https://www.gazette.example/Politique/article-12.html?utm_source=rss&utm_medium=feed&xtor=RSS-3",
        "https://www.gazette.example/Politique/article-12.html?at_medium=x&fbclid=1&gclid=2&mc_cid=3&Echobox=17",
        "https://www.gazette.example/Politique/article-12.amp.html",
        "https://www.gazette.example/Politique/article-12.html/amp/",
        "https://www.gazette.example//Politique/./x/../article-12.html/",
        "  https://www.gazette.example/Politique/article-12.html?amp=1 ",
        "https://www-gazette-example.cdn.ampproject.org/c/s/www.gazette.example/Politique/article-12.html?usqp=x",
        "https://www-gazette-example.cdn.ampproject.org/v/s/www.gazette.example/Politique/article-12.amp.html",
        "https://www.google.fr/amp/s/www.gazette.example/Politique/article-12.html",
    ],
)
def test_forms_of_one_article(form: str) -> None:
    assert normalize_url(form) == normalize_url(ARTICLE)


@pytest.mark.parametrize(
    "other",
    [
        "https://www.gazette.example/politique/article-12.html",
        "https://gazette.example/Politique/article-12.html",
        "https://m.gazette.example/Politique/article-12.html",
        "https://amp-www.gazette.example/Politique/article-12.html",
        "https://www.gazette.example:8443/Politique/article-12.html",
        "https://www.gazette.example/Politique/article-12.html?page=2",
        "https://www.gazette.example/Politique/article-12.html?sid=3",
        "https://www.gazette.example/Politique/article-13.html",
        "https://cdn.ampproject.org.example/c/s/www.gazette.example/Politique/article-12.html",
        "https://cdn.ampproject.org/c/s/",
        "https://www.gazette.example/share?url=https://www.gazette.example/Politique/article-12.html",
    ],
)
def test_other_articles_stay_others(other: str) -> None:
    assert normalize_url(other) != normalize_url(ARTICLE)


def test_parameters_that_matter_are_kept_and_sorted() -> None:
    assert normalize_url("http://a.example/?b=2&utm_x=0&a=1") == normalize_url("https://a.example?a=1&b=2")
    assert normalize_url("http://a.example/?q=%E9") != normalize_url("http://a.example/?q=%E8")
    assert normalize_url("http://a.example/é?q=é") == normalize_url("http://a.example/%c3%a9?q=%C3%A9")


@pytest.mark.parametrize(
    "hopeless", ["", "javascript:alert(1)", "http://[::1", "http://a:99999/", "mailto:a@b.fr"]
)
def test_what_is_no_address_is_given_back(hopeless: str) -> None:
    assert normalize_url(f" {hopeless} ") == hopeless
    assert not is_web_address(hopeless)


@pytest.mark.parametrize(
    "bad",
    [
        "/relatif",
        "//a.example/x",
        "ftp://a.example/x",
        "file:///etc/passwd",
        "http://",
        "http://jean:secret@a.example/",
        "http://a.example/a b",
        "http://a.example/\u202egpj.exe",
        "http://a.example\\@b.example/",
        "http://a.example/" + "x" * 5000,
    ],
)
def test_unfit_addresses(bad: str) -> None:
    assert not is_web_address(bad)


@pytest.mark.parametrize(
    "good", [ARTICLE, "http://127.0.0.1:8000/a", "http://[::1]:80/", "https://a.example/é?q=ü"]
)
def test_fit_addresses(good: str) -> None:
    assert is_web_address(good)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("https://www.lemonde.fr/a", "http://abonnes.lemonde.fr/b", True),
        ("https://www.bbc.co.uk/a", "https://www.gov.uk/b", False),
        ("https://a.gouv.fr/", "https://b.gouv.fr/", False),
        ("https://un.blogspot.com/", "https://deux.blogspot.com/", False),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b", True),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8001/a", False),
        ("http://localhost:8000/a", "http://127.0.0.1:8000/a", False),
        ("http://[::1]:1/a", "http://[::1]:1/b", True),
        ("pas une adresse", "pas une adresse", False),
    ],
)
def test_same_site(a: str, b: str, same: bool) -> None:
    assert same_site(a, b) is same


@pytest.mark.parametrize(
    ("stated", "accepted"),
    [
        ("/Politique/b.html", "https://www.gazette.example/Politique/b.html"),
        ("https://gazette.example/b#c", "https://gazette.example/b"),
        (" https://gazette.example/b\n", "https://gazette.example/b"),
        ("https://ailleurs.example/b", None),
        ("https://www.gazette.example/", None),
        ("https://www.gazette.example", None),
        ("https://www.gazette.example/index.html", None),
        ("ftp://www.gazette.example/b", None),
        ("javascript:void(0)", None),
        ("http://[", None),
    ],
)
def test_canonical(stated: str, accepted: str | None) -> None:
    assert accept_canonical(ARTICLE, stated) == accepted


def test_a_page_in_an_amp_cache_may_name_its_own_address() -> None:
    cached = "https://gazette-example.cdn.ampproject.org/c/s/gazette.example/b.amp.html"
    assert accept_canonical(cached, "https://gazette.example/b.html") == "https://gazette.example/b.html"
    assert accept_canonical(cached, "https://ailleurs.example/b.html") is None


def test_links_are_resolved_as_browsers_do() -> None:
    assert resolve_link("https://a.example/x/y", "../z\n?q=un deux") == "https://a.example/z?q=un%20deux"
    assert resolve_link("https://a.example/", "data:text/html,x") is None


def test_a_front_page_with_a_question_is_an_article() -> None:
    assert is_homepage("https://a.example/")
    assert not is_homepage("https://a.example/?p=12")
