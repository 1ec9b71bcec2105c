"""Instruments, studies with their protocols and consent, and accounts."""

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    _create_account()
    _create_instrument_version()
    _create_instrument_analysis()
    _create_study()
    _create_study_instrument()
    _create_membership()
    _create_consent_text()
    _create_consent()
    _create_pooling_rule()
    _create_receipt()
    _create_sign_in()
    _create_export_record()


def _create_account() -> None:
    op.create_table(
        "account",
        Column("id", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("administrator", Boolean(), nullable=False),
        Column("disabled", Boolean(), nullable=False),
        Column("password_hash", Text(), nullable=True),
        Column("created", Text(), nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_account")),
        UniqueConstraint("name", name=op.f("uq_account_name")),
    )


def _create_instrument_version() -> None:
    op.create_table(
        "instrument_version",
        Column("name", Text(), nullable=False),
        Column("version", Text(), nullable=False),
        Column("state", Text(), nullable=False),
        Column("format", Integer(), nullable=False),
        Column("fingerprint", Text(), nullable=False),
        Column("definition", JSON(none_as_null=True), nullable=False),
        Column("note", Text(), nullable=False),
        Column("published_by", Text(), nullable=False),
        Column("published_at", Text(), nullable=False),
        CheckConstraint(
            "state IN ('draft', 'published', 'retired')", name=op.f("ck_instrument_version_state")
        ),
        PrimaryKeyConstraint("name", "version", name=op.f("pk_instrument_version")),
    )


def _create_instrument_analysis() -> None:
    op.create_table(
        "instrument_analysis",
        Column("id", Text(), nullable=False),
        Column("instrument", Text(), nullable=False),
        Column("version", Text(), nullable=False),
        Column("block", JSON(none_as_null=True), nullable=False),
        Column("fingerprint", Text(), nullable=False),
        Column("added_by", Text(), nullable=False),
        Column("added_at", Text(), nullable=False),
        ForeignKeyConstraint(
            ["instrument", "version"],
            ["instrument_version.name", "instrument_version.version"],
            name=op.f("fk_instrument_analysis_instrument_version"),
        ),
        PrimaryKeyConstraint("id", name=op.f("pk_instrument_analysis")),
    )


def _create_study() -> None:
    op.create_table(
        "study",
        Column("id", Text(), nullable=False),
        Column("slug", Text(), nullable=False),
        Column("title", Text(), nullable=False),
        Column("anonymous", Boolean(), nullable=False),
        Column("contact", Text(), nullable=False),
        Column("created", Text(), nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_study")),
        UniqueConstraint("id", "anonymous", name=op.f("uq_study_id_anonymous")),
        UniqueConstraint("slug", name=op.f("uq_study_slug")),
    )


def _create_study_instrument() -> None:
    op.create_table(
        "study_instrument",
        Column("study_id", Text(), nullable=False),
        Column("instrument", Text(), nullable=False),
        Column("version", Text(), nullable=False),
        Column("delivery", Text(), nullable=False),
        Column("position", Integer(), nullable=False),
        Column("open", Boolean(), nullable=False),
        CheckConstraint(
            "delivery IN ('self', 'interviewer')", name=op.f("ck_study_instrument_delivery")
        ),
        ForeignKeyConstraint(
            ["instrument", "version"],
            ["instrument_version.name", "instrument_version.version"],
            name=op.f("fk_study_instrument_instrument_version"),
        ),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_study_instrument_study_id")),
        PrimaryKeyConstraint(
            "study_id", "instrument", "version", "delivery", name=op.f("pk_study_instrument")
        ),
    )


def _create_membership() -> None:
    op.create_table(
        "membership",
        Column("study_id", Text(), nullable=False),
        Column("account_id", Text(), nullable=False),
        Column("role", Text(), nullable=False),
        CheckConstraint(
            "role IN ('study_lead', 'coordinator', 'interviewer', 'analyst', 'observer')",
            name=op.f("ck_membership_role"),
        ),
        ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_membership_study_id")),
        PrimaryKeyConstraint("study_id", "account_id", name=op.f("pk_membership")),
    )


def _create_consent_text() -> None:
    op.create_table(
        "consent_text",
        Column("id", Text(), nullable=False),
        Column("study_id", Text(), nullable=False),
        Column("version", Text(), nullable=False),
        Column("position", Integer(), nullable=False),
        Column("body", JSON(none_as_null=True), nullable=False),
        Column("fingerprint", Text(), nullable=False),
        Column("added", Text(), nullable=False),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_consent_text_study_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        UniqueConstraint("study_id", "position", name=op.f("uq_consent_text_study_id_position")),
        UniqueConstraint("study_id", "version", name=op.f("uq_consent_text_study_id_version")),
    )


def _create_consent() -> None:
    op.create_table(
        "consent",
        Column("id", Text(), nullable=False),
        Column("study_id", Text(), nullable=False),
        Column("consent_text_id", Text(), nullable=False),
        Column("language", Text(), nullable=False),
        Column("ticks", JSON(none_as_null=True), nullable=False),
        Column("method", Text(), nullable=False),
        Column("given", Text(), nullable=False),
        CheckConstraint("method IN ('web', 'paper', 'spoken')", name=op.f("ck_consent_method")),
        ForeignKeyConstraint(
            ["consent_text_id"], ["consent_text.id"], name=op.f("fk_consent_consent_text_id")
        ),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_consent_study_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sqlite_with_rowid=False,
    )


def _create_pooling_rule() -> None:
    op.create_table(
        "pooling_rule",
        Column("id", Text(), nullable=False),
        Column("study_id", Text(), nullable=False),
        Column("instrument", Text(), nullable=False),
        Column("rule", JSON(none_as_null=True), nullable=False),
        Column("note", Text(), nullable=False),
        Column("added_by", Text(), nullable=False),
        Column("added_at", Text(), nullable=False),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_pooling_rule_study_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_pooling_rule")),
    )


def _create_receipt() -> None:
    op.create_table(
        "receipt",
        Column("code_hash", Text(), nullable=False),
        Column("study_id", Text(), nullable=False),
        Column("day", Text(), nullable=False),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_receipt_study_id")),
        PrimaryKeyConstraint("code_hash", name=op.f("pk_receipt")),
        sqlite_with_rowid=False,
    )


def _create_sign_in() -> None:
    op.create_table(
        "sign_in",
        Column("token_hash", Text(), nullable=False),
        Column("account_id", Text(), nullable=False),
        Column("expires", Text(), nullable=False),
        Column("used", Text(), nullable=True),
        ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )


def _create_export_record() -> None:
    op.create_table(
        "export_record",
        Column("id", Text(), nullable=False),
        Column("study_id", Text(), nullable=False),
        Column("who", Text(), nullable=False),
        Column("filter", JSON(none_as_null=True), nullable=False),
        Column("columns", JSON(none_as_null=True), nullable=False),
        Column("rows", Integer(), nullable=False),
        Column("hash", Text(), nullable=False),
        Column("at", Text(), nullable=False),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_export_record_study_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_export_record")),
    )
