"""Tables of the first revision, part 2 of 4: document, seen_link, source_run, address, capture, correction, document_sketch, capture_part, edition, fetch."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.types


def make_document() -> None:
    """Make `document`."""
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("issuer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("region", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("period_first", sa.Integer(), nullable=True),
        sa.Column("period_last", sa.Integer(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_year", sa.Integer(), nullable=True),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("first_seen_at", storage.types.UtcTime(), nullable=False),
        sa.CheckConstraint("period_first <= period_last", name=op.f("ck_document_period_first_order")),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_document_region_region")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_document_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_first_seen_at"), ["first_seen_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_published"), ["published"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_region"), ["region"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_source_id"), ["source_id"], unique=False)


def make_seen_link() -> None:
    """Make `seen_link`."""
    op.create_table(
        "seen_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("printed_date", sa.Date(), nullable=True),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("first_seen_at", storage.types.UtcTime(), nullable=False),
        sa.CheckConstraint("state IN ('new', 'read', 'ignored', 'failed', 'gone')", name=op.f("ck_seen_link_state")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_seen_link_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seen_link")),
        sa.UniqueConstraint("source_id", "url", name=op.f("uq_seen_link_source_id_url")),
    )
    with op.batch_alter_table("seen_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_seen_link_source_id_seen_link_state"), ["source_id", "state"], unique=False
        )


def make_source_run() -> None:
    """Make `source_run`."""
    op.create_table(
        "source_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("result", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Integer(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("counts", storage.types.Counts(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("started_at", storage.types.UtcTime(), nullable=False),
        sa.Column("ended_at", storage.types.UtcTime(), nullable=True),
        sa.CheckConstraint(
            "result IN ('ok', 'nothing_new', 'partial', 'broken', 'blocked', 'unreachable')",
            name=op.f("ck_source_run_result"),
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_source_run_run_id_run")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_run_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_run")),
        sa.UniqueConstraint("run_id", "source_id", name=op.f("uq_source_run_run_id_source_id")),
    )
    with op.batch_alter_table("source_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_source_run_source_id_source_run_started_at"), ["source_id", "started_at"], unique=False
        )


def make_address() -> None:
    """Make `address`."""
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("first_seen_at", storage.types.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_address_document_id_document")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_address_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("url", name=op.f("uq_address_url")),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_address_source_id"), ["source_id"], unique=False)


def make_capture() -> None:
    """Make `capture`."""
    op.create_table(
        "capture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("captured_at", storage.types.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_capture_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_capture_document_id_number")),
    )


def make_correction() -> None:
    """Make `correction`."""
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("scope_region", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("period_first", sa.Integer(), nullable=True),
        sa.Column("period_last", sa.Integer(), nullable=True),
        sa.Column("expected_old", storage.types.ExactNumber(), nullable=True),
        sa.Column("new_value", storage.types.ExactNumber(), nullable=True),
        sa.Column("rejected", sa.Boolean(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", storage.types.UtcTime(), nullable=False),
        sa.Column("ended_at", storage.types.UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_correction_document_id_document")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_correction_indicator_id_indicator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_document_id"), ["document_id"], unique=False)


def make_document_sketch() -> None:
    """Make `document_sketch`."""
    op.create_table(
        "document_sketch",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_sketch_document_id_document")),
        sa.PrimaryKeyConstraint("hash", "document_id", name=op.f("pk_document_sketch")),
    )


def make_capture_part() -> None:
    """Make `capture_part`."""
    op.create_table(
        "capture_part",
        sa.Column("capture_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name=op.f("fk_capture_part_capture_id_capture")),
        sa.ForeignKeyConstraint(["sha256"], ["snapshot.sha256"], name=op.f("fk_capture_part_sha256_snapshot")),
        sa.PrimaryKeyConstraint("capture_id", "position", name=op.f("pk_capture_part")),
    )
    with op.batch_alter_table("capture_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_capture_part_sha256"), ["sha256"], unique=False)


def make_edition() -> None:
    """Make `edition`."""
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("capture_id", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("extractor_version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reader_version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("origin", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("cause", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.Column("observations", sa.Integer(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("ignored", storage.types.Counts(), nullable=False),
        sa.Column("searchable", sa.Boolean(), nullable=False),
        sa.Column("evaluated", sa.Boolean(), nullable=False),
        sa.Column("created_at", storage.types.UtcTime(), nullable=False),
        sa.CheckConstraint("cause IN ('first', 'publisher', 'reader')", name=op.f("ck_edition_cause")),
        sa.CheckConstraint(
            "origin IN ('ordinary', 'first_run', 'backfill', 'reread', 'import')", name=op.f("ck_edition_origin")
        ),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name=op.f("fk_edition_capture_id_capture")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_edition_document_id_document")),
        sa.ForeignKeyConstraint(["previous_id"], ["edition.id"], name=op.f("fk_edition_previous_id_edition")),
        sa.ForeignKeyConstraint(
            ["text_sha256"], ["canonical_text.sha256"], name=op.f("fk_edition_text_sha256_canonical_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint(
            "capture_id",
            "extractor_version",
            "reader_version",
            name=op.f("uq_edition_capture_id_extractor_version_reader_version"),
        ),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_edition_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_edition_searchable"), ["searchable"], unique=False)
        batch_op.create_index(batch_op.f("ix_edition_text_sha256"), ["text_sha256"], unique=False)


def make_fetch() -> None:
    """Make `fetch`."""
    op.create_table(
        "fetch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("at", storage.types.UtcTime(), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("bytes", sa.Integer(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=True),
        sa.Column("snapshot_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('page', 'not_modified', 'moved', 'missing', 'blocked', 'throttled', 'unreachable', 'timed_out', 'truncated', 'too_large', 'undecodable', 'wrong_type', 'refused')",
            name=op.f("ck_fetch_outcome"),
        ),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_fetch_address_id_address")),
        sa.ForeignKeyConstraint(
            ["snapshot_sha256"], ["snapshot.sha256"], name=op.f("fk_fetch_snapshot_sha256_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch")),
    )
    with op.batch_alter_table("fetch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fetch_address_id"), ["address_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fetch_at"), ["at"], unique=False)


MAKE = (
    make_document,
    make_seen_link,
    make_source_run,
    make_address,
    make_capture,
    make_correction,
    make_document_sketch,
    make_capture_part,
    make_edition,
    make_fetch,
)
