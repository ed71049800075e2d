"""Tables of the first revision, part 3 of 4: fetch_state, evaluation_due, observation, unread, change, point, review."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.types


def make_fetch_state() -> None:
    """Make `fetch_state`."""
    op.create_table(
        "fetch_state",
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("etag", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("last_modified", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("snapshot_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("text_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("checked_at", storage.types.UtcTime(), nullable=True),
        sa.Column("succeeded_at", storage.types.UtcTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("due_at", storage.types.UtcTime(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('page', 'not_modified', 'moved', 'missing', 'blocked', 'throttled', 'unreachable', 'timed_out', 'truncated', 'too_large', 'undecodable', 'wrong_type', 'refused')",
            name=op.f("ck_fetch_state_outcome"),
        ),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_fetch_state_address_id_address")),
        sa.ForeignKeyConstraint(
            ["snapshot_sha256"], ["snapshot.sha256"], name=op.f("fk_fetch_state_snapshot_sha256_snapshot")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_fetch_state_source_id_source")),
        sa.PrimaryKeyConstraint("address_id", name=op.f("pk_fetch_state")),
    )
    with op.batch_alter_table("fetch_state", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fetch_state_source_id_fetch_state_due_at"), ["source_id", "due_at"], unique=False
        )


def make_evaluation_due() -> None:
    """Make `evaluation_due`."""
    op.create_table(
        "evaluation_due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_since", storage.types.UtcTime(), nullable=False),
        sa.CheckConstraint("reason IN ('edition', 'review', 'correction')", name=op.f("ck_evaluation_due_reason")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_evaluation_due_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_due")),
        sa.UniqueConstraint("edition_id", "reason", name=op.f("uq_evaluation_due_edition_id_reason")),
    )


def make_observation() -> None:
    """Make `observation`."""
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("indicator_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("scope_body", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("scope_own", sa.Boolean(), nullable=False),
        sa.Column("scope_region", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("scope_words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("period_first", sa.Integer(), nullable=True),
        sa.Column("period_last", sa.Integer(), nullable=True),
        sa.Column("value", storage.types.ExactNumber(), nullable=True),
        sa.Column("given_value", storage.types.ExactNumber(), nullable=True),
        sa.Column("precision", storage.types.ExactNumber(), nullable=True),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("qualifier", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("remarks", storage.types.Words(), nullable=False),
        sa.Column("rules", storage.types.Words(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("quotation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("standing", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("held", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("held_at", storage.types.UtcTime(), nullable=True),
        sa.CheckConstraint("held IN ('doubtful', 'magnitude')", name=op.f("ck_observation_held")),
        sa.CheckConstraint(
            "standing IN ('taken', 'none', 'superseded', 'not_issuer', 'lesser_kind', 'earlier', 'derived', 'rounded', 'repeated', 'held', 'rejected')",
            name=op.f("ck_observation_standing"),
        ),
        sa.CheckConstraint("status IN ('stated', 'derived', 'doubtful')", name=op.f("ck_observation_status")),
        sa.CheckConstraint("period_first <= period_last", name=op.f("ck_observation_period_first_order")),
        sa.CheckConstraint("quote_start <= quote_end", name=op.f("ck_observation_quote_start_order")),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_observation_span_start_order")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_observation_edition_id_edition")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_observation_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["scope_region"], ["region.code"], name=op.f("fk_observation_scope_region_region")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_observation_series_id_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("edition_id", "position", name=op.f("uq_observation_edition_id_position")),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observation_held_at"), ["held_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_observation_series_id_observation_period_first_observation_period_last"),
            ["series_id", "period_first", "period_last"],
            unique=False,
        )


def make_unread() -> None:
    """Make `unread`."""
    op.create_table(
        "unread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("quotation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_unread_span_start_order")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_unread_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unread")),
    )
    with op.batch_alter_table("unread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unread_edition_id"), ["edition_id"], unique=False)


def make_change() -> None:
    """Make `change`."""
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("direction", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", storage.types.ExactNumber(), nullable=True),
        sa.Column("precision", storage.types.ExactNumber(), nullable=True),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("base_period", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("qualifier", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rules", storage.types.Words(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("standing", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "standing IN ('taken', 'none', 'superseded', 'not_issuer', 'lesser_kind', 'earlier', 'derived', 'rounded', 'repeated', 'held', 'rejected')",
            name=op.f("ck_change_standing"),
        ),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_change_span_start_order")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_change_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_change_observation_id_observation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("observation_id", "position", name=op.f("uq_change_observation_id_position")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_edition_id"), ["edition_id"], unique=False)


def make_point() -> None:
    """Make `point`."""
    op.create_table(
        "point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("period_first", sa.Integer(), nullable=False),
        sa.Column("period_last", sa.Integer(), nullable=False),
        sa.Column("value", storage.types.ExactNumber(), nullable=False),
        sa.Column("precision", storage.types.ExactNumber(), nullable=True),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("qualifier", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("stated_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("break_before", sa.Boolean(), nullable=False),
        sa.Column("witnesses", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("updated_at", storage.types.UtcTime(), nullable=False),
        sa.CheckConstraint("period_first <= period_last", name=op.f("ck_point_period_first_order")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_point_document_id_document")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_point_observation_id_observation")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_point_series_id_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point")),
        sa.UniqueConstraint(
            "series_id", "period_first", "period_last", name=op.f("uq_point_series_id_period_first_period_last")
        ),
    )
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_point_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_observation_id"), ["observation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_updated_at"), ["updated_at"], unique=False)


def make_review() -> None:
    """Make `review`."""
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("held", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("machine_value", storage.types.ExactNumber(), nullable=True),
        sa.Column("accepted_value", storage.types.ExactNumber(), nullable=True),
        sa.Column("reader_version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reviewer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_at", storage.types.UtcTime(), nullable=False),
        sa.CheckConstraint("decision IN ('accept', 'correct', 'reject')", name=op.f("ck_review_decision")),
        sa.CheckConstraint("held IN ('doubtful', 'magnitude')", name=op.f("ck_review_held")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_review_observation_id_observation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_observation_id"), ["observation_id"], unique=False)


MAKE = (
    make_fetch_state,
    make_evaluation_due,
    make_observation,
    make_unread,
    make_change,
    make_point,
    make_review,
)
