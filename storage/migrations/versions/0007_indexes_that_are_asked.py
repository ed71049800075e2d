"""only the indexes that a query asks for

Revision ID: 0007
Revises: 0006

Every figure was entered in indexes by which nobody looks: those of moments, and of references that are only followed
the other way. Together they were a tenth of what writing an edition costs. Held figures, the few that wait for a
person, are found by an index of their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DROPPED = (
    ("address", "source_id"),
    ("capture_part", "sha256"),
    ("change_point", "updated_at"),
    ("document", "first_seen_at"),
    ("edition", "text_sha256"),
    ("finding", "observation_id"),
    ("observation", "held_at"),
    ("point", "document_id"),
    ("point", "observation_id"),
    ("point", "updated_at"),
)
HELD = sa.text("held IS NOT NULL")


def upgrade() -> None:
    for table, column in DROPPED:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    op.create_index("ix_observation_held", "observation", ["held_at"], sqlite_where=HELD, postgresql_where=HELD)


def downgrade() -> None:
    op.drop_index("ix_observation_held", "observation")
    for table, column in DROPPED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
