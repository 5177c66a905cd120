"""Any date written in a known form is read back as the moment it was; no text raises."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from vigie.dates.choosing import choose_modified, choose_published, explain_choice, is_plausible
from vigie.dates.parsing import parse_date
from vigie.dates.text import read_stated_dates
from vigie.model import DateClaim

day = datetime.fromisoformat  # hypothesis wants its bounds without a zone
MOMENTS = st.datetimes(
    day("1990-01-02"),
    day("2030-01-01"),
    timezones=st.integers(-840, 840).map(lambda m: timezone(timedelta(minutes=m))),
).map(lambda at: at.replace(microsecond=0))
CLAIMS = st.builds(
    DateClaim,
    at=st.datetimes(day("1960-01-01"), day("2040-01-01"), timezones=st.just(UTC)),
    origin=st.sampled_from(["json-ld", "meta", "time", "page", "feed", "import", "url"]),
    precision=st.sampled_from(["second", "minute", "day", "month", "year"]),
    offset_minutes=st.none(),
    raw=st.just("x"),
    modified=st.booleans(),
)
ALPHABET = "0123456789-/:.,+ TZhàe()[]GMTjanvierfév"


@given(MOMENTS)
def test_iso_and_mail_dates_are_read_back(at: datetime) -> None:
    for raw in (at.isoformat(), at.isoformat(" "), format_datetime(at)):
        claim = parse_date(raw, origin="feed", zone="Europe/Paris")
        assert claim is not None
        assert (claim.at, claim.offset_minutes) == (at, at.utcoffset() // timedelta(minutes=1))  # type: ignore[operator]  # aware


@given(st.one_of(st.text(max_size=60), st.text(alphabet=ALPHABET, max_size=40)))
def test_no_text_raises(raw: str) -> None:
    claim = parse_date(raw, origin="feed", zone="Pacific/Auckland")
    assert claim is None or claim.at.tzinfo is UTC


@given(st.one_of(st.text(max_size=300), st.text(alphabet=ALPHABET + "publiésmodjur", max_size=300)))
def test_no_line_raises(line: str) -> None:
    for stated in read_stated_dates(line, zone="America/New_York", month_first=True):
        assert stated.claim.at.tzinfo is UTC
        assert stated.claim.modified == (stated.mark == "modified")


@given(
    st.lists(CLAIMS, max_size=6),
    st.datetimes(day("1995-01-01"), day("2035-01-01"), timezones=st.just(UTC)),
)
def test_the_choice_is_a_plausible_claim_or_none(claims: list[DateClaim], seen: datetime) -> None:
    choice = explain_choice(claims, seen)
    likely = [claim for claim in claims if is_plausible(claim, seen) and not claim.modified]
    assert choice.claim in likely if likely else choice.claim is None
    assert choice.claim == choose_published(claims, seen)
    assert {claim for claim, _reason in choice.refused} | {choice.claim} >= set(claims)
    assert choice.rule
    assert all(reason for _claim, reason in choice.refused)


@given(
    st.lists(CLAIMS, max_size=6),
    st.datetimes(day("1995-01-01"), day("2035-01-01"), timezones=st.just(UTC)),
)
def test_a_modification_is_after_the_publication_and_not_ahead(
    claims: list[DateClaim], fetched: datetime
) -> None:
    published = choose_published(claims, fetched)
    modified = choose_modified(claims, published, fetched)
    if modified:
        assert modified.modified
        assert modified.at <= fetched + timedelta(minutes=5)
        assert published is None or published.at < modified.at
