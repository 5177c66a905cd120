"""What people write: settings and the feeds file, wrong from the first or changed while Vigie runs."""

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed
from tests.faults.calls import all_in, one_line
from tests.faults.table import Row, each_fault, fault


@fault(
    "settings",
    "feeds-broken",
    "The feeds file becomes unreadable YAML between two runs",
    after="refused in one line with file and line; what was collected stays; mended, the next run goes on",
)
def test_a_feeds_file_that_breaks(two: Desk, newsroom: Newsroom) -> None:
    two.run()
    good = (two.folder / "feeds.yml").read_text()
    (two.folder / "feeds.yml").write_text(good + "  - [")
    two.wait(hours=7)
    asked = len(newsroom.requests)
    outcome = two.call("run")
    assert outcome.code == 2
    assert "feeds.yml" in outcome.err
    assert "Traceback" not in outcome.err
    assert len(newsroom.requests) == asked
    (two.folder / "feeds.yml").write_text(good)
    two.run()
    all_in(two)


@fault(
    "settings",
    "feeds-many-wrong",
    "A feeds file with four mistakes: no url, a country that is none, one id twice, an unknown field",
    after="all of them are said at once, each with its line; nothing is asked",
)
def test_a_feeds_file_with_many_mistakes(two: Desk, newsroom: Newsroom) -> None:
    row = "publisher: P, kind: press, language: fr, country: FR"
    (two.folder / "feeds.yml").write_text(
        "feeds:\n"
        f"  - {{id: un, {row}}}\n"
        f"  - {{id: deux, url: 'http://a.example/', {row.replace('FR', 'Nullepart')}}}\n"
        f"  - {{id: deux, url: 'http://b.example/', {row}}}\n"
        f"  - {{id: trois, url: 'http://c.example/', {row}, couleur: bleu}}\n"
    )
    outcome = two.call("run")
    assert outcome.code == 2
    assert [number for number in "2345" if f":{number}" in outcome.err] == list("2345"), outcome.err
    assert newsroom.requests == ()
    two.audit()


@fault(
    "settings",
    "feed-removed",
    "A feed loses its row in the feeds file",
    after="its articles stay and are found; it is asked no more; with its row again it goes on, and nothing is doubled",
)
def test_a_feed_that_loses_its_row(desk: Desk, newsroom: Newsroom) -> None:
    rows = [
        {
            "id": name,
            "url": put_feed(
                newsroom, Item(link=newsroom.put(f"/{name}", html(name)), title=name), path=f"/{name}.xml"
            ),
        }
        for name in ("reste", "part")
    ]
    desk.follow(*rows)
    desk.run()
    desk.follow(rows[0])
    desk.wait(hours=7)
    desk.run()
    assert [request.path for request in newsroom.requests].count("/part.xml") == 1
    all_in(desk)
    desk.follow(*rows)
    desk.wait(hours=7)
    desk.run()
    all_in(desk)


@each_fault(
    "settings",
    "setting",
    *(
        Row(id=f"setting-{name.lower()}", what=f"{name} is {what}", value=(name, value),
            after="refused in one line that names it, with exit 2, before anything is done")
        for name, what, value in (
            ("VIGIE_LEDGER_URL", "a database that is not supported", "mysql://a/b"),
            ("VIGIE_INDEX_URL", "no index", "gopher://a"),
            ("VIGIE_ARCHIVE_URL", "no storage that is known", "nulle://a/b"),
            ("VIGIE_HOST_DELAY_S", "less than nothing", "-1"),
            ("VIGIE_FEEDS", "a file that is not there", "/nulle/part.yml"),
        )
    ),
)  # fmt: skip
def test_a_setting_that_is_wrong(two: Desk, newsroom: Newsroom, setting: tuple[str, str]) -> None:
    name, value = setting
    one_line(two.call("run", **{name: value}), 2, name)
    two.run()
    all_in(two)


@fault(
    "settings",
    "home-a-file",
    "VIGIE_HOME is a file",
    after="refused in one line with exit 2; the file is not touched",
)
def test_a_home_that_is_a_file(two: Desk) -> None:
    home = two.folder / "home"
    home.write_text("un fichier")
    one_line(two.call("run"), 2, "VIGIE_HOME")
    assert home.read_text() == "un fichier"
    home.unlink()
    two.run()
    all_in(two)
