"""An identity key is its own key, whatever is thrown at it."""

from hypothesis import given
from hypothesis import strategies as st

from vigie.urls import accept_canonical, is_web_address, normalize_url, resolve_link, same_site

PIECES = st.sampled_from(
    ["a", "É", "%2F", "%25", "%", "%e9", "..", ".", "/", "//", "?", "&", "=", "#", ";", "amp", ".amp", "index.html",
     "utm_source=x", "www.", "amp-", "m.", ":80", ":8000", "[::1]", "+", " ", "\t", "\u202e", "@", "\\", "xn--", "é",
     "//x.cdn.ampproject.org/c/s/", "a.example/"]
)  # fmt: skip
ADDRESSES = st.one_of(
    st.text(max_size=40),
    st.lists(PIECES, max_size=12).map(lambda parts: "https://a.example/" + "".join(parts)),
    st.lists(PIECES, max_size=8).map(lambda parts: "http://" + "".join(parts)),
    st.lists(PIECES, max_size=8).map(lambda parts: "//" + "".join(parts)),
)


@given(ADDRESSES)
def test_key_is_a_fixed_point(url: str) -> None:
    key = normalize_url(url)
    assert normalize_url(key) == key


@given(ADDRESSES, ADDRESSES)
def test_nothing_raises_and_what_is_accepted_is_of_the_site(page: str, stated: str) -> None:
    accepted = accept_canonical(page, stated)
    if accepted is not None:
        assert is_web_address(accepted)
        assert same_site(page, accepted)
    link = resolve_link(page, stated)
    assert link is None or is_web_address(link)


@given(ADDRESSES)
def test_a_canonical_address_is_its_own_canonical_address(url: str) -> None:
    accepted = accept_canonical(url, url)
    if accepted is not None:
        assert accept_canonical(accepted, accepted) == accepted
        assert normalize_url(accepted) == normalize_url(url)


@given(st.text("abcXYZ0123456789-", min_size=1, max_size=12))
def test_the_case_of_a_path_is_kept(name: str) -> None:
    key = normalize_url(f"https://A.example/{name}/Article")
    assert key == f"//a.example/{name}/Article"


@given(ADDRESSES)
def test_scheme_fragment_and_campaign_change_nothing(url: str) -> None:
    if is_web_address(url) and "#" not in url and "?" not in url and url.startswith("http://"):
        assert normalize_url(url) == normalize_url(f"https{url[4:]}?utm_source=rss#haut")
