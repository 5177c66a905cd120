"""What the detector of new topics counts, remembers and was taught."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from vigie.adapters.ledger.schema.base import Base


class SightingRow(Base):
    """One term seen in one article of the last days: what the window of the detector holds in detail."""

    __tablename__ = "sightings"
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    term: Mapped[str] = mapped_column(String(300), primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    copy: Mapped[bool]


class CountRow(Base):
    """How many articles of a source had a term in one hour; copies count nowhere. Sums of sightings, which go sooner."""

    __tablename__ = "counts"
    term: Mapped[str] = mapped_column(String(300), primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)  # since 1970, UTC
    source: Mapped[str] = mapped_column(String(300), primary_key=True)
    articles: Mapped[int]


class VolumeRow(Base):
    """How many articles of a source were counted in one hour."""

    __tablename__ = "volumes"
    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(300), primary_key=True)
    articles: Mapped[int]


class SeasonRow(Base):
    """What is left of the counts of a past week: the articles of a term that had several then."""

    __tablename__ = "seasons"
    term: Mapped[str] = mapped_column(String(300), primary_key=True)
    week: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, index=True
    )  # see `topics.counts.week_of`
    articles: Mapped[int]


class TrendRow(Base):
    """A topic that people talk about, told or not. `memory` is what the detector needs to go on with it."""

    __tablename__ = "trends"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[datetime]
    touched_at: Mapped[datetime] = mapped_column(index=True)
    told_at: Mapped[datetime | None]
    body: Mapped[str] = mapped_column(Text)
    memory: Mapped[str] = mapped_column(Text)
    indexed_at: Mapped[datetime | None]  # None: the index does not have it as it is now


class LessonRow(Base):
    """What a person taught the detector, as long as it holds."""

    __tablename__ = "lessons"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # mute, rate, follow
    target: Mapped[str] = mapped_column(String(300), index=True)
    made_at: Mapped[datetime]
    until: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    body: Mapped[str] = mapped_column(Text)
