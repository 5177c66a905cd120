"""The mail: whole as text and as HTML, small, and nothing of a stranger's runs or hides in it."""

import io
import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.digests.happened import DAY, HOSTILE, passage, told, trend
from vigie.alerts.messages import Message
from vigie.digests.contents import Gathered
from vigie.digests.headlines import Figures, make_alert
from vigie.digests.phrases import bind_marks, safe_link, tidy
from vigie.digests.pictures import HEIGHT, WIDTH, draw_days
from vigie.digests.writing import MAX_HTML_BYTES, write_message

DAYS = tuple([0] * 26 + [3, 9])


def written(gathered: Gathered) -> Message:
    """The message of a day."""
    return write_message(DAY, make_alert(DAY, gathered, Figures(articles=9, sources=2)), gathered)


def test_text_and_html_say_the_same() -> None:
    topic = told("a", trend=DAYS, passages=(passage("Un titre"), passage("Un autre", text="")))
    message = written(Gathered(alerts=(topic,), trends=(trend("s", [2] * 25 + [6, 7, 1]),)))
    assert message.html is not None
    page = lxml.html.fromstring(message.html)
    said = " ".join(page.text_content().replace("\u00a0", " ").split())
    for words in ("Malpertuis : des plaintes", "Un titre", "Un autre", "Le Matin", "Un passage.", "Sujet s"):
        assert words in message.text
        assert words in said
    assert (message.id, message.title) == (DAY.id, "Vigie, mardi 18 février 2025 : 1 sujet nouveau")
    assert "https://le-matin.example/un" in message.text
    assert {link.get("href") for link in page.iter("a")} == {"https://le-matin.example/un"}


def test_items_lead_to_vigies_page_where_that_has_an_address() -> None:
    moving = Gathered(
        alerts=(told("a", about="t"), told("w", kind="watch")), trends=(trend("s", [2] * 25 + [6, 7, 1]),)
    )
    alert = make_alert(DAY, moving, Figures(articles=9, sources=2))
    message = write_message(DAY, alert, moving, "https://airflow.example/vigie")
    assert message.html is not None
    linked = {link.get("href") for link in lxml.html.fromstring(message.html).iter("a")}
    for path in ("/topics/t", "/alerts/w", "/topics/s"):
        assert f"https://airflow.example/vigie{path}" in linked
        assert f"Dans Vigie : https://airflow.example/vigie{path}" in message.text


def test_each_picture_stands_in_the_html_with_words_for_it() -> None:
    message = written(
        Gathered(alerts=(told("a", trend=DAYS), told("b")), trends=(trend("s", [2] * 25 + [6, 7, 1]),))
    )
    page = lxml.html.fromstring(message.html)
    images = {image.get("src"): image.get("alt") for image in page.iter("img")}
    assert list(images) == [f"cid:{picture.name}" for picture in message.pictures]
    assert list(images.values()) == [
        "28 jours : 9 articles par jour au plus, 9 le dernier",
        "28 jours : 7 articles par jour au plus, 7 le dernier",
    ]


def test_a_picture_is_small_and_dense() -> None:
    png = draw_days(DAYS)
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size) == ("PNG", (2 * WIDTH, 2 * HEIGHT))
    assert len(png) < 2_000
    assert draw_days(DAYS) == png
    pixels = image.convert("RGBA")
    assert pixels.getpixel((10, 10))[3] == 0  # the ground is the reader's own
    high, low = pixels.getpixel((2 * WIDTH - 8, 10)), pixels.getpixel((2 * WIDTH - 25, 80))
    assert high[0] > high[2]
    assert low[2] > low[0]


@pytest.mark.parametrize("ground", [(255, 255, 255), (31, 31, 31)])
def test_bars_are_seen_on_white_and_on_dark(ground: tuple[int, int, int]) -> None:
    def light(colour: tuple[int, ...]) -> float:
        parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05

    colours = {p for _n, p in Image.open(io.BytesIO(draw_days(DAYS))).convert("RGBA").getcolors() if p[3]}
    assert len(colours) == 3
    for colour in colours:
        contrast = light(colour) / light(ground)
        assert max(contrast, 1 / contrast) >= 3


@given(st.lists(st.integers(0, 10**9), max_size=400))
def test_any_counts_make_a_picture(counts: list[int]) -> None:
    Image.open(io.BytesIO(draw_days(counts))).verify()


def test_nothing_of_a_stranger_runs_or_hides() -> None:
    nasty = told(
        "a",
        topic=HOSTILE,
        reason=HOSTILE,
        sources=(HOSTILE,),
        passages=(
            passage(HOSTILE, text=HOSTILE, source=HOSTILE, url="javascript:alert(1)"),
            passage("ici", url='https://x.example/"onclick="y'),
        ),
    )
    message = written(Gathered(alerts=(nasty, told("w", kind="watch", topic=HOSTILE, reason=HOSTILE))))
    page = lxml.html.fromstring(message.html)
    assert not list(page.iter("script"))
    for element in page.iter():
        assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118 - lxml's own
        assert (element.get("href") or "https://").startswith("https://")
    assert "49" not in message.text  # a template is not a template in a title
    for text in (message.title, message.text, message.html or ""):
        assert not re.search(
            r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe]", text
        )
        text.encode()


@pytest.mark.parametrize("letter", ["&", '"', "é", "💥", "a "])
def test_a_megabyte_of_title_a_hundred_times_fits_a_mail(letter: str) -> None:
    long = letter * 1_000_000
    url = "https://x.example/" + "&" * 900
    alerts = tuple(
        told(
            f"{kind}{n}",
            kind=kind,
            topic=long,
            reason=long,
            sources=(long,) * 30,
            passages=(passage(long, text=letter * 5000, url=url),) * 9,
            trend=DAYS,
        )
        for n in range(20)
        for kind in ("topic", "watch", "communique", "operator")
    )
    message = written(Gathered(alerts=alerts))
    assert len((message.html or "").encode()) <= MAX_HTML_BYTES
    assert len(message.text) < 100_000
    assert "… et " in message.text


def test_the_message_is_enough_for_a_mail() -> None:
    """HTML with its pictures beside the text: built and read back by Python's own."""
    message = written(Gathered(alerts=(told("a", trend=DAYS),)))
    mail = EmailMessage()
    mail["Subject"] = message.title
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    html = mail.get_payload()[1]  # type: ignore[index]
    for picture in message.pictures:
        html.add_related(picture.png, "image", "png", cid=f"<{picture.name}>")  # type: ignore[union-attr]
    read = BytesParser(policy=policy.default).parsebytes(mail.as_bytes())
    assert read["Subject"] == message.title
    body = read.get_body(("html",))
    assert body is not None
    named = set(re.findall(r"cid:([^\"]+)", body.get_content()))
    assert (
        {part["Content-ID"].strip("<>") for part in read.walk() if part["Content-ID"]}
        == named
        == {"tendance-1.png"}
    )
    plain = read.get_body(("plain",))
    assert plain is not None
    assert "Malpertuis" in plain.get_content()


@given(st.text(), st.integers(1, 200))
def test_tidy_text_is_one_short_line(text: str, limit: int) -> None:
    line = tidy(text, limit)
    assert len(line) <= limit
    assert line == tidy(line, limit)
    assert not re.search(r"[\n\r\t]", line)


def test_words_and_links() -> None:
    assert tidy("Un titre qui est bien trop long", 20) == "Un titre qui est…"
    assert bind_marks("Vigie : « oui » ? 8:30") == "Vigie\u00a0: «\u00a0oui\u00a0»\u00a0? 8:30"
    assert safe_link("https://x.example/é") == "https://x.example/é"
    for bad in (
        None,
        "",
        "javascript:x",
        "file:///x",
        "//x",
        "https://x.example/\u202e",
        "https://x/" + "a" * 2000,
    ):
        assert safe_link(bad) is None
