"""links that were passed by

Revision ID: 0003
Revises: 0002

What a list page showed and a run left alone (no report, too old): by that a later run knows where it has been before.
"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passed_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_passed_link_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_link")),
        sa.UniqueConstraint("source_id", "key", name=op.f("uq_passed_link_source_id_key")),
    )


def downgrade() -> None:
    op.drop_table("passed_link")
