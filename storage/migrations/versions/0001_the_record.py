"""the record

Revision ID: 0001
Revises: 
"""

from alembic import op

from storage.migrations.record import MAKE, TABLES

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for make in MAKE:
        make()


def downgrade() -> None:
    # A table's indexes go with it.
    for table in reversed(TABLES):
        op.drop_table(table)
