"""The filters, as DESIGN.md fixes them: JSON Lines in, JSON Lines out, one line a document, in input order."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import START, Outcome, call_vigie
from tests.cli.site import TEXT, html, published
from vigie.tagging.pipeline import Tagger

EXTRACT_KEYS = {"id", "title", "text", "published_at", "published_origin", "language", "authors"}
TAG_KEYS = {
    *("id", "leaders", "topics", "places", "organizations", "quotes", "events", "keyphrases"),  # the contract
    *("people", "reported", "limits"),
}
LEADER_KEYS = {"id", "name", "mention", "start", "end", "via", "role", "country", "confidence"}
QUOTE_KEYS = {"text", "start", "end", "speaker", "speaker_id", "kind", "mention"}
ALERT_KEYS = {"fired_at", "topic", "terms", "article_ids", "now", "before", "sources", "reason"}
SPEECH = (
    "Le président français Emmanuel Macron a reçu mardi à Paris le chancelier Olaf Scholz. "
    "« L'Europe doit investir davantage dans sa défense », a déclaré Emmanuel Macron. "
    "Son homologue allemand a approuvé devant l'Assemblée nationale."
)


def pipe(command: str, *documents: Any, **environment: str) -> Outcome:
    """A filter over documents; a string is a line as it stands."""
    lines = [d if isinstance(d, str) else json.dumps(d, ensure_ascii=False) for d in documents]
    return call_vigie(command, stdin="\n".join(lines), environment=environment)


def test_extract_answers_each_document_in_order(tmp_path: Path) -> None:
    page = html("Un pont à Sarvoles", head=published("2026-11-20T18:30:00+01:00"))
    (tmp_path / "page.html").write_bytes(page)
    outcome = pipe(
        "extract",
        {"id": "a", "html": page.decode(), "url": "https://exemple.fr/pont", "date": "2026-11-23"},
        {"id": "b", "html_path": str(tmp_path / "page.html")},
        {"id": "c", "html_path": str(tmp_path / "absente.html")},
        {"id": "d"},
        {"id": "e", "html": ""},
        {"html": page.decode()},
        {"id": {"un": "objet"}, "html": page.decode()},
        {"id": "f", "html": page.decode(), "html_path": str(tmp_path / "absente.html")},
        {"id": "g", "html_path": str(tmp_path)},
        {"id": "h", "html_path": "a\0b"},
        VIGIE_NOW=START.isoformat(),
    )
    assert outcome.code == 0
    found = outcome.objects
    assert [line["id"] for line in found] == ["a", "b", "c", "d", "e", None, {"un": "objet"}, "f", "g", "h"]
    for place in (0, 1, 7):
        assert found[place].keys() >= EXTRACT_KEYS
        assert found[place]["title"] == "Un pont à Sarvoles"
        assert found[place]["text"] == "\n".join(TEXT)
        assert (found[place]["published_at"], found[place]["published_origin"]) == (
            "2026-11-20T18:30:00+01:00",
            "meta",
        )
        assert found[place]["language"] == "fr"
    for place in (2, 3, 4, 5, 6, 8, 9):
        assert found[place].keys() == {"id", "error"}
        assert found[place]["error"]
        assert "\n" not in found[place]["error"]


def test_the_html_given_wins_over_a_path_and_bytes_of_a_file_are_decoded(tmp_path: Path) -> None:
    (tmp_path / "latin.html").write_bytes(
        html("Été à Nîmes").replace(b"utf-8", b"iso-8859-1").decode().encode("cp1252")
    )
    (line,) = pipe("extract", {"id": "a", "html_path": str(tmp_path / "latin.html")}).objects
    assert line["title"] == "Été à Nîmes"


def test_extract_knows_no_date_ahead_of_the_clock_or_of_the_date_given() -> None:
    page = html("Demain", head=published("2026-11-25T18:30:00+01:00")).decode()
    lines = (
        {"id": "clock", "html": page},
        {"id": "given", "html": page, "date": "2026-11-24"},
        {"id": "same day", "html": page, "date": "2026-11-25"},
        {"id": "junk", "html": page, "date": "hier soir"},
        {"id": "end of time", "html": page, "date": "9999-12-31"},
    )
    found = pipe("extract", *lines, VIGIE_NOW=START.isoformat()).objects
    assert {line["id"]: line["published_at"] for line in found} == {
        "clock": None,
        "given": None,
        "same day": "2026-11-25T18:30:00+01:00",
        "junk": None,
        "end of time": None,
    }


def test_ids_come_back_as_they_were_given() -> None:
    text = "Rien de neuf."
    found = pipe("tag", {"id": 7, "text": text}, {"id": "7", "text": text}, {"id": 2.5, "text": text}).objects
    assert [line["id"] for line in found] == [7, "7", 2.5]
    found = pipe("extract", {"id": 12, "html": html("Un titre").decode()}, {"id": 13}).objects
    assert [line["id"] for line in found] == [12, 13]


def test_tag_has_every_field_and_offsets_cut_the_mention() -> None:
    text = "🎉 " + SPEECH  # offsets are characters, not bytes or UTF-16 units
    outcome = pipe(
        "tag", {"id": "a", "date": "2022-06-21", "title": "Visite", "text": text, "language": "fr"}
    )
    (line,) = outcome.objects
    assert outcome.code == 0
    assert line.keys() == TAG_KEYS
    leaders = {(leader["id"], leader["mention"], leader["via"]) for leader in line["leaders"]}
    assert ("Q3052772", "Emmanuel Macron", "name") in leaders
    assert all(leader.keys() == LEADER_KEYS for leader in line["leaders"])
    assert all(text[m["start"] : m["end"]] == m["mention"] for m in line["leaders"])
    assert {m["via"] for m in line["leaders"]} <= {"name", "title", "periphrasis", "pronoun-homologue"}
    assert all(0 <= m["confidence"] <= 1 for m in line["leaders"])
    (quote,) = line["quotes"]
    assert quote.keys() == QUOTE_KEYS
    assert (
        text[quote["start"] : quote["end"]]
        == quote["text"]
        == "L'Europe doit investir davantage dans sa défense"
    )
    assert quote["speaker_id"] == "Q3052772"
    assert all(text[p["start"] : p["end"]] == p["mention"] for p in line["places"] + line["organizations"])
    assert all(isinstance(phrase, str) for phrase in line["keyphrases"])
    assert all({"id", "label", "score"} <= topic.keys() for topic in line["topics"])


@pytest.mark.parametrize(
    "date", [None, "", "2022", "2022-06", "2022-06-21", "2022-06-21T10:00:00+02:00", "juin", "2022-13-45"]
)
def test_a_date_may_be_partial_or_null_or_junk(date: str | None) -> None:
    (line,) = pipe("tag", {"id": "a", "date": date, "text": SPEECH}).objects
    assert "error" not in line
    assert "Q3052772" in {leader["id"] for leader in line["leaders"]}


def test_a_title_means_a_person_at_a_date() -> None:
    text = "Le président de la République a reçu les maires."
    dates = ("2010-05", "2015-05-01", "2022")
    found = pipe("tag", *({"id": d, "date": d, "text": text} for d in dates)).objects
    assert [[leader["name"] for leader in line["leaders"]] for line in found] == [
        ["Nicolas Sarkozy"], ["François Hollande"], ["Emmanuel Macron"]
    ]  # fmt: skip


def test_tag_goes_on_after_a_document_that_cannot_be_done() -> None:
    good = {"id": "bon", "text": SPEECH, "date": "2022"}
    bad = (
        {"id": "sans"},
        {"id": "nul", "text": None},
        {"id": "nombre", "text": 3.5, "title": []},
        {"text": "x"},
    )
    outcome = pipe("tag", good, *bad, good)
    assert outcome.code == 0
    found = outcome.objects
    assert [line["id"] for line in found] == ["bon", "sans", "nul", "nombre", None, "bon"]
    assert [set(line) == {"id", "error"} for line in found] == [False, True, True, True, True, False]
    assert found[0] == found[-1]
    assert found[1]["error"].startswith("text")


def test_language_tags_and_countries_are_read_in_any_form() -> None:
    lines = [
        {"id": str(n), "text": SPEECH, "date": "2022", "language": language, "source_country": country}
        for n, (language, country) in enumerate(
            (("fr", "FR"), ("fr-FR", "fr"), ("FR_fr", None), (None, "FR"))
        )
    ]
    first, *others = pipe("tag", *lines).objects
    assert first["places"]
    assert [other | {"id": "0"} for other in others] == [first] * 3


def test_a_batch_with_one_text_that_the_tagger_cannot_bear(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tagger is the real one; only the poisoned text makes a component of it raise."""
    cut = Tagger._cut

    def trip(self: Tagger, article: Any) -> Any:
        if article.id == "poison":
            raise RuntimeError("trop\npour moi")
        return cut(self, article)

    monkeypatch.setattr(Tagger, "_cut", trip)
    found = pipe("tag", *({"id": i, "text": SPEECH, "date": "2022"} for i in ("a", "poison", "b"))).objects
    assert found[1] == {"id": "poison", "error": "RuntimeError: trop pour moi"}
    assert found[0]["leaders"] == found[2]["leaders"] != []


@pytest.mark.parametrize("command", ["extract", "tag", "detect"])
def test_what_is_not_json_lines_ends_with_two_and_one_line(command: str) -> None:
    good = {"id": "a", "html": html("Un titre").decode(), "text": "Un texte.", "published_at": "2026-01-01"}
    for bad in ("pas du JSON", "[1, 2]", '"texte"', "null", "3", '{"id": "b"', "[" * 100_000):
        outcome = pipe(command, good, "", bad, good)
        assert outcome.code == 2, bad[:20]
        assert len(outcome.err.splitlines()) == 1
        assert "line 3" in outcome.err
        assert [line["id"] for line in outcome.objects] == ([] if command == "detect" else ["a"])
    latin = json.dumps(good).encode() + b"\n" + '{"id": "été"}'.encode("latin-1")
    assert call_vigie(command, stdin=latin, environment={}).code == 2


@pytest.mark.parametrize("command", ["extract", "tag", "detect"])
def test_blank_lines_a_byte_order_mark_and_no_input_at_all(command: str) -> None:
    assert call_vigie(command, environment={}) == Outcome(code=0, out="", err="")
    assert call_vigie(command, stdin="\n  \n\r\n", environment={}) == Outcome(code=0, out="", err="")
    marked = call_vigie(command, stdin='\ufeff{"id": "a"}\r\n\r\n{"id": "b"}', environment={})
    assert marked.code == 0
    assert [line["id"] for line in marked.objects] == ["a", "b"]


def test_a_huge_line_and_odd_characters() -> None:
    odd = "Un\u2028séparateur, un\u202e retournement, un\x00 nul, une\ud83d moitié, une fin\x85 et 👩‍🚒."
    long = "Le conseil municipal de Sarvoles a voté. " * 2_500 + SPEECH
    outcome = call_vigie(
        "tag",
        stdin="".join(json.dumps({"id": odd, "text": text, "date": "2022"}) + "\n" for text in (odd, long)),
        environment={},
    )
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == 2  # nothing in it ends a line, for Python either
    assert outcome.out.isprintable() is False  # the two line ends
    assert outcome.out.replace("\n", "").isprintable()
    first, second = outcome.objects
    assert first["id"] == second["id"] == odd
    (macron, *_) = [leader for leader in second["leaders"] if leader["id"] == "Q3052772"]
    assert macron["start"] > 100_000
    assert long[macron["start"] : macron["end"]] == macron["mention"]


NEWS = 9
"""Far more than the detector asks for: how much it asks for is not this test's business."""


def stream(days: int = 12, sources: int = 3) -> list[dict[str, Any]]:
    """Quiet days, and a last one on which one subject is new."""
    quiet = [
        {
            "id": f"{day}-{source}",
            "published_at": f"2026-11-{day + 1:02}T0{source + 6}:00:00Z",
            "source": f"Journal {source}",
            "title": f"Le marché numéro {day}",
            "text": "Les députés examinent le budget des communes.",
            "keyphrases": ["budget des communes", f"marché numéro {day % 3}"],
        }
        for day in range(days)
        for source in range(sources)
    ]
    new = [
        {
            "id": f"neuf-{n}",
            "published_at": f"2026-11-{days + 1:02}T{9 + n:02}:00:00+01:00",
            "source": f"Journal {n % sources}",
            "title": "L'eau de Brévanoux polluée au cobalt",
            "text": "À Brévanoux, l'eau est polluée au cobalt depuis dimanche.",
            "url": f"https://exemple.fr/{n}",
            "keyphrases": ["cobalt de Brévanoux"],
        }
        for n in range(NEWS)
    ]
    return [*quiet, *new]


def test_detect_writes_the_alerts_in_order_with_every_field() -> None:
    articles = stream()
    outcome = pipe("detect", *articles)
    assert outcome.code == 0
    (alert,) = outcome.objects
    assert alert.keys() >= ALERT_KEYS
    assert "Brévanoux" in alert["topic"]
    assert any("Brévanoux" in term for term in alert["terms"])
    assert set(alert["article_ids"]) <= {f"neuf-{n}" for n in range(NEWS)}
    assert alert["now"] == len(alert["article_ids"])
    assert alert["before"] == 0
    assert set(alert["sources"]) <= {f"Journal {n}" for n in range(3)}
    assert len(alert["sources"]) > 1
    assert alert["reason"]
    last = articles[len(articles) - NEWS + alert["now"] - 1]  # the last that it had seen
    assert datetime.fromisoformat(alert["fired_at"]) == datetime.fromisoformat(last["published_at"])


def test_detect_never_needs_what_comes_after() -> None:
    """The alerts of a shorter stream are the first of a longer one's."""
    articles = stream()
    (alert,) = pipe("detect", *articles).objects
    until = len(articles) - NEWS + alert["now"]
    assert pipe("detect", *articles[:until]).objects == [alert]
    assert pipe("detect", *articles[: until - 1]).objects == []


def test_detect_tags_by_itself_what_carries_no_tags() -> None:
    bare = [{k: v for k, v in a.items() if k != "keyphrases"} for a in stream(days=8)]
    outcome = pipe("detect", *bare)
    assert outcome.code == 0
    assert any("Brévanoux" in alert["topic"] for alert in outcome.objects)


def test_detect_goes_on_after_a_document_that_cannot_be_done() -> None:
    articles = stream()
    bad: list[dict[str, Any]] = [
        {"id": "sans date"},
        {"id": "date", "published_at": "hier", "title": "x"},
        {"id": "loin", "published_at": "9999-12-31T00:00:00Z", "title": "x"},
        {"id": "tôt", "published_at": "0001-01-01T00:00:00+14:00", "title": "x"},
        {"id": "tags", "published_at": "2026-11-12", "tags": ["oui"]},
        {"id": "leaders", "published_at": "2026-11-12", "leaders": [{"nom": "x"}]},
        {"published_at": "2026-11-12"},
    ]
    nulls = {
        "id": "nuls",
        "published_at": "2026-11-12T23:00:00Z",
        "title": None,
        "text": None,
        "source": None,
    }
    outcome = pipe("detect", *articles[:36], *bad, nulls | {"tags": {}}, *articles[36:])
    assert outcome.code == 0
    errors = [line for line in outcome.objects if "error" in line]
    assert [line["id"] for line in errors] == [b.get("id") for b in bad]
    assert [line for line in outcome.objects if "error" not in line] == pipe("detect", *articles).objects


def test_filters_need_no_home_and_make_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ici.html").write_bytes(html("Un titre"))
    home = tmp_path / "home"
    outcome = pipe("extract", {"id": "a", "html_path": "ici.html"}, VIGIE_HOME=str(home))
    assert outcome.objects[0]["title"] == "Un titre"
    assert pipe("tag", {"id": "a", "text": "Oui."}, VIGIE_HOME=str(home)).code == 0
    assert not home.exists()
