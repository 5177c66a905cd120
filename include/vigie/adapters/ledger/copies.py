"""Copies: articles of their own whose text stands, to the letter or with small edits, in one that was seen earlier.

The first is the one with the earliest `first_seen_at`, of equals the one with the smallest id, in whatever order they
are read. What is the same article twice (see `articles.kinship`) becomes one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vigie.adapters.ledger import Ledger
from vigie.adapters.ledger.entries import merge_articles
from vigie.adapters.ledger.schema import ArticleRow, BandRow, VersionRow
from vigie.adapters.ledger.stages import index_again
from vigie.articles.kinship import Likeness, Original, find_original, is_same_article, rate_copy
from vigie.articles.sketches import bands_of, load_sketch
from vigie.model import ArticleId

MOST_IN_BAND = 64
"""How many articles one band holds, at most: those that came first. A formula that thousands share costs no more."""

Known = Mapping[str, Likeness]
Met = Mapping[str, Collection[str]]


def originals_of(ledger: Ledger, ids: Sequence[ArticleId]) -> dict[ArticleId, Original]:
    """For each of `ids` that is a copy, the article that had its text first."""
    copies = sa.select(ArticleRow.id, ArticleRow.copy_of, ArticleRow.similarity).where(ArticleRow.id.in_(ids))
    with ledger.reading() as session:
        return {
            ArticleId(article_id): Original(id=original, similarity=similarity or 0.0)
            for article_id, original, similarity in session.execute(copies)
            if original
        }


def relink_copies(session: Session, ids: Iterable[str]) -> None:
    """These articles have another text than before: find anew what they are copies of, and what is a copy of them.

    A constant number of queries, however many articles and copies there are.
    """
    changed = set(ids)
    if not changed:
        return
    session.flush()
    followers = set(session.scalars(sa.select(ArticleRow.id).where(ArticleRow.copy_of.in_(changed))))
    texts = _rows(session, changed)
    _write_bands(session, texts.values())
    met = _met(session, texts.values())
    known = _likenesses(session, changed.union(*met.values()))
    gone = _merge_doubles(session, changed, known, met)
    known = {article_id: likeness for article_id, likeness in known.items() if article_id not in gone}
    rows = _rows(session, known.keys() | followers)
    rows |= _rows(session, {row.copy_of for row in rows.values() if row.copy_of} - rows.keys())
    for article_id in changed & known.keys():
        _link(rows[article_id], find_original(known[article_id], _others(known, met, article_id)), changed)
        _offer(known[article_id], _others(known, met, article_id), rows, changed)
    _relink_orphans(session, [rows[i] for i in sorted((followers | known.keys()) - gone)], known, changed)


def _write_bands(session: Session, rows: Collection[ArticleRow]) -> None:
    """The bands of these articles as their texts are now."""
    session.execute(sa.delete(BandRow).where(BandRow.article_id.in_([row.id for row in rows])))
    wanted = {row.id: _keys(row) for row in rows}
    keys = {key for found in wanted.values() for key in found}
    counted = sa.select(BandRow.key, sa.func.count()).where(BandRow.key.in_(keys)).group_by(BandRow.key)
    members = defaultdict(int, ((key, count) for key, count in session.execute(counted)))
    bands = []
    for article_id, key in ((i, key) for i, found in sorted(wanted.items()) for key in found):
        if members[key] < MOST_IN_BAND:
            members[key] += 1
            bands.append({"key": key, "article_id": article_id})
    if bands:
        session.execute(sa.insert(BandRow), bands)


def _keys(row: ArticleRow) -> tuple[str, ...]:
    if row.state == "duplicate" or not row.version:
        return ()
    exact = (f"text.{row.body_hash[:32]}",) if row.body_hash else ()
    return (*exact, *(bands_of(load_sketch(row.sketch)) if row.sketch else ()))


def _met(session: Session, rows: Iterable[ArticleRow]) -> dict[str, set[str]]:
    """For each article, the others that are in one of its bands; it need not be in them itself: they may be full."""
    holders: dict[str, set[str]] = defaultdict(set)
    wanted = {row.id: _keys(row) for row in rows}
    keys = {key for found in wanted.values() for key in found}
    for key, article_id in session.execute(
        sa.select(BandRow.key, BandRow.article_id).where(BandRow.key.in_(keys))
    ):
        holders[key].add(article_id)
    return {
        article_id: set().union(*(holders[key] for key in found)) - {article_id}
        for article_id, found in wanted.items()
    }


def _likenesses(session: Session, ids: Collection[str]) -> dict[str, Likeness]:
    """What is compared of each of these articles; what has no text (any more) is left out."""
    current = sa.and_(VersionRow.article_id == ArticleRow.id, VersionRow.number == ArticleRow.version)
    chosen = sa.select(ArticleRow, VersionRow.origin).join(VersionRow, current)
    rows = session.execute(chosen.where(ArticleRow.id.in_(ids), ArticleRow.state != "duplicate"))
    return {row.id: likeness_of(row, origin) for row, origin in rows}


def likeness_of(row: ArticleRow, origin: str) -> Likeness:
    """What is compared of an article; `origin` is its current version's."""
    return Likeness(
        id=row.id,
        first_seen_at=row.first_seen_at,
        feed_id=row.feed_id,
        url=row.url,
        title=row.title or "",
        body_hash=row.body_hash,
        sketch=row.sketch,
        is_whole=origin != "feed",
    )


def _merge_doubles(session: Session, changed: Collection[str], known: Known, met: Met) -> set[str]:
    """Make one of what is the same article twice, the first; who became a duplicate."""
    gone: set[str] = set()
    for article_id in sorted(changed & known.keys(), key=lambda i: known[i].order):
        if article_id in gone:
            continue
        mine = known[article_id]
        doubles = [
            o for o in _others(known, met, article_id) if o.id not in gone and is_same_article(mine, o)
        ]
        first, *later = sorted((mine, *doubles), key=lambda likeness: likeness.order)
        for double in later:
            merge_articles(
                session, session.get_one(ArticleRow, double.id), session.get_one(ArticleRow, first.id)
            )
            gone.add(double.id)
    session.flush()
    return gone


def _offer(
    mine: Likeness, others: Iterable[Likeness], rows: Mapping[str, ArticleRow], changed: Collection[str]
) -> None:
    """Those that came later and have this text are its copies, unless they already have an earlier original."""
    for other in others:
        if other.order < mine.order:
            continue
        row, alike = rows[other.id], rate_copy(mine, other)
        if alike is None:
            continue
        held = rows.get(row.copy_of) if row.copy_of else None
        if held is None or held.id == mine.id or (held.first_seen_at, held.id) > mine.order:
            _link(row, Original(id=mine.id, similarity=alike), changed)


def _relink_orphans(
    session: Session, rows: Sequence[ArticleRow], known: Known, changed: Collection[str]
) -> None:
    """Copies of a text that has changed or gone look for another original."""
    orphans = [row for row in rows if row.copy_of in changed and not _still_copies(row, known)]
    if not orphans:
        return
    met = _met(session, orphans)
    near = _likenesses(session, met.keys() | {other for others in met.values() for other in others})
    for row in orphans:
        mine = near.get(row.id)
        _link(row, find_original(mine, _others(near, met, row.id)) if mine else None, ())


def _still_copies(row: ArticleRow, known: Known) -> bool:
    mine, original = known.get(row.id), known.get(row.copy_of or "")
    return mine is not None and original is not None and rate_copy(original, mine) is not None


def _link(row: ArticleRow, original: Original | None, at_work: Collection[str]) -> None:
    """Record the original, and have the index say so."""
    before = row.copy_of
    row.copy_of, row.similarity = (original.id, original.similarity) if original else (None, None)
    if row.copy_of != before and row.id not in at_work:
        index_again(row)


def _others(known: Known, met: Met, article_id: str) -> list[Likeness]:
    return [known[other] for other in sorted(met.get(article_id, ())) if other in known]


def _rows(session: Session, ids: Collection[str]) -> dict[str, ArticleRow]:
    return {row.id: row for row in session.scalars(sa.select(ArticleRow).where(ArticleRow.id.in_(ids)))}
