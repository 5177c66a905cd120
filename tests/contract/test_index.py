"""The contract of the index: every line of the port, held against a real Tantivy and a real Elasticsearch."""

import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.contract.conftest import take_away
from tests.contract.documents import document, full_document
from vigie.adapters.index.opening import open_index
from vigie.adapters.index.port import MAX_PAGE_SIZE, Bucket, Index, Question, read_all
from vigie.errors import TransientError, UsageError


def found(index: Index, text: str = "", **fields: Any) -> list[str]:
    """The ids that answer, in order."""
    answer = index.search(Question(text=text, **fields))
    assert answer.total == len(answer.hits)
    return [hit.id for hit in answer.hits]


def walk(index: Index, **fields: Any) -> list[str]:
    """The ids of all pages, in order."""
    ids: list[str] = []
    after = None
    while True:
        answer = index.search(Question(after=after, **fields))
        ids += [hit.id for hit in answer.hits]
        after = answer.next
        if after is None:
            assert answer.total == len(ids)
            return ids


# --- put, get, delete -----------------------------------------------------------------------------------------------


def test_a_document_comes_back_exactly_as_put(index: Index) -> None:
    put = full_document("a")
    assert index.put([put]) == ()
    assert index.get("a") == put
    assert index.search(Question(text="élysée")).hits[0].document == put


def test_many_documents_come_back_in_one_call(index: Index) -> None:
    put = {f"a{n:03d}": document(f"a{n:03d}", version=n + 1) for n in range(450)}
    put["a449"]["first_seen_at"] = "2025-01-01T00:00:00Z"  # a month of its own
    index.put([*put.values(), full_document("é l'a/1")])
    assert index.get_many([*put, "é l'a/1", "nobody", "a000"]) == {
        **put,
        "é l'a/1": full_document("é l'a/1"),
    }
    assert index.get_many([]) == {}
    assert index.get_many(["nobody"]) == {}
    assert read_all(index, ["a007", "a003"]) == [put["a007"], put["a003"]]
    with pytest.raises(TransientError, match="article nobody is not in the index"):
        read_all(index, ["a007", "nobody"])


def test_an_id_that_is_not_there(index: Index) -> None:
    assert index.get("nobody") is None
    index.delete(["nobody"])


def test_setting_up_twice_changes_nothing(index: Index) -> None:
    index.put([document("a")])
    index.set_up()
    assert found(index) == ["a"]


def test_an_index_answers_before_anything_is_in_it(index: Index) -> None:
    answer = index.search(Question(text="élysée", facets=("leader", "day"), sort="date"))
    assert (answer.total, answer.hits, answer.next) == (0, (), None)
    assert answer.facets == {"leader": (), "day": ()}
    assert index.get("a") is None
    assert list(index.versions()) == []


@pytest.mark.parametrize("first", ["search", "put"])
def test_an_index_that_was_never_set_up_works_or_says_so(index_address: tuple[str, str], first: str) -> None:
    """A folder is made at the first use; on a server nobody but an operator makes templates."""
    url, prefix = index_address
    opened = open_index(url, prefix=prefix)
    if url.startswith("http"):
        uses = {"search": lambda: opened.search(Question()), "put": lambda: opened.put([document("a")])}
        with pytest.raises(UsageError, match="run `vigie setup-search`"):
            uses[first]()
        opened.set_up()
    if first == "search":
        assert opened.search(Question()).total == 0
    opened.put([document("a", title="L’Élysée")])
    assert found(opened, "elysee") == ["a"]
    take_away(opened)
    opened.close()


def test_a_first_run_by_hand_begins_what_is_not_there_at_all(index_address: tuple[str, str]) -> None:
    url, prefix = index_address
    opened = open_index(url, prefix=prefix)
    opened.begin()
    opened.put([document("a", title="L’Élysée")])
    opened.begin()
    assert found(opened, "elysee") == ["a"]
    assert {each.change for each in opened.set_up()} == {"none"}
    take_away(opened)
    opened.close()


def test_a_beginning_leaves_to_others_what_goes_wrong(tmp_path: Path) -> None:
    for address in (f"tantivy://{tmp_path}/index", "http://127.0.0.1:1"):
        opened = open_index(address)
        opened.begin()
        opened.close()


def test_an_older_version_never_replaces_a_newer_one(index: Index) -> None:
    index.put([document("a", version=3, title="trois")])
    assert index.put([document("a", version=2, title="deux")]) == ()
    assert index.get("a") == document("a", version=3, title="trois")
    assert found(index, "deux") == []


def test_an_equal_or_newer_version_replaces(index: Index) -> None:
    index.put([document("a", version=3, title="trois")])
    index.put([document("a", version=3, title="encore")])
    assert found(index, "encore") == ["a"]
    index.put([document("a", version=4, title="quatre")])
    assert found(index, "encore") == []
    assert found(index, "quatre") == ["a"]


def test_one_batch_may_hold_an_id_twice(index: Index) -> None:
    index.put([document("a", version=2, title="deux"), document("a", version=1), document("b")])
    index.put([document("b", title="premier"), document("b", title="second")])
    assert index.get("a") == document("a", version=2, title="deux")
    assert found(index, "second") == ["b"]
    assert index.search(Question()).total == 2


def test_months_are_one_index_to_the_reader(index: Index) -> None:
    index.put([document(f"a{m}", first_seen_at=f"2026-{m:02d}-01T00:00:00Z") for m in (1, 2, 12)])
    assert found(index, sort="date") == ["a1", "a12", "a2"]


def test_versions_of_everything(index: Index) -> None:
    index.put([document("a", version=7), document("b")])
    index.put([document("c", version=2)])
    assert dict(index.versions()) == {"a": 7, "b": 1, "c": 2}


def test_delete_and_put_again(index: Index) -> None:
    index.put([document("a", version=2), document("b"), document("c")])
    index.delete(["a", "c"])
    assert found(index) == ["b"]
    index.put([document("a", version=2)])
    assert found(index) == ["a", "b"]


def test_clear_removes_everything_and_leaves_a_working_index(index: Index) -> None:
    index.put([document("a", version=9), document("b", first_seen_at="2025-01-01T00:00:00Z")])
    index.clear()
    assert index.search(Question()).total == 0
    index.put([document("a", version=1)])
    assert dict(index.versions()) == {"a": 1}


def test_two_openings_see_each_other(index: Index, index_address: tuple[str, str]) -> None:
    url, prefix = index_address
    other = open_index(url, prefix=prefix)
    assert found(other) == []
    index.put([document("a")])
    assert found(other) == ["a"]
    other.put([document("b")])
    assert found(index) == ["a", "b"]
    other.close()


# --- refusals -------------------------------------------------------------------------------------------------------

PERSON = {"id": "Q1", "name": "N", "role": "hos", "country": "FR", "mentions": 1, "subject": True}
FAULTY: dict[str, dict[str, Any]] = {
    "unknown": {"surprise": 1},
    "published_at": {"published_at": "hier"},
    "first_seen_at": {"first_seen_at": None},
    "fetched_at": {"fetched_at": "2026-03-10T08:00:00"},
    "title": {"title": ["a"]},
    "version": {"version": "1"},
    "leaders.": {"leaders": [{"id": "Q1"}]},
    "topics.": {"topics": [{"id": "t", "label": "T", "score": float("nan"), "words": []}]},
    "surrogate": {"text": "\ud83d"},
    "512": {"id": "x" * 513},
    "id is empty": {"id": ""},
    "authors": {"authors": "Zoé"},
    "too many": {"people": [PERSON] * 100_001},
}


def test_the_bad_of_500_is_refused_with_its_reason_and_the_rest_is_in(index: Index) -> None:
    bad = [{**document(f"bad-{n}"), **fields} for n, fields in enumerate(FAULTY.values())]
    nameless = document("x")
    del nameless["id"]
    good = [document(f"good-{n:03d}") for n in range(486)]
    refusals = index.put([*good[:200], *bad, nameless, *good[200:]])
    assert [refusal.id for refusal in refusals] == [*(d["id"] for d in bad), "None"]
    for refusal, word in zip(refusals, [*FAULTY, "id"], strict=True):
        assert word in refusal.reason
    assert index.search(Question(size=0)).total == 486


# --- words ----------------------------------------------------------------------------------------------------------


FORMS: list[tuple[str, list[str]]] = [
    (
        "l'Élysée",
        ["Elysee", "élysée", "ÉLYSÉE", "l’Élysée", "d'Élysée", "L'ELYSEE", "«élysée»", "élysées"],
    ),
    ("Élysée", ["l'élysée", "l’Élysée", "qu'Elysée"]),
    ("aujourd’hui", ["aujourd'hui", "AUJOURD’HUI", "d'aujourd'hui"]),
    (
        "les élections législatives",
        ["élection", "legislative", '"élections législatives"', "ELECTIONS", "législatif"],
    ),
    ("un journal régional", ["journaux", "régionaux", "journal"]),
    ("les bateaux, les lois, les élus, les ans", ["bateau loi élu an", "lois bateaux"]),
    (unicodedata.normalize("NFD", "la réélection forcée"), ["réélection", "reelection", "forcée"]),
    ("la réélection", [unicodedata.normalize("NFD", "réélection")]),
    ("Saint-Denis", ["saint-denis", "Saint Denis", "denis", '"saint denis"']),
    ("le n°5 à 20h30 pour 49,3 %", ["n°5", "5", "20h30", "49,3", "n° 5"]),
    ("cœur œuvres Æsop straße", ["coeur", "oeuvre", "cœur", "aesop", "STRASSE"]),
    ("\u200fmacron parle", ["macron", "\u200fmacron", "macron\u200e"]),
    ("le gou\u00adver\u00adne\u00adment", ["gouvernement"]),
    ("avant\u0000après\u0007fin", ["avant", "après", "fin", "avant\u0000après"]),
    ("الرئيس الفرنسي", ["الرئيس", '"الرئيس الفرنسي"']),
    ("Зеленський 法国总统", ["зеленський", "法国总统"]),
    ("la vitamine C et le plan B", ["vitamine c", '"plan b"']),
    ("#NotreDame @elysee notre_dame", ["notredame", "#NotreDame", "elysee", "notre_dame", "dame"]),
]
"""Texts, each with questions that find it."""


def test_french_words_find_their_forms(index: Index) -> None:
    index.put([document(f"text-{n}", text=text) for n, (text, _) in enumerate(FORMS)])
    index.put([document("other", text="Tout autre chose.")])
    for n, (text, asked) in enumerate(FORMS):
        for question in asked:
            answers = found(index, question)
            assert f"text-{n}" in answers, (question, text)
            assert "other" not in answers, question


STRANGERS: list[tuple[str, list[str]]] = [
    ("le communiqué", ["commune", "communiste", "commun"]),
    ("à Paris, mais après", ["pari", "mai"]),
    ("Françoise et Emmanuelle", ["François", "Emmanuel"]),
    ("aujourd'hui", ["hui", "jour"]),
    ("la présidence", ["president", "pres", "présid"]),
    ("Elysée", ["elyse", "elysse"]),
]
"""Texts, each with words that look alike and must not find it."""


def test_words_never_match_fuzzily(index: Index) -> None:
    index.put([document(f"text-{n}", text=text) for n, (text, _) in enumerate(STRANGERS)])
    answers = {question: found(index, question) for _, asked in STRANGERS for question in asked}
    assert answers == {question: [] for question in answers}


def test_all_words_are_required_in_title_or_text(index: Index) -> None:
    index.put(
        [
            document("a", title="Le budget", text="voté à Paris"),
            document("b", title="Le budget", text="refusé"),
            document("c", title="Paris"),
        ]
    )
    assert found(index, "budget paris") == ["a"]
    assert sorted(found(index, "budget")) == ["a", "b"]
    assert found(index, "le budget de paris") == []


def test_phrases_are_words_side_by_side_in_one_field(index: Index) -> None:
    index.put(
        [
            document("a", text="le chef de l’État a parlé"),
            document("b", text="le chef et l'État"),
            document("c", title="chef", text="de l'État"),
        ]
    )
    for asked in ('"chef de l\'État"', "« chef de l’état »", "“chef de l'état”", "chef-de-l'état"):
        assert found(index, asked) == ["a"], asked
    assert sorted(found(index, "chef état")) == ["a", "b", "c"]


def test_quotation_marks_find_what_is_written(index: Index) -> None:
    """Capitals, accents and elisions apart: no plural, no feminine, whatever the language."""
    index.put(
        [
            document("a", text="Le président français a salué l'accord."),
            document("b", text="La présidente française salue les accords."),
            document("c", text="They said the house was theirs.", language="en"),
        ]
    )
    assert sorted(found(index, "président française saluer accord")) == ["a", "b"]
    assert found(index, '"Président FRANCAIS"') == ["a"]
    assert found(index, '"présidente"') == ["b"]
    assert found(index, 'président -"les accords"') == ["a"]
    assert found(index, '"l’accord"') == found(index, '"accord"') == ["a"]
    assert found(index, '"house"') == ["c"]
    assert found(index, '"hous"') == []
    assert found(index, '"président" française') == ["a"]


def test_minus_excludes_a_word_or_a_phrase(index: Index) -> None:
    index.put([document("a", text="Macron à Berlin"), document("b", text="Macron à Paris"), document("c")])
    assert found(index, "macron -paris") == ["a"]
    assert found(index, 'macron -"à Berlin"') == ["b"]
    assert found(index, "-macron") == ["c"]
    assert sorted(found(index, "macron - paris")) == ["b"]


TYPED = [
    *(
        "title:macron",
        "macron AND",
        "(macron",
        "macron]",
        "[a TO b]",
        'macron "',
        "«macron",
        "macron*",
        "mac?on",
    ),
    *(
        "macron~2",
        "macron^3",
        "/macron/",
        "\\macron",
        "+macron",
        "macron && !x",
        '""',
        "-",
        "--",
        "- -",
        "***",
    ),
    *(
        "id:*",
        "_exists_:title",
        "{!xml}",
        "macron\u0000",
        "\ud800",
        "★",
        "'",
        "<b>macron</b>",
        "macron " * 200,
    ),
    *("a" * 300, "(" * 5000, '"' * 5001, "-" * 5000),
]


def test_what_is_typed_is_never_syntax(index: Index) -> None:
    index.put([document("a", title="macron")])
    for typed in TYPED:
        index.search(Question(text=typed))


def test_punctuation_around_a_word_does_not_hide_it(index: Index) -> None:
    index.put([document("a", title="macron")])
    for typed in (
        "(macron",
        "macron*",
        '"macron',
        "+macron",
        "[macron]",
        "macron\u0000",
        "\ud800macron",
        "macron:",
    ):
        assert found(index, typed) == ["a"], typed


def test_nothing_typed_matches_all_and_what_has_no_word_matches_nothing(index: Index) -> None:
    index.put([document("a")])
    assert found(index, "") == found(index, "  \u200f\n") == ["a"]
    assert found(index, "★") == []


def test_too_many_words_are_refused_aloud(index: Index) -> None:
    index.put([document("a")])
    with pytest.raises(UsageError, match="401"):
        index.search(Question(text=" ".join(f"m{n}" for n in range(401))))
    assert found(index, " ".join(f"m{n}" for n in range(400))) == []
    assert found(index, '"' + " ".join(f"m{n}" for n in range(400)) + '"') == []


def test_a_long_text_is_found_by_its_last_word(index: Index) -> None:
    long_word = "x" * 33_000
    text = "Le ministre a répondu à la question. " * 11_000 + long_word + " épilogue"
    assert len(text) > 400_000
    index.put([document("a", text=text, title="t " * 20_000), document("b", text="y" * 70_000)])
    assert found(index, "epilogue") == ["a"]
    assert found(index, '"question ' + "x" * 33_000 + ' épilogue"') == ["a"]
    assert found(index, "y" * 70_000) == ["b"]
    assert found(index, "y" * 69_999) == []


# --- order and pages ------------------------------------------------------------------------------------------------


def test_sort_by_date_newest_first_undated_last_ties_by_id(index: Index) -> None:
    dates = {"d": None, "c": None, "b": "2026-01-02T00:00:00Z", "a": "2026-01-02T01:00:00+01:00"}
    dates |= {"e": "2026-01-02T00:00:00.001Z", "f": "1969-07-20T20:17:00Z", "é": "2026-01-02T00:00:00Z"}
    index.put([document(i, published_at=at) for i, at in dates.items()])
    assert found(index, sort="date") == ["e", "a", "b", "é", "f", "c", "d"]
    assert walk(index, sort="date", size=1) == ["e", "a", "b", "é", "f", "c", "d"]
    assert walk(index, sort="date", size=2) == ["e", "a", "b", "é", "f", "c", "d"]


def test_the_standfirst_is_searched_and_shown(index: Index) -> None:
    index.put(
        [
            document("a", standfirst="Reportage sur le plateau ardéchois.", text="Une caravane passe."),
            document("b"),
        ]
    )
    assert found(index, "plateau") == ["a"]
    assert found(index, "caravane plateau") == ["a"]
    assert found(index, "-plateau") == ["b"]
    assert "plateau" in index.search(Question(text="plateau")).hits[0].snippet


def test_relevance_prefers_the_title_then_date_then_id(index: Index) -> None:
    newer = "2026-03-11T00:00:00Z"
    index.put(
        [
            document("text", text="Le budget est voté."),
            document("title", title="Budget voté"),
            document("x2", title="loi rare"),
            document("x1", title="loi rare"),
            document("x3", title="loi rare", published_at=newer),
            document("x0", title="loi rare", published_at=None),
        ]
    )
    assert found(index, "budget") == ["title", "text"]
    assert found(index, "loi") == ["x3", "x1", "x2", "x0"]
    for size in (1, 2, 3):
        assert walk(index, text="loi", size=size) == ["x3", "x1", "x2", "x0"]


def test_the_same_question_is_ranked_alike_over_months(index: Index) -> None:
    texts = ["budget " * n + "mot " * (30 - n) for n in range(1, 9)]
    index.put(
        [document(f"a{n}", text=t, first_seen_at=f"2026-0{n}-01T00:00:00Z") for n, t in enumerate(texts, 1)]
    )
    assert found(index, "budget mot") == ["a8", "a7", "a6", "a5", "a4", "a3", "a2", "a1"]
    assert walk(index, text="budget", size=3) == ["a8", "a7", "a6", "a5", "a4", "a3", "a2", "a1"]


def test_pages_go_past_ten_thousand(index: Index) -> None:
    many = [document(f"a{n:05d}", published_at=f"2026-01-{n % 28 + 1:02d}T00:00:00Z") for n in range(10_100)]
    for start in range(0, len(many), 5050):
        index.put(many[start : start + 5050])
    expected = sorted((d["id"] for d in many), key=lambda i: (-(int(i[1:]) % 28), i))
    assert walk(index, sort="date", size=3_000) == expected
    assert walk(index, text="signaler", size=4_900) == expected
    assert index.search(Question(size=0, text="rien")).total == 10_100
    assert len(dict(index.versions())) == 10_100


def test_new_articles_do_not_disturb_pages_by_date(index: Index) -> None:
    index.put([document(f"a{n}", published_at=f"2026-01-0{n}T00:00:00Z") for n in range(1, 6)])
    first = index.search(Question(sort="date", size=2))
    index.put([document("new", published_at="2026-02-01T00:00:00Z")])
    second = index.search(Question(sort="date", size=2, after=first.next))
    assert [hit.id for hit in (*first.hits, *second.hits)] == ["a5", "a4", "a3", "a2"]


def test_a_page_that_ends_exactly_at_the_last_hit_is_the_last(index: Index) -> None:
    index.put([document("a"), document("b")])
    assert index.search(Question(size=2)).next is None
    assert index.search(Question(size=2, text="rien")).next is None
    assert index.search(Question(size=1)).next is not None


def test_impossible_pages_are_usage_errors(index: Index) -> None:
    index.put([document("a"), document("b")])
    by_date = index.search(Question(size=1)).next
    for wrong in (
        *(Question(size=-1), Question(size=MAX_PAGE_SIZE + 1), Question(after="never given")),
        *(Question(after="WzFd"), Question(text="rien", after=by_date)),
    ):
        with pytest.raises(UsageError):
            index.search(wrong)
    assert index.search(Question(size=0)).hits == ()


# --- filters --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tagged(shared_index: Index) -> Index:
    """Three articles that differ in all that can be filtered."""
    macron = {"leader_ids": ["Q3052772"], "leader_names": ["Emmanuel Macron"]}
    scholz = {"leader_ids": ["Q61053"], "leader_names": ["Olaf Scholz"]}
    both = {name: macron[name] + scholz[name] for name in macron}
    economy = {"topic_ids": ["medtop:04000000"], "topic_labels": ["Économie"]}
    shared_index.put(
        [
            document(
                "a",
                **{**macron, **economy, "event_dates": ["2026-04-02", "2026-04-03"]},
                **{"kind": "official", "source": "elysee", "publisher": "Élysée"},
            ),
            document("b", **scholz, published_at="2026-03-11T00:00:00Z", language="de"),
            document("c", **both, **economy, published_at=None, source="autre", event_dates=["2026-04"]),
        ]
    )
    return shared_index


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"leaders": ("Q3052772",)}, "ac"),
        ({"leaders": ("emmanuel MACRON",)}, "ac"),
        ({"leaders": ("Emmanuel",)}, ""),
        ({"leaders": ("Q61053", "Emmanuel Macron")}, "abc"),
        ({"leaders": ("Q61053",), "topics": ("économie",)}, "c"),
        ({"topics": ("medtop:04000000",)}, "ac"),
        ({"topics": ("medtop:04000000*",)}, ""),
        ({"event_days": ("2026-04-03",)}, "a"),
        ({"event_days": ("2026-04-03", "2026-04")}, "ac"),
        ({"event_days": ("2026-04-0",)}, ""),
        ({"event_days": ("2026-04",), "leaders": ("Q61053",)}, "c"),
        ({"sources": ("elysee",)}, "a"),
        ({"sources": ("ÉLYSÉE",)}, "a"),
        ({"sources": ("le matin",)}, "bc"),
        ({"sources": ("autre", "elysee")}, "ac"),
        ({"kinds": ("official",)}, "a"),
        ({"kinds": ("official", "press")}, "abc"),
        ({"kinds": ("press",), "sources": ("elysee",)}, ""),
        ({"since": datetime(2026, 3, 11, tzinfo=UTC)}, "b"),
        ({"until": datetime(2026, 3, 11, tzinfo=UTC)}, "a"),
        ({"since": datetime(2026, 3, 10, 8, tzinfo=UTC), "until": datetime(2026, 3, 12, tzinfo=UTC)}, "ab"),
        (
            {"since": datetime(2026, 3, 10, 8, 0, 1, tzinfo=UTC), "until": datetime(2026, 3, 11, tzinfo=UTC)},
            "",
        ),
        ({"leaders": ("Q3052772",), "text": "signaler -macron"}, "ac"),
    ],
)
def test_filters(tagged: Index, filters: dict[str, Any], expected: str) -> None:
    assert sorted(found(tagged, **filters)) == list(expected)


def test_facets_count_all_that_answers(tagged: Index) -> None:
    names = ("leader", "topic", "source", "kind", "language", "day")
    answer = tagged.search(Question(size=1, facets=names))
    counted = {name: [(b.value, b.count) for b in answer.facets[name]] for name in names}
    assert counted == {
        "leader": [("Emmanuel Macron", 2), ("Olaf Scholz", 2)],
        "topic": [("Économie", 2)],
        "source": [("Le Matin", 2), ("Élysée", 1)],
        "kind": [("press", 2), ("official", 1)],
        "language": [("fr", 2), ("de", 1)],
        "day": [("2026-03-10", 1), ("2026-03-11", 1)],
    }
    of_one = tagged.search(Question(kinds=("official",), facets=("leader",))).facets
    assert of_one == {"leader": (Bucket(value="Emmanuel Macron", count=1),)}


def test_a_facet_is_exact_over_months_and_keeps_the_most_frequent(index: Index) -> None:
    months = [f"2026-{m:02d}-01T00:00:00Z" for m in range(1, 5)]
    rows = [(n, month) for n in range(150) for month in months[: 1 + n % 4]]
    index.put(
        [
            document(f"{n}-{m}", first_seen_at=month, leader_names=[f"P{n:03d}", f"P{n:03d}"])
            for m, (n, month) in enumerate(rows)
        ]
    )
    expected = sorted(((f"P{n:03d}", 1 + n % 4) for n in range(150)), key=lambda b: (-b[1], b[0]))[:100]
    buckets = index.search(Question(size=0, facets=("leader",))).facets["leader"]
    assert [(b.value, b.count) for b in buckets] == expected


def test_a_name_too_long_to_filter_by_is_kept_all_the_same(index: Index) -> None:
    long = "n" * 600
    index.put(
        [document("a", leader_names=[long], leader_ids=[long], keyphrases=["k" * 40_000], url="u" * 40_000)]
    )
    assert found(index, leaders=(long,)) == []
    assert index.search(Question(facets=("leader",))).facets == {"leader": ()}
    assert len(index.get("a")["url"]) == 40_000


# --- snippets -------------------------------------------------------------------------------------------------------


def snippet(index: Index, text: str) -> str:
    """The snippet of the first hit, the marks made visible."""
    marked = index.search(Question(text=text)).hits[0].snippet
    return marked.replace("\ue000", "[").replace("\ue001", "]")


def test_a_snippet_marks_the_words_that_matched(index: Index) -> None:
    text = "Un début. " * 30 + "Les chefs de\nl’État ont salué l'accord. " + "Une fin. " * 30
    index.put([document("a", title="Titre", text=text)])
    shown = snippet(index, "chef ACCORDS")
    assert "Les [chefs] de l’État ont salué l'[accord]." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert 150 < len(shown) < 230
    assert "chefs de l’[État]" in snippet(index, "état")
    assert "[chefs] [de] l’[État]" in snippet(index, '"CHEFS de l’état"')


def test_a_snippet_is_the_start_of_the_text_when_nothing_in_it_matched(index: Index) -> None:
    index.put([document("a", title="Titre", text="Premier mot. " * 40), document("b", title="Vide", text="")])
    assert snippet(index, "titre").startswith("Premier mot. Premier")
    assert "[" not in snippet(index, "titre")
    assert snippet(index, "vide") == ""
    assert index.search(Question()).hits[0].snippet.startswith("Premier mot")


def test_marks_of_a_stranger_are_not_ours(index: Index) -> None:
    index.put([document("a", text="un \ue000faux\ue001 mot <em>vrai</em>")])
    assert snippet(index, "vrai") == "un faux mot <em>[vrai]</em>"
