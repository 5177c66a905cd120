"""Leaders: who is in the news, and of one person what they are, how much is said of them, by whom, and what they say."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from vigie.adapters.index.port import Question
from vigie.articles import wording
from vigie.page.drawing.charts import draw_days
from vigie.page.drawing.rendering import ZONE
from vigie.page.drawing.telling import Teller
from vigie.page.serving.desk import Desk, DeskDep
from vigie.page.views.leader import Found, LeaderView, find_leaders, read_leader
from vigie.page.views.names import NamedCount, name_people

routes = APIRouter()
LATELY_DAYS = 7
IN_THE_NEWS = 40
MOST_FOUND = 100
SPANS = (7, 28, 91)
"""What is offered, in days; any number up to the last may be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaders:
    """`found` are those of the tables whose names have the words `q`; `lately` the most named in seven days."""

    q: str
    found: tuple[Found, ...]
    lately: tuple[NamedCount, ...]


@routes.get("/leaders", response_model=Leaders, summary="Leaders: by name, and who is in the news")
def list_leaders(
    desk: DeskDep, q: Annotated[str, Query(max_length=200, description="A name, a surname, a nickname.")] = ""
) -> Response:
    """Those of the desk's tables with this name, and who was named most in the last seven days."""
    words = " ".join(q.split())
    view = Leaders(
        q=words,
        found=find_leaders(desk.stores.leaders, words, desk.now.date(), MOST_FOUND) if words else (),
        lately=_lately(desk),
    )
    return desk.reply("leaders.html", view, words=wording, tell=_teller(desk))


@routes.get("/leaders/{person}", response_model=LeaderView, summary="One leader")
def show_leader(
    desk: DeskDep,
    person: str,
    days: Annotated[int, Query(ge=1, le=SPANS[-1], description="Up to today, for trend and counts.")] = 28,
) -> Response:
    """Offices by date, trend of mentions, sources, with whom, topics, what they said last, articles.

    `person` is a Wikidata id or a name.
    """
    view = read_leader(desk.stores, person, desk.now, days)
    if view is None:
        raise desk.missing(f"neither the tables nor any article knows {person}")
    return desk.reply(
        "leader.html", view, words=wording, tell=_teller(desk), draw_days=draw_days, spans=SPANS, span=days
    )


def _teller(desk: Desk) -> Teller:
    return Teller(desk.language, ZONE)


def _lately(desk: Desk) -> tuple[NamedCount, ...]:
    since = desk.now - timedelta(days=LATELY_DAYS)
    answer = desk.stores.index.search(Question(since=since, size=0, sort="date", facets=("leader",)))
    return name_people(desk.stores, answer.facets["leader"][:IN_THE_NEWS])
