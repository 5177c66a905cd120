"""A leader's communiqué: an article of an official source that is about somebody in office. Pure."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from vigie.model import Alert, AlertId, ArticleId, Passage, PersonTag, TaggedArticle
from vigie.search.snippets import make_snippet

ROLES = {
    **{"hos": "chef de l'État", "hog": "chef du gouvernement", "fm": "ministre des Affaires étrangères"},
    **{
        "dm": "ministre de la Défense",
        "min": "ministre",
        "io": "à la tête d'une organisation internationale",
    },
    **{"elect": "dirigeant élu", "parl": "président d'assemblée", "party": "à la tête d'un parti"},
    **{"region": "à la tête d'une région", "royal": "famille régnante", "pope": "pape"},
}
"""What a role is called beside a name. Who has left office ("ex") is no leader."""


def communique_id(article_id: ArticleId) -> AlertId:
    """The alert of an article, whichever of its versions comes."""
    return AlertId(hashlib.sha256(f"communique\n{article_id}".encode()).hexdigest()[:20])


def make_communique(tagged: TaggedArticle, now: datetime) -> Alert | None:
    """The alert of an official article whose subject is a leader, or None. Whether it is recent is asked elsewhere.

    One alert an article: it is about the leader mentioned most, and names the others.
    """
    article = tagged.article
    people = [person for person in tagged.tags.people if person.subject and person.role in ROLES]
    if article.kind != "official" or not people:
        return None
    passage = Passage(
        article_id=article.id,
        title=article.title,
        url=article.url,
        source=article.publisher,
        text=make_snippet(article.standfirst or article.text, ()),
    )
    return Alert(
        id=communique_id(article.id),
        fired_at=now,
        topic=article.title or people[0].name,
        terms=(),
        article_ids=(article.id,),
        now=1,
        before=0.0,
        window_h=0,
        sources=(article.publisher,),
        reason=f"Communiqué ({article.publisher}) : {_describe(people)}.",
        passages=(passage,),
        kind="communique",
        about=people[0].id,
        matched=_mentions(tagged, people),
    )


def _describe(people: Sequence[PersonTag]) -> str:
    return " ; ".join(f"{person.name}, {_office(person)}" for person in people)


def _office(person: PersonTag) -> str:
    abroad = f" ({person.country})" if person.country not in ("", "FR") else ""
    return f"{ROLES[person.role]}{abroad}"


def _mentions(tagged: TaggedArticle, people: Sequence[PersonTag]) -> tuple[str, ...]:
    """What the article calls them."""
    ids = {person.id for person in people}
    return tuple(dict.fromkeys(m.mention for m in tagged.tags.leaders if m.id in ids))
