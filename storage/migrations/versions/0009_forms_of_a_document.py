"""a page and its PDF are two forms of one document: where they differ, nobody has edited anything

Revision ID: 0009
Revises: 0008

`edition.cause` may be `form`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEFORE = "first", "publisher", "reader"


def upgrade() -> None:
    allow(*BEFORE, "form")


def downgrade() -> None:
    op.execute(sa.text("UPDATE edition SET cause = 'publisher' WHERE cause = 'form'"))
    allow(*BEFORE)


def allow(*words: str) -> None:
    with op.batch_alter_table("edition") as batch:
        batch.drop_constraint(op.f("ck_edition_cause"), type_="check")
        batch.create_check_constraint(op.f("ck_edition_cause"), " OR ".join(f"cause = '{word}'" for word in words))
