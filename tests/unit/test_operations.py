"""What operators are told of Vigie itself: when something begins, when it is over, and not in between."""

from datetime import timedelta

import pytest

from tests.builders import NOW
from vigie.alerts.operations import Finding, StageWork, decide_alerts, judge_audit, judge_stages

HOUR = timedelta(hours=1)


def work(**fields: object) -> StageWork:
    usual: dict[str, object] = {
        "stage": "index",
        "due": 0,
        "oldest_seen_at": None,
        "failing": 0,
        "error": None,
    }
    return StageWork(**{**usual, **fields})  # type: ignore[arg-type]


def test_an_audit_that_adds_up_is_nothing_to_tell() -> None:
    assert judge_audit([]).reason is None


def test_an_audit_that_does_not_names_the_first_problems() -> None:
    reason = judge_audit([f"index: article {n}" for n in range(8)]).reason
    assert reason is not None
    assert "8 problèmes : index: article 0 ; " in reason
    assert "article 4 ; et 3 de plus" in reason
    assert "article 5" not in reason
    assert "1 problème : " in str(judge_audit(["un seul"]).reason)


@pytest.mark.parametrize(
    ("given", "last_indexed", "said"),
    [
        (work(), NOW - 9 * HOUR, None),
        (work(due=3, oldest_seen_at=NOW - 5 * HOUR), NOW - 9 * HOUR, None),
        (work(due=3, oldest_seen_at=NOW - 7 * HOUR), NOW - HOUR, None),
        (work(due=3, oldest_seen_at=NOW - 7 * HOUR), NOW - 7 * HOUR, "3 articles attendent l'étape « indexation »"),
        (work(due=3, oldest_seen_at=NOW - 7 * HOUR), None, "Rien n'est devenu cherchable depuis 6 heures"),
        (work(failing=9, error="trop long"), NOW, None),
        (work(failing=10, error="trop long"), NOW, "échoue sur 10 articles, 3 essais et plus. Dernière erreur : trop long"),
        (work(stage="tag", failing=12), NOW, "« étiquetage » échoue sur 12"),
    ],
)  # fmt: skip
def test_a_stage_fails_or_stands_still(given: StageWork, last_indexed: object, said: str | None) -> None:
    [finding] = judge_stages([given], last_indexed, NOW)  # type: ignore[arg-type]
    assert finding.about == f"stage:{given.stage}"
    if said is None:
        assert finding.reason is None
    else:
        assert said in str(finding.reason)


@pytest.mark.parametrize(
    ("reason", "broken", "topics"),
    [
        (None, False, []),
        ("Cassé.", False, ["Audit : à voir"]),
        ("Cassé.", True, []),
        (None, True, ["Audit : rétabli"]),
    ],
)
def test_an_alert_is_a_change(reason: str | None, broken: bool, topics: list[str]) -> None:
    finding = Finding(about="audit", name="Audit", reason=reason)
    alerts = decide_alerts([finding], {"audit"} if broken else set(), NOW)
    assert [alert.topic for alert in alerts] == topics
    assert all(alert.kind == "operator" for alert in alerts)


def test_each_occurrence_has_an_id_of_its_own() -> None:
    broken, over = (Finding(about="audit", name="Audit", reason=reason) for reason in ("Cassé.", None))
    [begins] = decide_alerts([broken], set(), NOW)
    [ends] = decide_alerts([over], {"audit"}, NOW)
    [again] = decide_alerts([broken], set(), NOW + HOUR)
    assert len({begins.id, ends.id, again.id}) == 3
