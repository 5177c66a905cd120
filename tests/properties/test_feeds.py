"""No body raises, whatever it holds; what comes out is plain, of this feed, and once."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.golden.rewrite import FEED
from vigie.feeds.parse import parse_feed
from vigie.urls import is_web_address

TOKENS = st.sampled_from(
    ["<rss>", "<channel>", "<item>", "</item>", "</channel>", "</rss>", "<title>", "</title>", "<link>", "</link>",
     "<guid>", "</guid>", "<pubDate>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "</feed>",
     "<link href='http://[::1'/>", "<link href='/x'/>", "<content type='xhtml'>", "<![CDATA[", "]]>", "&eacute;", "&x;",
     "&#0;", "&#xD800;", "<!DOCTYPE x [", "<!ENTITY x 'y'>", "]>", "<?xml encoding='utf-7'?>", "\u202e", "\x00", "été",
     "http://a.example/1", "<a xml:base='http://['>", "{", '"items"', ":", "[", "9999-12-31", "<", ">", "<!--"]
)  # fmt: skip
BODIES = st.one_of(
    st.binary(max_size=200), st.lists(TOKENS, max_size=25).map(lambda parts: "".join(parts).encode())
)


@given(BODIES, st.none() | st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_no_body_raises(body: bytes, content_type: str | None) -> None:
    parsed = parse_feed(body, FEED, url="https://a.example/flux", content_type=content_type)
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)
    for entry in parsed.entries:
        assert entry.feed_id == FEED.id
        assert entry.url is None or is_web_address(entry.url)
        for text in (entry.title, entry.summary, entry.text):
            assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in text.replace("\n", ""))
