"""Alerts, the watches that find them, and the channels that take them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from vigie.adapters.ledger.schema.base import Base, Leased


class AlertRow(Base):
    """One alert, with its reasons, as it was decided."""

    __tablename__ = "alerts"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    fired_at: Mapped[datetime] = mapped_column(index=True)
    decided_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(
        String(20), default="topic", server_default="topic"
    )  # topic, watch, communique, operator, digest
    about: Mapped[str | None] = mapped_column(String(200), index=True)  # the trend, watch, person or feed
    topic: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    indexed_at: Mapped[datetime | None]  # None: the index does not have it


class DeliveryRow(Leased, Base):
    """One alert on one channel. The channel is a digest of its address: the address is a secret."""

    __tablename__ = "deliveries"
    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(40), primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), index=True)  # pending, sent, abandoned
    tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime | None]  # it is tried for a day from then on
    next_try_at: Mapped[datetime]
    message_id: Mapped[str | None] = mapped_column(String(40), index=True)  # several may go out in one
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class WatchRow(Base):
    """A saved search that alerts, from the watches file or made by hand."""

    __tablename__ = "watches"
    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    origin: Mapped[str] = mapped_column(String(20))  # file, hand
    made_at: Mapped[datetime]  # articles that were first seen before fire nothing
    removed_at: Mapped[datetime | None]
    body: Mapped[str] = mapped_column(Text)


class MatchRow(Base):
    """One article that one watch found: once, whatever becomes of the article."""

    __tablename__ = "matches"
    watch_id: Mapped[str] = mapped_column(ForeignKey("watches.id"), primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), primary_key=True, index=True)
    version: Mapped[int]
    at: Mapped[datetime]
    alert_id: Mapped[str | None] = mapped_column(String(40))
