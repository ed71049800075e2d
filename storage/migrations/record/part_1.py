"""Tables of the first revision, part 1 of 4: alert_group, canonical_text, indicator, lease, receiver_state, region, run, silence, snapshot, delivery, series, source, attempt."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.types


def make_alert_group() -> None:
    """Make `alert_group`."""
    op.create_table(
        "alert_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("audience", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", storage.types.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_group")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_group_key")),
    )
    with op.batch_alter_table("alert_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_group_created_at"), ["created_at"], unique=False)


def make_canonical_text() -> None:
    """Make `canonical_text`."""
    op.create_table(
        "canonical_text",
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_canonical_text")),
    )


def make_indicator() -> None:
    """Make `indicator`."""
    op.create_table(
        "indicator",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("topic", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("measure", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rise", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("lower", storage.types.ExactNumber(), nullable=True),
        sa.Column("upper", storage.types.ExactNumber(), nullable=True),
        sa.Column("thresholds", storage.types.Pairs(), nullable=False),
        sa.Column("part_of", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("rate_of", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("rate_base", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["part_of"], ["indicator.id"], name=op.f("fk_indicator_part_of_indicator")),
        sa.ForeignKeyConstraint(["rate_base"], ["indicator.id"], name=op.f("fk_indicator_rate_base_indicator")),
        sa.ForeignKeyConstraint(["rate_of"], ["indicator.id"], name=op.f("fk_indicator_rate_of_indicator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )


def make_lease() -> None:
    """Make `lease`."""
    op.create_table(
        "lease",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("owner", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("until", storage.types.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )


def make_receiver_state() -> None:
    """Make `receiver_state`."""
    op.create_table(
        "receiver_state",
        sa.Column("receiver", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("paused_until", storage.types.UtcTime(), nullable=True),
        sa.Column("delivered_at", storage.types.UtcTime(), nullable=True),
        sa.Column("heartbeat_at", storage.types.UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("receiver", name=op.f("pk_receiver_state")),
    )


def make_region() -> None:
    """Make `region`."""
    op.create_table(
        "region",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("short_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("parent", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["parent"], ["region.code"], name=op.f("fk_region_parent_region")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
    )


def make_run() -> None:
    """Make `run`."""
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("flow_run_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("started_at", storage.types.UtcTime(), nullable=False),
        sa.Column("ended_at", storage.types.UtcTime(), nullable=True),
        sa.Column("counts", storage.types.Counts(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_started_at"), ["started_at"], unique=False)


def make_silence() -> None:
    """Make `silence`."""
    op.create_table(
        "silence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matchers", storage.types.Pairs(), nullable=False),
        sa.Column("owner", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starts_at", storage.types.UtcTime(), nullable=False),
        sa.Column("ends_at", storage.types.UtcTime(), nullable=False),
        sa.Column("created_at", storage.types.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence")),
    )
    with op.batch_alter_table("silence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_silence_ends_at"), ["ends_at"], unique=False)


def make_snapshot() -> None:
    """Make `snapshot`."""
    op.create_table(
        "snapshot",
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_size", sa.Integer(), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kept_at", storage.types.UtcTime(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_snapshot_sha256")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_snapshot")),
    )


def make_delivery() -> None:
    """Make `delivery`."""
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("receiver", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("idempotency_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", storage.types.UtcTime(), nullable=False),
        sa.Column("useful_until", storage.types.UtcTime(), nullable=True),
        sa.Column("lease_owner", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("lease_until", storage.types.UtcTime(), nullable=True),
        sa.Column("possibly_repeated", sa.Boolean(), nullable=False),
        sa.Column("parts_done", storage.types.Words(), nullable=False),
        sa.Column("receipt", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("last_error", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", storage.types.UtcTime(), nullable=False),
        sa.Column("closed_at", storage.types.UtcTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'leased', 'delivered', 'refused', 'dead', 'digested')", name=op.f("ck_delivery_state")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["alert_group.id"], name=op.f("fk_delivery_group_id_alert_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("group_id", "receiver", "reason", name=op.f("uq_delivery_group_id_receiver_reason")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_delivery_idempotency_key")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_receiver_delivery_state"), ["receiver", "state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_delivery_state_delivery_next_try_at"), ["state", "next_try_at"], unique=False
        )


def make_series() -> None:
    """Make `series`."""
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("measure", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("region", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("period_kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_series_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_series_region_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint(
            "indicator_id",
            "region",
            "measure",
            "body",
            "own",
            "level",
            "period_kind",
            name=op.f("uq_series_indicator_id_region_measure_body_own_level_period_kind"),
        ),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_series_indicator_id_series_period_kind_series_level_series_region"),
            ["indicator_id", "period_kind", "level", "region"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_series_region"), ["region"], unique=False)


def make_source() -> None:
    """Make `source`."""
    op.create_table(
        "source",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("region", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("list_urls", storage.types.Words(), nullable=False),
        sa.Column("family", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("tolerate_days", sa.Integer(), nullable=False),
        sa.Column("months", storage.types.Words(), nullable=False),
        sa.Column("options", storage.types.Pairs(), nullable=False),
        sa.Column("first_run_done", sa.Boolean(), nullable=False),
        sa.Column("synced_at", storage.types.UtcTime(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_source_region_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_region"), ["region"], unique=False)


def make_attempt() -> None:
    """Make `attempt`."""
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", storage.types.UtcTime(), nullable=False),
        sa.Column("verdict", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=True),
        sa.CheckConstraint("verdict IN ('delivered', 'retry', 'refused', 'unknown')", name=op.f("ck_attempt_verdict")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_attempt_delivery_id_delivery")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_delivery_id"), ["delivery_id"], unique=False)


MAKE = (
    make_alert_group,
    make_canonical_text,
    make_indicator,
    make_lease,
    make_receiver_state,
    make_region,
    make_run,
    make_silence,
    make_snapshot,
    make_delivery,
    make_series,
    make_source,
    make_attempt,
)
