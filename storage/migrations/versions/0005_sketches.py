"""what near-equal texts share, stored with the document

Revision ID: 0005
Revises: 0004

Documents are matched by a sketch of their text (storage.sketches), found by keys in document_sketch, which until now
held hashes of sentences. The texts that stand are sketched here; where a text is damaged or gone the document is found
by its addresses only. Reports of one body over one period are found by an index.
"""

import sqlalchemy as sa
from alembic import op

from storage.errors import RecordError
from storage.sketches import sketch_of
from storage.texts import unpack

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STANDING = sa.text(
    "SELECT d.id, t.sha256, t.packed FROM document d JOIN edition e ON e.id = d.edition_id"
    " JOIN canonical_text t ON t.sha256 = e.text_sha256 WHERE d.id > :after ORDER BY d.id LIMIT 200"
)
SKETCH = sa.text("UPDATE document SET sketch = :sketch WHERE id = :id")
KEY = sa.text("INSERT INTO document_sketch (hash, document_id) VALUES (:hash, :id)")


def upgrade() -> None:
    with op.batch_alter_table("document") as batch:
        batch.add_column(sa.Column("sketch", sa.LargeBinary(), nullable=True))
        batch.drop_index(op.f("ix_document_region"))
        batch.create_index("ix_document_report", ["region", "body", "kind", "period_first"])
    op.execute(sa.text("DELETE FROM document_sketch"))
    connection, after = op.get_bind(), 0
    while rows := connection.execute(STANDING, {"after": after}).all():
        for document_id, sha256, packed in rows:
            after = document_id
            try:
                sketch, keys = sketch_of(unpack(sha256, bytes(packed)))
            except RecordError:
                continue
            connection.execute(SKETCH, {"id": document_id, "sketch": sketch.packed})
            if keys:
                connection.execute(KEY, [{"id": document_id, "hash": key} for key in keys])


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM document_sketch"))
    with op.batch_alter_table("document") as batch:
        batch.drop_index("ix_document_report")
        batch.create_index(op.f("ix_document_region"), ["region"])
        batch.drop_column("sketch")
