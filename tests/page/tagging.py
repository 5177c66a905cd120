"""Tags as a person would write them: the ledger's own step between extract and index, without loading spaCy."""

from dataclasses import replace

from tests.page.written import PIECES, TURNED_TITLE, Person, Piece
from vigie.adapters.ledger import stages
from vigie.model import (
    Article,
    LeaderMention,
    NamedThing,
    PersonId,
    PersonTag,
    Quote,
    TaggedArticle,
    Tags,
    TopicId,
    TopicTag,
)
from vigie.plaintext import fold_line
from vigie.stores import Stores

RULES = "by-hand"


def tag_by_hand(stores: Stores) -> None:
    """Tag every article that waits for it."""
    ids = stages.due_articles(stores.ledger, stores.now())
    claimed = stages.claim_for_tag(stores.ledger, ids, stores.now())
    stages.record_tagged(stores.ledger, [_tag(article) for article in claimed])


def _tag(article: Article) -> TaggedArticle:
    piece = next((piece for piece in PIECES if fold_line(piece.title) == article.title), None)
    if piece is None:
        return TaggedArticle(article=article, tags=Tags(), rules_version=RULES)
    if piece.title == TURNED_TITLE:
        article = replace(article, title=TURNED_TITLE)
    return TaggedArticle(article=article, tags=_tags(article, piece), rules_version=RULES)


def _tags(article: Article, piece: Piece) -> Tags:
    leaders = tuple(_mention(article.text, words, person) for words, person in piece.people)
    return Tags(
        leaders=tuple(sorted(leaders, key=lambda leader: leader.start)),
        people=_people(piece),
        topics=tuple(
            TopicTag(id=TopicId(topic), label=label, score=round(0.9 - place / 10, 2), words=("cobalt",))
            for place, (topic, label) in enumerate(piece.topics)
        ),
        places=tuple(_place(article.text, place) for place in piece.places if place in article.text),
        quotes=tuple(_quote(article.text, words, person) for words, person in piece.quotes),
        keyphrases=tuple(piece.keyphrases),
    )


def _mention(text: str, words: str, person: Person) -> LeaderMention:
    start = text.index(words)
    identity, name, role, country = person
    via = "name" if words in name or name in words else "title"
    return LeaderMention(
        id=PersonId(identity),
        name=name,
        mention=words,
        start=start,
        end=start + len(words),
        via=via,
        role=role,
        country=country,
        confidence=0.9,
    )


def _people(piece: Piece) -> tuple[PersonTag, ...]:
    mentions: dict[Person, int] = {}
    for _words, person in piece.people:
        mentions[person] = mentions.get(person, 0) + 1
    return tuple(
        PersonTag(
            id=PersonId(person[0]),
            name=person[1],
            role=person[2],
            country=person[3],
            mentions=count,
            subject=piece.subject and place == 0,
        )
        for place, (person, count) in enumerate(sorted(mentions.items(), key=lambda each: -each[1]))
    )


def _place(text: str, name: str) -> NamedThing:
    start = text.index(name)
    return NamedThing(name=name, mention=name, start=start, end=start + len(name), country="FR")


def _quote(text: str, words: str, person: Person | None) -> Quote:
    start = text.index(words)
    speaker, speaker_id = (person[1], person[0]) if person else (None, None)
    return Quote(text=words, start=start, end=start + len(words), speaker=speaker, speaker_id=speaker_id)
