"""what silences held, links that were used, routes of messages, receivers that are gone

Revision ID: 0004
Revises: 0003

A silence or acknowledgement that has ended is looked at once, to let go what it held (`settled`); one that a signed
link made knows that link, so that using it twice does nothing new. A delivery knows the route it was made by, whether
it waits for that route's window (which holds nothing back) or for its next try, and may end as `orphaned`: its receiver
is no longer in the settings.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = "pending", "leased", "delivered", "refused", "dead", "digested"


def states(words: tuple[str, ...]) -> str:
    allowed = ", ".join(f"'{word}'" for word in words)
    return f"state IN ({allowed})"


def upgrade() -> None:
    for table in ("acknowledgement", "silence"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("link", sa.String(), nullable=True))
            batch.add_column(sa.Column("settled", sa.Boolean(), nullable=False, server_default=sa.false()))
            batch.create_unique_constraint(op.f(f"uq_{table}_link"), ["link"])
    with op.batch_alter_table("delivery") as batch:
        batch.add_column(sa.Column("route", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("put_off", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.drop_constraint(op.f("ck_delivery_state"), type_="check")
        batch.create_check_constraint(op.f("ck_delivery_state"), states((*BEFORE, "orphaned")))


def downgrade() -> None:
    op.execute(sa.text("UPDATE delivery SET state = 'dead' WHERE state = 'orphaned'"))
    with op.batch_alter_table("delivery") as batch:
        batch.drop_constraint(op.f("ck_delivery_state"), type_="check")
        batch.create_check_constraint(op.f("ck_delivery_state"), states(BEFORE))
        batch.drop_column("put_off")
        batch.drop_column("route")
    for table in ("silence", "acknowledgement"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"uq_{table}_link"), type_="unique")
            batch.drop_column("settled")
            batch.drop_column("link")
