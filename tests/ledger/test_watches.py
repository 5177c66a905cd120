"""Watches in the ledger: kept, removed, matched once; alerts with their deliveries in the same transaction."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.builders import NOW, alert, article, entry
from tests.ledger.flow import MINUTE, assert_sound, extract, poll, publish, tag_and_index
from vigie.adapters.ledger import Ledger, alerts, stages, watches
from vigie.adapters.ledger.reports import alert_deliveries
from vigie.adapters.ledger.schema import MatchRow, WatchRow
from vigie.adapters.ledger.watches import FILE_DELAY, Match
from vigie.errors import UsageError
from vigie.model import AlertId, ArticleId
from vigie.watches.news import Unwatched
from vigie.watches.watch import Watch, WatchId

CHANNELS: watches.Told = {"watch": [("cle", "Slack")], "communique": [("autre", "Courriel")]}


def watch(watch_id: str = "eau", **fields: Any) -> Watch:
    return Watch(**{"id": WatchId(watch_id), "name": watch_id, "query": watch_id, **fields})


def match(found: Unwatched, watch_id: str = "eau", alert_id: str | None = "alerte-1") -> Match:
    return Match(
        watch_id=WatchId(watch_id),
        article_id=found.id,
        version=found.version,
        alert_id=AlertId(alert_id) if alert_id else None,
    )


def kept(ledger: Ledger) -> dict[str, tuple[str, str]]:
    """Origin and query of each watch that is on."""
    return {each.watch.id: (each.origin, each.watch.query) for each in watches.kept_watches(ledger)}


def record(ledger: Ledger, found: list[Unwatched], matches: list[Match], told: list[Any]) -> bool:
    return watches.record_watched(ledger, found, matches, told, CHANNELS, NOW)


# --- watches --------------------------------------------------------------------------------------------------------


def test_the_file_s_rows_come_change_and_go(ledger: Ledger) -> None:
    for _ in range(2):
        watches.sync_watches(ledger, [watch("eau"), watch("vin")], NOW)
        assert kept(ledger) == {"eau": ("file", "eau"), "vin": ("file", "vin")}
    watches.sync_watches(ledger, [watch("eau", query="source")], NOW + MINUTE)
    assert kept(ledger) == {"eau": ("file", "source")}
    (only,) = watches.kept_watches(ledger)
    assert only.made_at == NOW - FILE_DELAY  # a changed one is the same one
    with ledger.reading() as session:
        assert session.get_one(WatchRow, "vin").removed_at == NOW + MINUTE
    assert_sound(ledger)


def test_a_watch_that_comes_back_begins_anew(ledger: Ledger) -> None:
    watches.save_watch(ledger, watch(), NOW)
    assert watches.remove_watch(ledger, "eau", NOW + MINUTE)
    assert watches.remove_watch(ledger, "eau", NOW + 2 * MINUTE)
    assert kept(ledger) == {}
    watches.save_watch(ledger, watch(), NOW + 5 * MINUTE)
    (only,) = watches.kept_watches(ledger)
    assert only.made_at == NOW + 5 * MINUTE
    assert_sound(ledger)


def test_a_watch_made_by_hand_is_changed_by_saving_it_again(ledger: Ledger) -> None:
    watches.save_watch(ledger, watch(), NOW)
    watches.save_watch(ledger, watch(query="source"), NOW + MINUTE)
    (only,) = watches.kept_watches(ledger)
    assert (only.watch.query, only.made_at, only.origin) == ("source", NOW, "hand")


def test_the_file_and_the_hand_do_not_take_each_other_s_ids(ledger: Ledger) -> None:
    watches.sync_watches(ledger, [watch("eau")], NOW)
    watches.save_watch(ledger, watch("vin"), NOW)
    with pytest.raises(UsageError, match="change it there"):
        watches.save_watch(ledger, watch("eau"), NOW)
    with pytest.raises(UsageError, match="take the row out there"):
        watches.remove_watch(ledger, "eau", NOW)
    with pytest.raises(UsageError, match="made by hand already"):
        watches.sync_watches(ledger, [watch("eau"), watch("vin")], NOW)
    watches.sync_watches(ledger, [], NOW)
    assert kept(ledger) == {"vin": ("hand", "vin")}  # the file does not remove what a hand made
    watches.remove_watch(ledger, "vin", NOW)
    watches.sync_watches(ledger, [watch("vin")], NOW)
    watches.save_watch(ledger, watch("eau"), NOW)
    assert kept(ledger) == {"eau": ("hand", "eau"), "vin": ("file", "vin")}
    assert_sound(ledger)


def test_nobody_s_id_is_no_watch(ledger: Ledger) -> None:
    assert not watches.remove_watch(ledger, "eau", NOW)


# --- what they have not seen ----------------------------------------------------------------------------------------


def test_an_article_is_unwatched_once_it_is_indexed_and_again_in_its_next_version(ledger: Ledger) -> None:
    poll(ledger, entry("attend"))
    one = publish(ledger, entry("une"), at=NOW + MINUTE)
    (found,) = watches.unwatched_articles(ledger, 10)
    assert found == Unwatched(
        **{"id": one, "version": 1, "seen": 0, "first_seen_at": NOW + MINUTE, "published_at": None},
        **{"kind": "press", "origin": "page", "copy_of": None},
    )
    assert record(ledger, [found], [], [])
    assert watches.unwatched_articles(ledger, 10) == []
    stages.reopen(ledger, None, None)
    extract(ledger, article(one, version=2, text="Corrigé."))
    tag_and_index(ledger, [one])
    (again,) = watches.unwatched_articles(ledger, 10)
    assert (again.version, again.seen) == (2, 1)


def test_a_rebuild_of_the_same_versions_is_nothing_new(ledger: Ledger) -> None:
    one = publish(ledger, entry("une"))
    record(ledger, watches.unwatched_articles(ledger, 10), [], [])
    stages.reopen(ledger, None, None, forget_index=True)
    extract(ledger, article(one, url=entry("une").url))
    tag_and_index(ledger, [one])
    assert watches.unwatched_articles(ledger, 10) == []


def test_the_first_seen_come_first_and_no_more_than_asked(ledger: Ledger) -> None:
    ids = [publish(ledger, entry(f"n{number}"), at=NOW - number * MINUTE) for number in range(3)]
    assert [each.id for each in watches.unwatched_articles(ledger, 2)] == [ids[2], ids[1]]


# --- what they found ------------------------------------------------------------------------------------------------


def test_a_match_its_alert_and_its_delivery_are_one_transaction(ledger: Ledger) -> None:
    one = publish(ledger, entry("une"))
    watches.save_watch(ledger, watch(), NOW)
    found = watches.unwatched_articles(ledger, 10)
    told = [alert(kind="watch", about="eau"), alert("alerte-2", kind="communique")]
    assert record(ledger, found, [match(found[0])], told)
    assert alerts.recent_alerts(ledger, kind="watch") == told[:1]
    sent = {name: [to for to, *_rest in rows] for name, rows in alert_deliveries(ledger).items()}
    assert sent == {"alerte-1": ["Slack"], "alerte-2": ["Courriel"]}
    (only,) = watches.kept_watches(ledger)
    assert (only.found, only.last_found_at) == (1, NOW)
    before = watches.found_before(ledger, found)
    assert before.articles == before.texts == {("eau", one)}
    assert watches.known_alerts(ledger, {AlertId("alerte-1"), AlertId("alerte-3")}) == {"alerte-1"}
    assert_sound(ledger)


def test_who_comes_second_writes_nothing(ledger: Ledger) -> None:
    publish(ledger, entry("une"))
    watches.save_watch(ledger, watch(), NOW)
    found = watches.unwatched_articles(ledger, 10)
    assert record(ledger, found, [match(found[0])], [alert(kind="watch")])
    assert not record(ledger, found, [match(found[0])], [alert("alerte-2", kind="watch")])
    assert [each.id for each in alerts.recent_alerts(ledger)] == ["alerte-1"]
    with ledger.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(MatchRow)) == 1
    assert_sound(ledger)


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger) -> None:
    publish(ledger, entry("une"))
    found = watches.unwatched_articles(ledger, 10)
    with pytest.raises(Exception, match=r"(?i)foreign key|integrity"):
        record(ledger, found, [match(found[0], "personne")], [alert(kind="watch")])
    assert watches.unwatched_articles(ledger, 10) == found
    assert alerts.recent_alerts(ledger) == []
    assert_sound(ledger)


def test_a_copy_of_what_was_found_is_known_by_its_text(ledger: Ledger) -> None:
    text = "Le même texte, assez long pour être comparé. " * 20
    first = publish(ledger, entry("une"), title="Le titre", text=text)
    copy = publish(
        ledger, entry("deux", feed_id="le-soir", url="https://le-soir.example/x"), at=NOW + MINUTE,
        title="Le titre", text=text, feed_id="le-soir", publisher="Le Soir",
    )  # fmt: skip
    watches.save_watch(ledger, watch(), NOW)
    found = {each.id: each for each in watches.unwatched_articles(ledger, 10)}
    assert (found[copy].copy_of, found[copy].text_id) == (first, first)
    record(ledger, [found[first]], [match(found[first])], [])
    before = watches.found_before(ledger, [found[copy]])
    assert ("eau", first) in before.texts
    assert ("eau", copy) not in before.articles
    record(ledger, [found[copy]], [match(found[copy], alert_id=None)], [])
    assert ("eau", first) in watches.found_before(ledger, [found[first]]).texts
    assert_sound(ledger)


def test_more_keys_than_one_query_takes(ledger: Ledger) -> None:
    many = [AlertId(f"a{number}") for number in range(1200)]
    assert watches.known_alerts(ledger, set(many)) == set()
    publish(ledger, entry("une"))
    (found,) = watches.unwatched_articles(ledger, 10)
    others = [
        Unwatched(
            **{
                "id": ArticleId(f"x{number}"),
                "version": 1,
                "seen": 0,
                "first_seen_at": NOW - timedelta(days=1),
            },
            **{"published_at": None, "kind": "press", "origin": "feed", "copy_of": found.id},
        )
        for number in range(1200)
    ]
    assert watches.found_before(ledger, others).articles == set()
