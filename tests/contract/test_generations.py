"""A changed mapping on a real Elasticsearch: search answers all through, nothing is lost or doubled, and there is a way back."""

import json
import shutil
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.builders import alert
from tests.contract.conftest import take_away
from tests.contract.documents import document
from vigie.adapters.index.elasticsearch import copying, names, setting_up
from vigie.adapters.index.elasticsearch.engine import ElasticsearchIndex
from vigie.adapters.index.opening import open_index
from vigie.adapters.index.port import Question, SetUp
from vigie.errors import PermanentError, TransientError, UsageError
from vigie.search.findings import build_alert_document

pytestmark = pytest.mark.elasticsearch
MONTHS = ("2025-12-31T00:00:00Z", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")


@dataclass(slots=True)
class Site:
    """An installation whose files can be changed: each opening is another process."""

    url: str
    prefix: str
    files: Path
    patch: pytest.MonkeyPatch
    opened: list[ElasticsearchIndex] = field(default_factory=list)

    def open(self) -> ElasticsearchIndex:
        index = open_index(self.url, prefix=self.prefix)
        assert isinstance(index, ElasticsearchIndex)
        self.opened.append(index)
        return index

    def change(self, name: str, edit: Callable[[dict[str, Any]], None]) -> None:
        """Install files that say something else."""
        file = self.files / f"{name}.json"
        body = json.loads(file.read_text())
        edit(body)
        file.write_text(json.dumps(body))
        names.read_wanted.cache_clear()


@pytest.fixture
def site(elasticsearch_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Set up, with a document a month."""
    shutil.copytree(names.TEMPLATES, tmp_path / "files")
    monkeypatch.setattr(names, "TEMPLATES", tmp_path / "files")
    names.read_wanted.cache_clear()
    site = Site(elasticsearch_url, f"t-{uuid.uuid4().hex[:12]}-articles", tmp_path / "files", monkeypatch)
    site.open().set_up()
    yield site
    take_away(site.opened[0])
    for index in site.opened:
        index.close()
    names.read_wanted.cache_clear()


def add_field(body: dict[str, Any]) -> None:
    body["template"]["mappings"]["properties"]["mood"] = {"type": "keyword"}


def other_type(body: dict[str, Any]) -> None:
    body["template"]["mappings"]["properties"]["rules_version"] = {"type": "text", "analyzer": "vigie_plain"}


def impossible(body: dict[str, Any]) -> None:
    body["template"]["mappings"]["properties"]["publisher"] = {"type": "long"}


def fill(index: ElasticsearchIndex, count: int = 9) -> None:
    documents = [document(f"a{n:04d}", first_seen_at=MONTHS[n % 3]) for n in range(count)]
    assert index.put(documents) == ()


def change_of(said: tuple[SetUp, ...], name: str = "articles") -> tuple[str, int, int]:
    (one,) = [each for each in said if each.name == name]
    return one.change, one.generation, one.copied


@contextmanager
def asked_all_the_time(site: Site, least: set[str]) -> Iterator[list[str]]:
    """Somebody searches in a loop; what he saw that he should not."""
    wrong: list[str] = []
    ended, reader, rounds = threading.Event(), site.open(), [0]

    def ask() -> None:
        while not ended.is_set():
            rounds[0] += 1
            try:
                answer = reader.search(Question(size=5_000))
            except Exception as error:  # whatever a reader would get to see
                wrong.append(repr(error))
                continue
            ids = [hit.id for hit in answer.hits]
            if len(ids) != len(set(ids)) or answer.total != len(ids):
                wrong.append(f"{len(ids)} hits, {len(set(ids))} articles, total {answer.total}")
            if not least <= set(ids):
                wrong.append(f"missing: {sorted(least - set(ids))[:3]}")

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield wrong
    finally:
        ended.set()
        thread.join()
    assert rounds[0] > 2


@contextmanager
def written_all_the_time(site: Site) -> Iterator[list[str]]:
    """Somebody writes and deletes in a loop, in a process that was there before; the ids that should be there."""
    ended, writer, there = threading.Event(), site.open(), list[str]()
    faults: list[BaseException] = []
    writer.put([document("w0000")])

    def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            try:
                put = [document(f"w{number:04d}-{n}", first_seen_at=MONTHS[n]) for n in range(3)]
                assert writer.put(put) == ()
                writer.delete([put[0]["id"]])
                there.extend(each["id"] for each in put[1:])
            except BaseException as fault:
                faults.append(fault)
                return

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield there
    finally:
        ended.set()
        thread.join()
    assert faults == []


def test_the_files_and_the_server_say_the_same(site: Site) -> None:
    """So the next set-up sees a change where there is one, and none where there is none."""
    index = site.open()
    for family in names.list_families(site.prefix).values():
        head = family.index(family.head, 1)
        on_server = index._client.indices.get_mapping(index=head)[head]["mappings"]["properties"]
        assert on_server == names.read_wanted(family.file).mappings["properties"], family.name
    assert {(said.change, said.generation, said.kept) for said in index.set_up()} == {("none", 1, ())}


def test_a_new_field_is_added_in_place(site: Site) -> None:
    index = site.open()
    fill(index)
    site.change("template", add_field)
    assert change_of(site.open().set_up()) == ("extended", 1, 0)
    assert change_of(site.open().set_up()) == ("none", 1, 0)
    month = f"{site.prefix}-2026.01-v1"
    fields = index._client.indices.get_mapping(index=month)[month]["mappings"]["properties"]
    assert fields["mood"] == {"type": "keyword"}
    assert len(dict(index.versions())) == 9
    site.open().put([document("new", first_seen_at="2027-01-01T00:00:00Z")])
    fields = index._client.indices.get_mapping(index=f"{site.prefix}-2027.01-v1")
    assert "mood" in json.dumps(fields.body)


def test_search_answers_all_through_and_nothing_is_lost(site: Site) -> None:
    fill(site.open(), 150)
    least = {f"a{n:04d}" for n in range(150)}
    before = {found.id: found.document for found in site.open().search(Question(size=5_000)).hits}
    with asked_all_the_time(site, least) as wrong, written_all_the_time(site) as there:
        site.change("template", other_type)
        said = site.open().set_up()
    assert wrong == []
    change_said, generation, copied = change_of(said)
    assert (change_said, generation) == ("moved", 2)
    assert copied >= 150
    index = site.open()
    held = dict(index.versions())
    assert set(held) == {*least, "w0000", *there}
    after = {found.id: found.document for found in index.search(Question(size=5_000)).hits}
    assert {key: after[key] for key in before} == before
    assert change_of(index.set_up()) == ("none", 2, 0)


def test_the_way_back_takes_along_what_was_written_since(site: Site) -> None:
    fill(site.open())
    site.change("template", other_type)
    assert change_of(site.open().set_up()) == ("moved", 2, 9)
    index = site.open()
    index.put([document("since"), document("a0001", version=5, first_seen_at=MONTHS[1])])
    index.delete(["a0002"])
    with asked_all_the_time(site, {"a0000", "since"}) as wrong:
        assert change_of(index.roll_back()) == ("returned", 1, 3)
    assert wrong == []
    assert dict(index.versions()) == {
        **{f"a{n:04d}": 1 for n in (0, 3, 4, 5, 6, 7, 8)},
        **{"a0001": 5, "since": 1},
    }
    # The old files are installed again: nothing to change, and writers go on.
    shutil.copy(Path(setting_up.__file__).parents[4] / "elasticsearch/template.json", site.files)
    names.read_wanted.cache_clear()
    assert change_of(site.open().set_up()) == ("none", 1, 0)
    assert site.open().put([document("later")]) == ()
    with pytest.raises(UsageError, match="keeps no older generation"):
        site.open().roll_back()


def test_what_is_kept_is_dropped_when_told(site: Site) -> None:
    fill(site.open())
    site.change("template", other_type)
    (said, *_) = site.open().set_up()
    assert len(said.kept) == 4
    assert set(site.open().drop_kept()) == set(said.kept)
    index = site.open()
    assert len(dict(index.versions())) == 9
    assert index.drop_kept() == ()
    with pytest.raises(UsageError, match="keeps no older generation"):
        index.roll_back()
    # A process that still believes in what is gone makes nothing of its own.
    late = index._client.options(ignore_status=403)
    late.index(index=f"{site.prefix}-2026.01-v1", document={"guessed": 1})
    assert len(dict(index.versions())) == 9
    assert index.search(Question(size=0)).total == 9


@pytest.mark.parametrize("at", ["bring_up", "close", "_swap"])
def test_a_move_that_was_killed_is_done_again(site: Site, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = site.open()
    fill(writer)
    site.change("template", other_type)

    class Killed(BaseException):
        pass

    def die(*_given: object) -> None:
        raise Killed

    owner = {"bring_up": copying.Copier, "close": setting_up.FamilyThere, "_swap": setting_up.FamilySetup}[at]
    with monkeypatch.context() as patch:
        patch.setattr(owner, at, die)
        patch.setattr(setting_up.FamilyThere, "open", die)  # nothing is tidied up: it is dead
        with pytest.raises(Killed):
            site.open().set_up()
    assert len(dict(writer.versions())) == 9
    if at == "_swap":
        monkeypatch.setattr("vigie.adapters.index.elasticsearch.writing.HELD_ATTEMPTS", 1)
        with pytest.raises(TransientError, match="is being changed"):
            writer.put([document("held")])
    assert change_of(site.open().set_up())[:2] == ("moved", 2)
    index = site.open()
    assert index.put([document("held")]) == ()
    assert len(dict(index.versions())) == 10


def test_what_the_new_mapping_refuses_changes_nothing(site: Site) -> None:
    writer = site.open()
    fill(writer)
    site.change("template", impossible)
    with pytest.raises(PermanentError, match=r"does not take what is there: a\d+: .*publisher"):
        site.open().set_up()
    assert len(dict(writer.versions())) == 9
    assert writer.put([document("still")]) == ()


def test_an_upgrade_works_before_its_set_up(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A field that the server does not know yet is left out, said aloud, and filled in by the set-up."""
    site.change("template", lambda body: body["template"]["mappings"]["properties"].pop("leader_countries"))
    site.change("analysis", lambda body: body["template"]["settings"].update({"index": {}}))
    site.open().set_up()
    shutil.copytree(Path(setting_up.__file__).parents[4] / "elasticsearch", site.files, dirs_exist_ok=True)
    names.read_wanted.cache_clear()
    people = [{"id": "Q1", "name": "N", "role": "hos", "country": "FR", "mentions": 1, "subject": True}]
    put = document("a", people=people, leader_countries=["FR"])
    assert site.open().put([put]) == ()
    assert "run `vigie setup-search`" in caplog.text
    assert "leader_countries" not in site.open().get("a")
    assert change_of(site.open().set_up())[0] == "moved"
    assert site.open().get("a") == put


def test_findings_move_as_articles_do(site: Site) -> None:
    index = site.open()
    documents = [build_alert_document(alert(name)) for name in ("a", "b")]
    index.findings("alerts").put(documents)
    site.change(
        "alerts", lambda body: body["template"]["mappings"]["properties"].update(reason={"type": "keyword"})
    )
    said = site.open().set_up()
    assert change_of(said, "alerts") == ("moved", 2, 2)
    assert change_of(said, "articles") == ("none", 1, 0)
    assert [found["id"] for found in site.open().findings("alerts").newest()] == ["a", "b"]
    assert site.open().findings("alerts").put([build_alert_document(alert("c"))]) == ()


def test_an_index_of_before_generations_is_moved(site: Site) -> None:
    """Names without a generation, documents without the newest fields."""
    index = site.open()
    take_away(index)
    wanted = names.read_wanted("template")
    properties = {k: v for k, v in wanted.mappings["properties"].items() if k != "leader_countries"}
    for month in ("0000.00", "2026.01"):
        index._client.indices.create(
            index=f"{site.prefix}-{month}",
            aliases={site.prefix: {}},
            settings=dict(wanted.analysis),
            mappings={"dynamic": "strict", "properties": properties},
        )
    people = [
        {"id": "Q1", "name": "N", "role": "hos", "country": "FR", "mentions": 1, "subject": True},
    ]
    old = {k: v for k, v in document("a", people=people).items() if k != "leader_countries"}
    index._client.index(
        index=f"{site.prefix}-2026.01", id="a", document=old, version=1, version_type="external", refresh=True
    )
    with pytest.raises(UsageError, match="of an older Vigie; run `vigie setup-search`"):
        site.open().put([document("b")])
    assert change_of(site.open().set_up()) == ("moved", 1, 1)
    found = site.open().get("a")
    assert found == {**old, "leader_countries": ["FR"]}


def test_two_words_of_one_quotation_are_asked_together(site: Site) -> None:
    """What KQL makes of `quotes:{ speaker: "A" and text: "oui" }`: nested lists keep each object apart."""
    index = site.open()
    said = {"start": 0, "end": 3, "kind": "direct", "speaker_id": None, "mention": None}
    quotes = [{**said, "speaker": "A", "text": "oui"}, {**said, "speaker": "B", "text": "non"}]
    index.put([document("a", quotes=quotes)])

    def ask(speaker: str, text: str) -> int:
        both = [{"term": {"quotes.speaker": speaker}}, {"match": {"quotes.text": text}}]
        query = {"nested": {"path": "quotes", "query": {"bool": {"filter": both}}}}
        return int(index._client.search(index=site.prefix, query=query)["hits"]["total"]["value"])

    assert (ask("A", "oui"), ask("A", "non"), ask("B", "non")) == (1, 0, 1)
    assert index.search(Question(size=10)).total == 1
