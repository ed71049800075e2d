"""Tables of the first revision, part 4 of 4: alert, change_point, finding, acknowledgement, alert_evidence, alert_feedback, alert_stage, group_alert."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.types


def make_alert() -> None:
    """Make `alert`."""
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("audience", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("severity", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("observation_id", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("indicator_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("region", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("period_first", sa.Integer(), nullable=True),
        sa.Column("period_last", sa.Integer(), nullable=True),
        sa.Column("value", storage.types.ExactNumber(), nullable=True),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("direction", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("change_value", storage.types.ExactNumber(), nullable=True),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("base_period", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("sharpness", storage.types.ExactNumber(), nullable=True),
        sa.Column("old_value", storage.types.ExactNumber(), nullable=True),
        sa.Column("old_change_value", storage.types.ExactNumber(), nullable=True),
        sa.Column("cause", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("quotation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("facts", storage.types.Pairs(), nullable=False),
        sa.Column("created_at", storage.types.UtcTime(), nullable=False),
        sa.Column("updated_at", storage.types.UtcTime(), nullable=False),
        sa.CheckConstraint("audience IN ('reader', 'operator')", name=op.f("ck_alert_audience")),
        sa.CheckConstraint("severity IN ('info', 'notable', 'sharp')", name=op.f("ck_alert_severity")),
        sa.CheckConstraint(
            "state IN ('pending', 'baseline', 'held', 'silenced', 'acknowledged', 'inhibited', 'grouped', 'withdrawn')",
            name=op.f("ck_alert_state"),
        ),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_alert_change_id_change")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_alert_document_id_document")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_alert_edition_id_edition")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_alert_indicator_id_indicator")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_alert_observation_id_observation")
        ),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_alert_region_region")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_alert_series_id_series")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_alert_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_alert_fingerprint")),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_rule"), ["rule"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_series_id"), ["series_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_state_alert_audience"), ["state", "audience"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_updated_at"), ["updated_at"], unique=False)


def make_change_point() -> None:
    """Make `change_point`."""
    op.create_table(
        "change_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("period_first", sa.Integer(), nullable=False),
        sa.Column("period_last", sa.Integer(), nullable=False),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("base_period", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("direction", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", storage.types.ExactNumber(), nullable=True),
        sa.Column("precision", storage.types.ExactNumber(), nullable=True),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("updated_at", storage.types.UtcTime(), nullable=False),
        sa.CheckConstraint("period_first <= period_last", name=op.f("ck_change_point_period_first_order")),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_change_point_change_id_change")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_change_point_series_id_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_point")),
        sa.UniqueConstraint(
            "series_id",
            "period_first",
            "period_last",
            "form",
            "basis",
            "base_period",
            name=op.f("uq_change_point_series_id_period_first_period_last_form_basis_base_period"),
        ),
    )
    with op.batch_alter_table("change_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_point_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_point_updated_at"), ["updated_at"], unique=False)


def make_finding() -> None:
    """Make `finding`."""
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("check_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("severity", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("expected", storage.types.ExactNumber(), nullable=True),
        sa.Column("actual", storage.types.ExactNumber(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "check_name IN ('range', 'parts', 'rate', 'stated_change', 'definition_break', 'magnitude', 'conflict', 'fill_rate', 'correction_stale')",
            name=op.f("ck_finding_check_name"),
        ),
        sa.CheckConstraint("severity IN ('info', 'notable', 'sharp')", name=op.f("ck_finding_severity")),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_finding_change_id_change")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_finding_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_finding_observation_id_observation")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["observation.id"], name=op.f("fk_finding_other_id_observation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_observation_id"), ["observation_id"], unique=False)


def make_acknowledgement() -> None:
    """Make `acknowledgement`."""
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("owner", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", storage.types.UtcTime(), nullable=False),
        sa.Column("until", storage.types.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_acknowledgement_alert_id_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
    )
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acknowledgement_alert_id"), ["alert_id"], unique=False)


def make_alert_evidence() -> None:
    """Make `alert_evidence`."""
    op.create_table(
        "alert_evidence",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_evidence_alert_id_alert")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_alert_evidence_observation_id_observation")
        ),
        sa.PrimaryKeyConstraint("alert_id", "observation_id", name=op.f("pk_alert_evidence")),
    )
    with op.batch_alter_table("alert_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_evidence_observation_id"), ["observation_id"], unique=False)


def make_alert_feedback() -> None:
    """Make `alert_feedback`."""
    op.create_table(
        "alert_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", storage.types.UtcTime(), nullable=False),
        sa.CheckConstraint("verdict IN ('useful', 'false', 'incident')", name=op.f("ck_alert_feedback_verdict")),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_feedback_alert_id_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_feedback")),
    )
    with op.batch_alter_table("alert_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_feedback_alert_id"), ["alert_id"], unique=False)


def make_alert_stage() -> None:
    """Make `alert_stage`."""
    op.create_table(
        "alert_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stage", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", storage.types.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_stage_alert_id_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_stage")),
    )
    with op.batch_alter_table("alert_stage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_stage_alert_id"), ["alert_id"], unique=False)


def make_group_alert() -> None:
    """Make `group_alert`."""
    op.create_table(
        "group_alert",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_group_alert_alert_id_alert")),
        sa.ForeignKeyConstraint(["group_id"], ["alert_group.id"], name=op.f("fk_group_alert_group_id_alert_group")),
        sa.PrimaryKeyConstraint("group_id", "alert_id", name=op.f("pk_group_alert")),
    )
    with op.batch_alter_table("group_alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_alert_alert_id"), ["alert_id"], unique=False)


MAKE = (
    make_alert,
    make_change_point,
    make_finding,
    make_acknowledgement,
    make_alert_evidence,
    make_alert_feedback,
    make_alert_stage,
    make_group_alert,
)
