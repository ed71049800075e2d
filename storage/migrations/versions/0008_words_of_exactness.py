"""what a text says of a figure's exactness (近, 约, 超过) stays with series of changes and with alerts

Revision ID: 0008
Revises: 0007

Changes have always kept it; their series' points and the alerts about them did not, and told 下降超过三成 as 30 per cent
flat. What is stored already takes it from the change, or the figure, that it was made of.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Table, new column, and where what it says stands already: table and the reference to it.
KEPT = (
    ("change_point", "qualifier", "change", "change_id"),
    ("alert", "qualifier", "observation", "observation_id"),
    ("alert", "change_qualifier", "change", "change_id"),
)


def upgrade() -> None:
    for table, column, origin, reference in KEPT:
        op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default="exact"))
        found = f"SELECT qualifier FROM {origin} WHERE {origin}.id = {table}.{reference}"  # noqa: S608 - names above
        inexact = f"SELECT id FROM {origin} WHERE qualifier <> 'exact'"  # noqa: S608 - names above
        op.execute(sa.text(f"UPDATE {table} SET {column} = ({found}) WHERE {reference} IN ({inexact})"))  # noqa: S608


def downgrade() -> None:
    for table, column, _, _ in reversed(KEPT):
        op.drop_column(table, column)
