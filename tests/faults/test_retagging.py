"""A word list changes: what that would change is said before, done in batches, and goes on where it was stopped."""

import shutil

import pytest

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, put_feed
from tests.faults.table import fault
from vigie.adapters.knowledge_files import DEFAULT_FOLDER, load_knowledge
from vigie.adapters.ledger import retags
from vigie.knowledge import FILES
from vigie.tagging.pipeline import Tagger, load_tagger

TOPIC = (
    '\n  - {id: "desk:phares", label: "Phares", broader: ["medtop:11000000"], strong: [gardien de phare]}\n'
)


@pytest.fixture(scope="module")
def other_rules(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    """The rules of a desk that has added a topic."""
    folder = tmp_path_factory.mktemp("include")
    for name in FILES:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(DEFAULT_FOLDER / name, folder / name)
    desk_topics = folder / "topics" / "desk.yml"
    desk_topics.write_text(desk_topics.read_text(encoding="utf-8").rstrip() + TOPIC, encoding="utf-8")
    return load_tagger(load_knowledge(folder))


@pytest.fixture
def archive(desk: Desk, newsroom: Newsroom) -> Desk:
    """Three articles in the index; one is about the new topic."""
    texts = {
        "Le dernier gardien de phare": "Le gardien de phare quitte son île après trente ans de service en mer.",
        "Le marché de la place": "Le marché couvert a rouvert ses portes après deux ans de travaux sur la place.",
        "Un nouveau tramway": "La nouvelle ligne de tramway relie la gare aux quartiers du nord de la ville.",
    }
    items = [
        Item(link=newsroom.put(f"/p/{n}", html(title, [text * 3])), title=title)
        for n, (title, text) in enumerate(texts.items())
    ]
    desk.follow({"id": "essai", "url": put_feed(newsroom, *items)})
    desk.run()
    return desk


def _use(monkeypatch: pytest.MonkeyPatch, tagger: Tagger) -> None:
    monkeypatch.setattr("vigie.stores.load_tagger_once", lambda: tagger)


def _labels(desk: Desk) -> dict[str, list[str]]:
    hits = desk.ask("search", "", "--size", "10")["hits"]
    return {hit["title"]: [t["label"] for t in hit["topics"] if t["id"] == "desk:phares"] for hit in hits}


def test_nothing_is_stale_while_the_rules_are_the_same(archive: Desk) -> None:
    assert archive.ask("reprocess", "--dry-run") == {"stale": 0, "seen": 0, "changed": 0, "tags": []}
    assert archive.ask("reprocess", "--tags-only")["reprocess"]["taken"] == 0


def test_what_would_change_is_said_and_nothing_is_written(
    archive: Desk, other_rules: Tagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = archive.articles()
    _use(monkeypatch, other_rules)
    found = archive.ask("reprocess", "--dry-run")
    assert (found["stale"], found["seen"], found["changed"]) == (3, 3, 1)
    assert {"kind": "topic", "name": "Phares", "gained": 1, "lost": 0} in found["tags"]
    assert archive.ask("reprocess", "--dry-run", "--limit", "2")["seen"] == 2
    assert "Phares" in archive.call("reprocess", "--dry-run").out
    assert archive.articles() == before
    archive.audit()


def test_only_tags_are_made_anew_from_the_index(
    archive: Desk, newsroom: Newsroom, other_rules: Tagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = len(newsroom.requests)
    _use(monkeypatch, other_rules)
    done = archive.ask("reprocess", "--tags-only")
    assert done["reprocess"]["done"] == done["tag"]["done"] == done["index"]["done"] == 3
    assert "extract" not in done or done["extract"]["taken"] == 0
    assert _labels(archive)["Le dernier gardien de phare"] == ["Phares"]
    assert archive.ask("reprocess", "--dry-run")["stale"] == 0
    assert len(newsroom.requests) == asked
    archive.audit()


@fault(
    "processes",
    "retag-stopped",
    "A run that tags a range again after a word list changed is stopped between two batches",
    after="what it had reopened is due, the rest is still by the old rules; the same command does both, once",
)
def test_a_run_that_was_stopped_goes_on(
    archive: Desk, other_rules: Tagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use(monkeypatch, other_rules)
    reopen = retags.reopen_tags

    def stop_after_one(ledger: object, articles: list[object]) -> int:
        reopen(ledger, articles[:1])  # type: ignore[arg-type]  # what the step gives
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(retags, "reopen_tags", stop_after_one)
        assert archive.call("reprocess", "--tags-only").code != 0
    archive.audit()
    done = archive.ask("reprocess", "--tags-only")
    assert (done["reprocess"]["done"], done["index"]["done"]) == (2, 3)
    assert archive.ask("reprocess", "--dry-run")["stale"] == 0
    archive.audit()


def test_a_range_is_a_range(archive: Desk, other_rules: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    _use(monkeypatch, other_rules)
    assert archive.ask("reprocess", "--tags-only", "--since", "2030-01-01")["reprocess"]["taken"] == 0
    assert archive.ask("reprocess", "--dry-run", "--until", "2020-01-01")["stale"] == 0


def test_a_limit_without_a_dry_run_is_refused(archive: Desk) -> None:
    outcome = archive.call("reprocess", "--limit", "5")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "--limit" in outcome.err
