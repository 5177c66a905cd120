"""The feeds file: what is right becomes feeds, what is wrong is said at once, line by line."""

from pathlib import Path
from zoneinfo import available_timezones

import pytest

from vigie.dates.zones import ZONE_OF_COUNTRY
from vigie.errors import UsageError
from vigie.feeds.file import load_feeds
from vigie.model import Expectation, Feed, FeedId
from vigie.yaml_lines import read_yaml

PROJECT = Path(__file__).parents[2]

GOOD = """feeds:
  - id: gazette
    url: https://gazette.example/flux.xml
    publisher: La Gazette
    kind: press
    language: fr
    country: SN
"""


def row(**changes: str) -> str:
    """A feeds file with one good row, some of its values replaced or added; "" takes a key out."""
    values = {
        "id": "gazette",
        "url": "https://gazette.example/flux.xml",
        "publisher": "La Gazette",
        "kind": "press",
        "language": "fr",
        "country": "FR",
    } | changes
    return "feeds:\n" + "".join(
        f"  {'- ' if n == 0 else '  '}{key}: {value}\n"
        for n, (key, value) in enumerate((k, v) for k, v in values.items() if v)
    )


def problems(text: str) -> list[str]:
    with pytest.raises(UsageError) as caught:
        load_feeds(text, where="feeds.yml")
    return str(caught.value).split("\n")


def test_a_row_becomes_a_feed_with_the_zone_of_its_country() -> None:
    assert load_feeds(GOOD, where="feeds.yml") == (
        Feed(
            id=FeedId("gazette"),
            url="https://gazette.example/flux.xml",
            publisher="La Gazette",
            kind="press",
            language="fr",
            country="SN",
            zone="Africa/Dakar",
        ),
    )


def test_optional_fields_are_read() -> None:
    text = row(
        poll_minutes="7",
        expect="{min_per_week: 5, max_per_day: 40}",
        zone="Indian/Reunion",
        enabled="false",
        reason="moved",
        note="for people",
    )
    (feed,) = load_feeds(text, where="feeds.yml")
    assert feed.expect == Expectation(min_per_week=5, max_per_day=40)
    assert (feed.poll_minutes, feed.zone, feed.enabled, feed.reason) == (7, "Indian/Reunion", False, "moved")
    assert (feed.source, feed.licensed, feed.note) == ("feed", False, "for people")


def test_a_listing_beside_a_feed_and_an_agreement_are_read() -> None:
    beside = row(
        id="liste",
        url="https://gazette.example/tout",
        source="listing",
        pattern=r"'/20\d\d/'",
        beside="gazette",
        rights="licensed",
        note="contract of 3 March",
    )
    _, listing = load_feeds(row() + beside.removeprefix("feeds:\n"), where="feeds.yml")
    assert (listing.source, listing.pattern, listing.beside) == ("listing", r"/20\d\d/", "gazette")
    assert (listing.licensed, listing.note) == (True, "contract of 3 March")


def test_a_listing_stands_beside_a_feed_not_beside_a_listing() -> None:
    rows = row(id="a", source="sitemap", beside="b") + row(
        id="b", url="https://b.example/", source="sitemap"
    ).removeprefix("feeds:\n")
    (said,) = problems(rows)
    assert said == "feeds.yml:9: feed `a`: beside: `b` is no feed, but a sitemap"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (row(kind="presse"), "feeds.yml:5: feed `gazette`: kind: `presse` is not known; write one of 'official' or 'press'"),
        (row(publisher=""), "feeds.yml:2: feed `gazette`: publisher: is missing; add `publisher: …`"),
        (row(publisher="'  '"), "feeds.yml:4: feed `gazette`: publisher: is empty; write something or take the line out"),
        (row(pol_minutes="3"), "feeds.yml:8: feed `gazette`: pol_minutes: is not a known key; did you mean `poll_minutes`?"),
        (row(poll_minutes="0"), "feeds.yml:8: feed `gazette`: poll_minutes: 0 is too small; write 1 or more"),
        (row(poll_minutes="ten"), "feeds.yml:8: feed `gazette`: poll_minutes: 'ten' is not a whole number"),
        (row(poll_minutes="true"), "feeds.yml:8: feed `gazette`: poll_minutes: True is not a whole number"),
        (row(zone="Europe/Pari"), "feeds.yml:8: feed `gazette`: zone: `Europe/Pari` is no time zone; write an IANA name, such as Europe/Paris"),
        (row(country="ZZ"), "feeds.yml:7: feed `gazette`: country: no time zone is known for `ZZ`; add `zone:` with an IANA name"),
        (row(country="France"), "feeds.yml:7: feed `gazette`: country: `France` is no country code; write two capitals, such as FR"),
        (row(language="français"), "feeds.yml:6: feed `gazette`: language: `français` is no language code; write it as fr or fr-CA"),
        (row(enabled="false"), "feeds.yml:8: feed `gazette`: enabled: is false without a reason; add `reason:` and say why"),
        (row(expect="{min_per_weak: 2}"), "feeds.yml:8: feed `gazette`: expect.min_per_weak: is not a known key; did you mean `min_per_week`?"),
        (row(id="'a b'"), "feeds.yml:2: feed `a b`: id: use letters, digits, `-`, `_` and `.` only, 80 at most"),
        (row(publisher="12"), "feeds.yml:4: feed `gazette`: publisher: 12 is not text; put it between quotes"),
        (row(source="page"), "feeds.yml:8: feed `gazette`: source: `page` is not known; write one of 'feed', 'listing' or 'sitemap'"),
        (row(source="listing"), "feeds.yml:8: feed `gazette`: source: is a listing without a pattern; add `pattern:` and say which addresses are articles"),
        (row(source="listing", pattern="'/(20'"), "feeds.yml:9: feed `gazette`: pattern: `/(20` is no regular expression: missing ), unterminated subpattern at position 1"),
        (row(pattern="/20/"), "feeds.yml:8: feed `gazette`: pattern: is for a listing or a sitemap; add `source:` or take the line out"),
        (row(source="sitemap", beside="gazete"), "feeds.yml:9: feed `gazette`: beside: no feed has the id `gazete`; write that of another row"),
        (row(source="sitemap", beside="gazette"), "feeds.yml:9: feed `gazette`: beside: is its own id; write that of the feed that it completes"),
        (row(rights="free", note="x"), "feeds.yml:8: feed `gazette`: rights: `free` is not known; write one of 'licensed'"),
        (row(rights="licensed"), "feeds.yml:8: feed `gazette`: rights: is licensed without a note; add `note:` and say by what agreement"),
        (row(rights="licensed", note="' '"), "feeds.yml:9: feed `gazette`: note: is empty; write something or take the line out"),
        (row() + "    kind: official\n", "feeds.yml:8: kind: is written twice; keep one"),
        ("feeds:\n  - 3\n", "feeds.yml:2: feed number 1: row: 3 is not a list of `key: value` pairs"),
        (GOOD + "feed: []\n", "feeds.yml:8: feed: is not a known key; only `feeds:` stands at the left"),
        ("feeds:\n  - {id: a\n", "feeds.yml:3: this is not YAML: expected ',' or '}', but got '<stream end>'"),
        ("", "feeds.yml:1: feeds: is not there or no list; write `feeds:` and below it `- id: …` for each"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_line_with_its_place_and_the_way_out(text: str, said: str) -> None:
    assert problems(text) == [said]


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "gazette.example/flux", "https://", "http://a b.example/", "http://a.example:99999/", "javascript:alert(1)"]
)  # fmt: skip
def test_only_web_addresses_pass(url: str) -> None:
    (said,) = problems(row(url=f"'{url}'"))
    assert (
        said
        == f"feeds.yml:3: feed `gazette`: url: `{url}` is no web address; write it whole, from http:// or https://"
    )


def test_an_expectation_that_cannot_be_met_is_refused() -> None:
    (said,) = problems(row(expect="{min_per_week: 50, max_per_day: 2}"))
    assert "more than seven times" in said


def test_two_rows_may_share_neither_id_nor_address() -> None:
    again = GOOD.removeprefix("feeds:\n")
    assert problems(GOOD + again) == [
        "feeds.yml:8: feed `gazette`: id: `gazette` is already that of feed `gazette` on line 2; give one of them another",
        "feeds.yml:9: feed `gazette`: url: `https://gazette.example/flux.xml` is already that of feed `gazette` on line 3; keep one of the two rows",
    ]


def test_all_problems_are_said_at_once_in_the_order_of_the_file() -> None:
    bad = row(kind="x", country="ZZ", enabled="false") + row(id="b", url="nowhere").removeprefix("feeds:\n")
    lines = [said.split(": ")[0] for said in problems(bad)]
    assert lines == ["feeds.yml:5", "feeds.yml:7", "feeds.yml:8", "feeds.yml:10"]


def test_norway_is_not_false_and_dates_stay_text() -> None:
    (feed,) = load_feeds(row(country="NO"), where="feeds.yml")
    assert feed.zone == "Europe/Oslo"
    assert read_yaml("a: 2026-02-31", where="x")[0] == {"a": "2026-02-31"}


def test_every_country_has_a_zone_that_exists() -> None:
    assert set(ZONE_OF_COUNTRY.values()) <= available_timezones()
    expected = {"FR": "Europe/Paris", "BE": "Europe/Brussels", "CH": "Europe/Zurich", "CA": "America/Toronto"}
    assert expected.items() <= ZONE_OF_COUNTRY.items()


# The file that is shipped.

NEWSROOM_COUNTRIES = {"FR": 15, "BE": 2, "CH": 2, "CA": 2}
AFRICA = {"SN", "CI", "DZ", "MA", "CG", "CM", "TN", "ML", "BF"}


@pytest.fixture(scope="module")
def shipped() -> tuple[Feed, ...]:
    path = PROJECT / "include" / "feeds.yml"
    return load_feeds(path.read_text(encoding="utf-8"), where="include/feeds.yml")


def test_the_shipped_feeds_cover_the_presidency_the_government_and_the_ministry(
    shipped: tuple[Feed, ...],
) -> None:
    official = {feed.url.split("/")[2] for feed in shipped if feed.kind == "official"}
    assert {"www.elysee.fr", "www.info.gouv.fr", "www.diplomatie.gouv.fr"} <= official
    assert any(feed.url == "https://www.elysee.fr/feed" and feed.enabled for feed in shipped)


def test_the_shipped_feeds_cover_25_french_language_newsrooms_of_four_regions(
    shipped: tuple[Feed, ...],
) -> None:
    press = [
        feed for feed in shipped if feed.enabled and feed.kind == "press" and feed.language.startswith("fr")
    ]
    assert len({feed.publisher for feed in press}) >= 25
    for country, least in NEWSROOM_COUNTRIES.items():
        assert len({feed.publisher for feed in press if feed.country == country}) >= least, country
    assert len({feed.publisher for feed in press if feed.country in AFRICA}) >= 3


def test_every_shipped_feed_says_how_much_it_is_expected_to_bring(shipped: tuple[Feed, ...]) -> None:
    assert not [
        feed.id for feed in shipped if feed.expect.min_per_week is None or feed.expect.max_per_day is None
    ]
