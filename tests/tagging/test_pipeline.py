import pytest

from tests.tagging.taggers import shared_tagger, tag
from vigie.model import Tags
from vigie.tagging.pipeline import CHUNK_CHARS, TextToTag, cut_text


def test_an_empty_text_has_no_tags_but_its_titles_topics() -> None:
    assert tag("") == Tags()
    topics = tag("", title="Élection présidentielle : le second tour").topics
    assert "medtop:20000574" in [topic.id for topic in topics]


def test_tags_come_in_the_order_of_the_texts_whatever_their_language() -> None:
    texts = (
        "Emmanuel Macron parle.",
        "Angela Merkel spoke to the press in Berlin.",
        "Vladimir Poutine se tait.",
    )
    articles = [
        TextToTag(id=str(index), text=text, date="2019-01-10", language=language)
        for index, (text, language) in enumerate(zip(texts, ("fr", "en", "fr"), strict=True))
    ]
    names = [[leader.name for leader in tags.leaders] for tags in shared_tagger().tag(articles)]
    assert names == [["Emmanuel Macron"], ["Angela Merkel"], ["Vladimir Poutine"]]


def test_offsets_of_a_long_text_are_into_the_whole_text() -> None:
    filler = "La séance continue sans incident notable dans la salle.\n" * (2 * CHUNK_CHARS // 55)
    text = f"Emmanuel Macron ouvre.\n{filler}« Nous irons jusqu'au bout », a dit M. Macron à Paris."
    tags = tag(text)
    assert [leader.name for leader in tags.leaders] == ["Emmanuel Macron", "Emmanuel Macron"]
    assert all(text[m.start : m.end] == m.mention for m in (*tags.leaders, *tags.places))
    assert tags.quotes[-1].speaker == "Emmanuel Macron"


@pytest.mark.parametrize("text", ["", "court", "mot " * 50, "x" * 100, "Une phrase. " * 20, "ligne\n" * 30])
def test_a_text_is_cut_without_loss(text: str) -> None:
    spans = list(cut_text(text, 40))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(end - start <= 40 for start, end in spans)


def test_the_version_of_the_rules_is_short_and_stable() -> None:
    assert len(shared_tagger().rules_version) == 12
