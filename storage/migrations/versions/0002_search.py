"""the search index

Revision ID: 0002
Revises: 0001

Words are cut by storage.words, the same for both databases: FTS5 keeps them by the observation's id without the text,
PostgreSQL as a tsvector. The index is filled apart from writing (storage.search).
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            sa.text(
                "CREATE TABLE figure_words ("
                "observation_id INTEGER PRIMARY KEY REFERENCES observation (id), words TSVECTOR NOT NULL)"
            )
        )
        op.execute(sa.text("CREATE INDEX ix_figure_words_words ON figure_words USING gin (words)"))
    else:
        op.execute(sa.text("CREATE VIRTUAL TABLE figure_words USING fts5 (words, content='')"))


def downgrade() -> None:
    op.execute(sa.text("DROP TABLE figure_words"))
