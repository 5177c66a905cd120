"""Alembic's entry point: the ledger opens the connection and hands it over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from vigie.adapters.ledger.schema import Base, UtcDateTime


def _render_item(_kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Revisions must not change when our code does: they name the plain type."""
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
    render_item=_render_item,
)
with context.begin_transaction():
    context.run_migrations()
