"""Article: the text with its mentions marked and explained, and where all that we know of it comes from."""

from fastapi import APIRouter
from fastapi.responses import Response

from vigie.articles import wording
from vigie.dates.explaining import describe_offset
from vigie.page.drawing.notes import annotate, target_of
from vigie.page.drawing.people import list_marks
from vigie.page.drawing.rendering import ZONE
from vigie.page.drawing.telling import Teller
from vigie.page.serving.desk import DeskDep
from vigie.page.views.archived import Archived, ArchivedPage, read_archived
from vigie.page.views.article import ArticleView, read_article

routes = APIRouter()


@routes.get("/articles/{article_id}", response_model=ArticleView, summary="One article")
def show_article(desk: DeskDep, article_id: str, plain: bool = False) -> Response:
    """Its text and who and what it is about, its dates, addresses, versions, copies and requests.

    `plain` shows the text without marks; JSON has the text and the tags' offsets into it either way.
    """
    view = read_article(desk.stores, article_id)
    if view is None:
        raise desk.missing(f"no article has the id {article_id}")
    return desk.reply(
        "article.html",
        view,
        plain=plain,
        words=wording,
        tell=Teller(desk.language, ZONE),
        target_of=target_of,
        offset=describe_offset,
        annotate=lambda: annotate(view.text, () if plain else list_marks(view.tags), view.people),
    )


@routes.get(
    "/articles/{article_id}/archived",
    response_model=ArchivedPage,
    summary="Its page as it was fetched",
    responses={200: {"content": {"text/plain": {}}}},
)
def show_archived(desk: DeskDep, article_id: str, version: int | None = None) -> Response:
    """The page behind one version, the newest by default: its source as plain text, never as a page.

    JSON has the address, the moment, the status and the headers too. 451 where the publisher reserves its texts.
    """
    found = read_archived(desk.stores, article_id, version)
    if not isinstance(found, Archived):
        raise found
    return found.reply(desk.request)
