"""What the alert of a watch says, and that of a communiqué."""

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import NOW, article, tagged
from vigie.alerts.communiques import communique_id, make_communique
from vigie.model import ArticleId, LeaderMention, PersonId, PersonTag, TaggedArticle, Tags, TopicId, TopicTag
from vigie.search.documents import build_document
from vigie.watches.news import Unwatched
from vigie.watches.telling import MATCHED, make_watch_alert, show_evidence
from vigie.watches.watch import Watch, WatchId

MACRON = PersonTag(
    id=PersonId("Q1"), name="Emmanuel Macron", role="hos", country="FR", mentions=3, subject=True
)
SCHOLZ = PersonTag(id=PersonId("Q2"), name="Olaf Scholz", role="hog", country="DE", mentions=2, subject=True)


def watch(**fields: Any) -> Watch:
    return Watch(**{"id": WatchId("w"), "name": "Ma veille", **fields})


def document(tags: Tags | None = None, **fields: Any) -> Any:
    return build_document(tagged(article("a1", **fields), tags), indexed_at=NOW, copy_of=None)


def mention(person: PersonTag, text: str) -> LeaderMention:
    return LeaderMention(
        id=person.id, name=person.name, mention=text, start=0, end=len(text), via="title", role=person.role,
        country=person.country, confidence=1.0,
    )  # fmt: skip


# --- evidence -------------------------------------------------------------------------------------------------------


def test_the_words_that_matched_are_as_the_article_writes_them() -> None:
    found = document(
        title="Les ACCORDS du Mercosur",
        text="Le chef\nde l’État a signé. " + "Puis rien. " * 60 + "Éoliennes.",
    )
    shown = show_evidence(watch(query='accord "chef de l\'état" eolienne mercosur -foot'), found)
    assert shown.matched == ("ACCORDS", "chef de l’État", "Éoliennes", "Mercosur")
    assert shown.passage.title == "Les ACCORDS du Mercosur"
    assert "\ue000" not in shown.passage.text
    assert "chef de l’État" in shown.passage.text


def test_a_filter_by_person_or_topic_says_what_the_article_calls_them() -> None:
    tags = Tags(
        leaders=(mention(MACRON, "le chef de l'État"), mention(SCHOLZ, "le chancelier")),
        topics=(TopicTag(id=TopicId("medtop:1"), label="Énergie", score=1.0, words=("gaz", "pétrole")),),
    )
    assert show_evidence(watch(leaders=("Q1",)), document(tags)).matched == ("le chef de l'État",)
    assert show_evidence(watch(leaders=("olaf SCHOLZ",)), document(tags)).matched == ("le chancelier",)
    assert show_evidence(watch(topics=("énergie",)), document(tags)).matched == ("gaz", "pétrole")
    assert show_evidence(watch(sources=("le-matin",)), document(tags)).matched == ()


def test_the_alert_says_why_and_its_id_is_that_of_its_articles() -> None:
    found = watch(query="eau", kinds=("press",))
    ids = [ArticleId("b"), ArticleId("a")]
    shown = [show_evidence(found, document(text="De l'eau."))]
    alert = make_watch_alert(found, ids, shown, 3, NOW)
    assert alert.reason == (
        "Veille « Ma veille » : 2 articles (et 3 reprises), mots trouvés : eau. Recherche : eau ; nature : presse."
    )
    assert (alert.kind, alert.about, alert.topic, alert.now) == ("watch", "w", "Ma veille", 2)
    assert (alert.article_ids, alert.matched, alert.sources) == (("b", "a"), ("eau",), ("Le Matin",))
    again = make_watch_alert(found, ids[::-1], shown, 0, NOW + timedelta(days=1))
    assert again.id == alert.id
    assert make_watch_alert(found, ids[:1], shown, 0, NOW).id != alert.id
    assert make_watch_alert(watch(id=WatchId("v")), ids, shown, 0, NOW).id != alert.id


def test_a_long_search_and_many_words_are_cut_with_a_mark() -> None:
    found = watch(query=" ".join(f"mot{n}" for n in range(300)))
    text = " ".join(f"mot{n}" for n in range(300))
    alert = make_watch_alert(found, [ArticleId("a")], [show_evidence(found, document(text=text))], 0, NOW)
    assert len(alert.matched) == MATCHED
    assert alert.reason.endswith(" ….")
    assert len(alert.reason) < 500


# --- when a watch stays silent --------------------------------------------------------------------------------------


def unwatched(**fields: Any) -> Unwatched:
    usual: dict[str, Any] = {
        **{"id": ArticleId("a"), "version": 1, "seen": 0, "first_seen_at": NOW, "published_at": NOW},
        **{"kind": "press", "origin": "page", "copy_of": None},
    }
    return Unwatched(**{**usual, **fields})


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, True),
        ({"published_at": NOW - timedelta(days=400)}, True),  # indexed late, missed by none
        ({"published_at": None}, True),
        ({"first_seen_at": NOW - timedelta(seconds=1)}, False),  # there before the watch
        ({"origin": "import", "published_at": NOW - timedelta(days=1)}, True),
        ({"origin": "import", "published_at": NOW - timedelta(days=3)}, False),
        ({"origin": "import", "published_at": None}, False),
    ],
)
def test_what_is_news_to_a_watch(fields: dict[str, Any], told: bool) -> None:
    assert unwatched(**fields).is_news_since(NOW) is told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, True),
        ({"kind": "press"}, False),
        ({"published_at": NOW - timedelta(hours=47)}, True),
        ({"published_at": NOW - timedelta(hours=49)}, False),
        ({"published_at": None}, True),
        ({"published_at": None, "first_seen_at": NOW - timedelta(days=3)}, False),
        ({"origin": "import", "published_at": None}, False),
    ],
)
def test_what_may_be_a_communique(fields: dict[str, Any], told: bool) -> None:
    assert unwatched(**{"kind": "official", **fields}).may_be_communique(NOW) is told


# --- communiqués ----------------------------------------------------------------------------------------------------


def official(*people: PersonTag, **fields: Any) -> TaggedArticle:
    usual = {
        "kind": "official",
        "publisher": "Élysée",
        "title": "Déclaration",
        "text": "Le président a parlé.",
    }
    tags = Tags(people=people, leaders=tuple(mention(person, f"le {person.role}") for person in people))
    return tagged(article("a1", **{**usual, **fields}), tags)


def test_a_communique_names_all_its_leaders_and_is_about_the_first() -> None:
    alert = make_communique(official(MACRON, SCHOLZ), NOW)
    assert alert is not None
    assert (
        alert.reason
        == "Communiqué (Élysée) : Emmanuel Macron, chef de l'État ; Olaf Scholz, chef du gouvernement (DE)."
    )
    assert (alert.kind, alert.about, alert.topic) == ("communique", "Q1", "Déclaration")
    assert alert.matched == ("le hos", "le hog")
    assert alert.passages[0].text == "Le président a parlé."
    assert alert.id == communique_id(ArticleId("a1"))


def test_its_id_is_the_article_s_whatever_its_version() -> None:
    first, second = make_communique(official(MACRON), NOW), make_communique(official(SCHOLZ, version=2), NOW)
    assert first is not None
    assert second is not None
    assert first.id == second.id


@pytest.mark.parametrize(
    "item",
    [
        official(MACRON, kind="press"),
        official(),
        official(
            PersonTag(id=PersonId("Q1"), name="E. M.", role="hos", country="FR", mentions=1)
        ),  # in passing
        official(
            PersonTag(id=PersonId("Q3"), name="J. C.", role="ex", country="FR", mentions=9, subject=True)
        ),
    ],
)
def test_what_is_no_communique(item: TaggedArticle) -> None:
    assert make_communique(item, NOW) is None
