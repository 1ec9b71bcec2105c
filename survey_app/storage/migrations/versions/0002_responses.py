"""Participants, interviews, responses with their answers, and sessions."""

from typing import Any

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Constraint,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""
    _create_participant()
    _create_invitation()
    _create_interview()
    _create_response()
    _create_draft()
    _create_answer()
    _create_session()


def _create_participant() -> None:
    op.create_table(
        "participant",
        Column("id", Text(), nullable=False),
        Column("study_id", Text(), nullable=False),
        Column("pseudonym", Text(), nullable=False),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_participant_study_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        UniqueConstraint("id", "study_id", name=op.f("uq_participant_id_study_id")),
        UniqueConstraint("study_id", "pseudonym", name=op.f("uq_participant_study_id_pseudonym")),
    )


def _create_invitation() -> None:
    op.create_table(
        "invitation",
        Column("id", Text(), nullable=False),
        Column("study_id", Text(), nullable=False),
        Column("code_hash", Text(), nullable=False),
        Column("participant_id", Text(), nullable=True),
        Column("most_uses", Integer(), nullable=True),
        Column("uses", Integer(), nullable=False),
        CheckConstraint("most_uses IS NULL OR uses <= most_uses", name=op.f("ck_invitation_uses")),
        ForeignKeyConstraint(
            ["participant_id", "study_id"],
            ["participant.id", "participant.study_id"],
            name=op.f("fk_invitation_participant_id_study_id"),
        ),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_invitation_study_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
    )


def _create_interview() -> None:
    op.create_table(
        "interview",
        Column("id", Text(), nullable=False),
        Column("study_id", Text(), nullable=False),
        Column("participant_id", Text(), nullable=False),
        Column("interviewer_id", Text(), nullable=False),
        Column("consent_id", Text(), nullable=True),
        Column("language", Text(), nullable=False),
        Column("clock", JSON(none_as_null=True), nullable=False),
        Column("recording_offset", Integer(), nullable=True),
        Column("outcome", Text(), nullable=True),
        Column("outcome_text", Text(), nullable=False),
        Column("lease_client", Text(), nullable=True),
        Column("lease_ends", Text(), nullable=True),
        Column("revision", Integer(), nullable=False),
        Column("is_test", Boolean(), nullable=False),
        Column("head", Text(), nullable=False),
        Column("started", Text(), nullable=False),
        Column("finished", Text(), nullable=True),
        ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_interview_consent_id")),
        ForeignKeyConstraint(
            ["interviewer_id"], ["account.id"], name=op.f("fk_interview_interviewer_id")
        ),
        ForeignKeyConstraint(
            ["participant_id", "study_id"],
            ["participant.id", "participant.study_id"],
            name=op.f("fk_interview_participant_id_study_id"),
        ),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_interview_study_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        UniqueConstraint("id", "study_id", name=op.f("uq_interview_id_study_id")),
    )
    op.create_index(op.f("ix_interview_study_id_started"), "interview", ["study_id", "started"])


def _create_response() -> None:
    op.create_table(
        "response",
        *_response_columns(),
        *_response_checks(),
        *_response_keys(),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_response_interview_id"), "response", ["interview_id"])
    op.create_index(
        op.f("ix_response_study_id_instrument_version"),
        "response",
        ["study_id", "instrument", "version"],
    )


def _response_columns() -> list[Column[Any]]:
    return [
        Column("id", Text(), nullable=False),
        Column("study_id", Text(), nullable=False),
        Column("anonymous", Boolean(), nullable=False),
        Column("instrument", Text(), nullable=False),
        Column("version", Text(), nullable=False),
        Column("delivery", Text(), nullable=False),
        Column("source", Text(), nullable=False),
        Column("language", Text(), nullable=False),
        Column("state", Text(), nullable=False),
        Column("revision", Integer(), nullable=False),
        Column("is_test", Boolean(), nullable=False),
        Column("participant_id", Text(), nullable=True),
        Column("invitation_id", Text(), nullable=True),
        Column("interview_id", Text(), nullable=True),
        Column("consent_id", Text(), nullable=True),
        Column("link_hash", Text(), nullable=True),
        Column("head", Text(), nullable=False),
        Column("started", Text(), nullable=False),
        Column("updated", Text(), nullable=False),
        Column("submitted", Text(), nullable=True),
        Column("withdrawn_on", Text(), nullable=True),
        Column("withdrawn_scope", Text(), nullable=True),
    ]


def _response_checks() -> list[CheckConstraint]:
    return [
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_on IS NOT NULL AND withdrawn_scope IS NOT NULL)",
            name=op.f("ck_response_withdrawn_tombstone"),
        ),
        CheckConstraint("delivery IN ('self', 'interviewer')", name=op.f("ck_response_delivery")),
        CheckConstraint(
            "source IN ('web', 'console', 'paper', 'import', 'simulated')",
            name=op.f("ck_response_source"),
        ),
        CheckConstraint(
            "state <> 'submitted' OR submitted IS NOT NULL", name=op.f("ck_response_submitted_time")
        ),
        CheckConstraint(
            "state IN ('in_progress', 'submitted', 'withdrawn')", name=op.f("ck_response_state")
        ),
        CheckConstraint(
            "NOT anonymous OR (length(started) = 10 AND length(updated) = 10"
            " AND (submitted IS NULL OR length(submitted) = 10))",
            name=op.f("ck_response_anonymous_dates"),
        ),
        CheckConstraint(
            "NOT anonymous OR (participant_id IS NULL AND invitation_id IS NULL"
            " AND interview_id IS NULL)",
            name=op.f("ck_response_anonymous_alone"),
        ),
        CheckConstraint("length(withdrawn_on) = 10", name=op.f("ck_response_withdrawn_date")),
    ]


def _response_keys() -> list[Constraint]:
    return [
        ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_response_consent_id")),
        ForeignKeyConstraint(
            ["instrument", "version"],
            ["instrument_version.name", "instrument_version.version"],
            name=op.f("fk_response_instrument_version"),
        ),
        ForeignKeyConstraint(
            ["interview_id", "study_id"],
            ["interview.id", "interview.study_id"],
            name=op.f("fk_response_interview_id_study_id"),
        ),
        ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_response_invitation_id")
        ),
        ForeignKeyConstraint(
            ["participant_id", "study_id"],
            ["participant.id", "participant.study_id"],
            name=op.f("fk_response_participant_id_study_id"),
        ),
        ForeignKeyConstraint(
            ["study_id", "anonymous"],
            ["study.id", "study.anonymous"],
            name=op.f("fk_response_study_id_anonymous"),
        ),
        PrimaryKeyConstraint("id", name=op.f("pk_response")),
        UniqueConstraint("link_hash", name=op.f("uq_response_link_hash")),
    ]


def _create_draft() -> None:
    op.create_table(
        "draft",
        Column("response_id", Text(), nullable=False),
        Column("body", JSON(none_as_null=True), nullable=False),
        ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_draft_response_id")),
        PrimaryKeyConstraint("response_id", name=op.f("pk_draft")),
        sqlite_with_rowid=False,
    )


def _create_answer() -> None:
    op.create_table(
        "answer",
        Column("response_id", Text(), nullable=False),
        Column("item", Text(), nullable=False),
        Column("row", Text(), nullable=False),
        Column("value", JSON(none_as_null=True), nullable=True),
        Column("other_text", Text(), nullable=True),
        Column("other_unticked", Boolean(), nullable=False),
        Column("reason", Text(), nullable=True),
        Column("revision", Integer(), nullable=False),
        Column("client", Text(), nullable=False),
        CheckConstraint("CAST(value AS TEXT) <> 'null'", name=op.f("ck_answer_value_not_null")),
        CheckConstraint(
            "reason IN ('unanswered', 'not_relevant', 'refused', 'dont_know')",
            name=op.f("ck_answer_reason"),
        ),
        CheckConstraint(
            "(value IS NULL) <> (reason IS NULL)", name=op.f("ck_answer_value_or_reason")
        ),
        ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_answer_response_id")),
        PrimaryKeyConstraint("response_id", "item", "row", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )


def _create_session() -> None:
    op.create_table(
        "session",
        Column("hash", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("response_id", Text(), nullable=True),
        Column("account_id", Text(), nullable=True),
        Column("created", Text(), nullable=False),
        Column("ends", Text(), nullable=True),
        Column("revoked", Boolean(), nullable=False),
        CheckConstraint(
            "(kind = 'participant' AND response_id IS NOT NULL AND account_id IS NULL)"
            " OR (kind = 'staff' AND account_id IS NOT NULL AND response_id IS NULL)",
            name=op.f("ck_session_whose"),
        ),
        ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_account_id")),
        ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_session_response_id")),
        PrimaryKeyConstraint("hash", name=op.f("pk_session")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_session_account_id"), "session", ["account_id"])
    op.create_index(op.f("ix_session_response_id"), "session", ["response_id"])
