"""A floor under the leader tagger, on texts of our own. Lowering it is a deliberate act."""

from tests.evals.labels import load_labelled
from tests.evals.leaders import score_leaders
from tests.tagging.taggers import shared_tagger

PRECISION_FLOOR = 0.95
RECALL_FLOOR = 0.95
EXACT_FLOOR = 0.97


def test_leaders_stay_above_the_floor() -> None:
    texts = load_labelled()
    score = score_leaders(shared_tagger(), texts)
    report = "\n".join(("missed:", *score.misses, "wrong:", *score.wrong))
    assert len(texts) >= 40
    assert score.precision >= PRECISION_FLOOR, report
    assert score.recall >= RECALL_FLOOR, report
    assert score.exact / score.right >= EXACT_FLOOR, report
