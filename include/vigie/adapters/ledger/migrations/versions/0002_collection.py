"""what collection remembers: rhythm, rights, requests for pages, near copies"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TALLIES = sa.table("tallies", sa.column("table_name", sa.String), sa.column("rows", sa.Integer))


def upgrade() -> None:
    op.create_table(
        "bands",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
        ),
        sa.PrimaryKeyConstraint("key", "article_id"),
    )
    with op.batch_alter_table("bands", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bands_article_id"), ["article_id"], unique=False)

    op.create_table(
        "fetches",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=True),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("fetches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fetches_article_id"), ["article_id"], unique=False)

    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=20), server_default="topic", nullable=False))

    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.add_column(sa.Column("page_url", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("canonical_refused", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("page_etag", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("page_last_modified", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("page_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("rights", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("sketch", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("copy_of", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("similarity", sa.Double(), nullable=True))

    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(length=20), server_default="feed", nullable=False))
        batch_op.add_column(sa.Column("pattern", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("beside", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("licensed", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("moved_url", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("full_polled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("interval_s", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("condition", sa.String(length=40), server_default="new", nullable=False)
        )
        batch_op.add_column(sa.Column("no_validators_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("passed_over", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("troubled_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("told", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("last_error", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("last_error_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("first_polled_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("hosts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("blocked_why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("troubles", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("crawl_delay_s", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("tdm", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("tdm_fetched_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("lease_owner", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_hosts_lease_owner"), ["lease_owner"], unique=False)

    with op.batch_alter_table("polls", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("condition", sa.String(length=40), server_default="unknown", nullable=False)
        )
        batch_op.add_column(sa.Column("body_bytes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("duration_ms", sa.Integer(), nullable=True))
        batch_op.drop_index(batch_op.f("ix_polls_feed_id"))
        batch_op.create_index("ix_polls_of_feed", ["feed_id", "at"], unique=False)

    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed", sa.JSON(), nullable=True))

    op.bulk_insert(TALLIES, [{"table_name": "fetches", "rows": 0}])


def downgrade() -> None:
    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.drop_column("changed")

    with op.batch_alter_table("polls", schema=None) as batch_op:
        batch_op.drop_index("ix_polls_of_feed")
        batch_op.create_index(batch_op.f("ix_polls_feed_id"), ["feed_id"], unique=False)
        batch_op.drop_column("duration_ms")
        batch_op.drop_column("body_bytes")
        batch_op.drop_column("condition")

    with op.batch_alter_table("hosts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hosts_lease_owner"))
        batch_op.drop_column("lease_until")
        batch_op.drop_column("lease_owner")
        batch_op.drop_column("next_at")
        batch_op.drop_column("tdm_fetched_at")
        batch_op.drop_column("tdm")
        batch_op.drop_column("crawl_delay_s")
        batch_op.drop_column("troubles")
        batch_op.drop_column("blocked_why")

    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.drop_column("first_polled_at")
        batch_op.drop_column("last_error_at")
        batch_op.drop_column("last_error")
        batch_op.drop_column("told")
        batch_op.drop_column("troubled_since")
        batch_op.drop_column("passed_over")
        batch_op.drop_column("no_validators_until")
        batch_op.drop_column("condition")
        batch_op.drop_column("interval_s")
        batch_op.drop_column("full_polled_at")
        batch_op.drop_column("moved_url")
        batch_op.drop_column("note")
        batch_op.drop_column("licensed")
        batch_op.drop_column("beside")
        batch_op.drop_column("pattern")
        batch_op.drop_column("source")

    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_column("similarity")
        batch_op.drop_column("copy_of")
        batch_op.drop_column("sketch")
        batch_op.drop_column("rights")
        batch_op.drop_column("page_hash")
        batch_op.drop_column("page_last_modified")
        batch_op.drop_column("page_etag")

    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("fetches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fetches_article_id"))

    op.drop_table("fetches")
    with op.batch_alter_table("bands", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bands_article_id"))

    op.drop_table("bands")
    op.execute(sa.delete(TALLIES).where(TALLIES.c.table_name == "fetches"))
