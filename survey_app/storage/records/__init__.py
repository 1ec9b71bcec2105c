"""The plain values that enter and leave the storage room.

Times are text: ISO 8601 in UTC with milliseconds, ``2026-11-22T20:14:05.123Z``; for anonymous
responses the date alone, ``2026-11-22``. Identifiers are random text.
"""

from survey_app.storage.records.accounts import AccountRecord, ExportRecord, Staff
from survey_app.storage.records.changes import Change, OperationConflict, Outcome
from survey_app.storage.records.counts import (
    DayCount,
    KindCount,
    ListedResponse,
    ProfileCount,
    SectionCount,
    Spread,
    TouchedCount,
    ValueCount,
)
from survey_app.storage.records.imports import EarlierImport, ImportBatch, WholeResponse
from survey_app.storage.records.interviews import (
    InterviewAnswer,
    InterviewRecord,
    InterviewRow,
    InterviewState,
    ItemMarkRecord,
    Lease,
    MarkRecord,
    NoteRecord,
    Run,
    TimelineEntry,
)
from survey_app.storage.records.invitations import (
    Entrance,
    InvitationRecord,
    InvitationState,
    NewInvitation,
)
from survey_app.storage.records.responses import (
    AnswerRow,
    EventRecord,
    OpenResponse,
    ResponseRecord,
)
from survey_app.storage.records.selection import Conditions, Selection
from survey_app.storage.records.studies import (
    Consent,
    ConsentText,
    InstrumentVersionRecord,
    OverviewRow,
    PoolingRecord,
    ProtocolEntry,
    Publication,
    StudyRecord,
)
from survey_app.storage.records.values import (
    Admission,
    ConsentMethod,
    Delivery,
    Json,
    Role,
    Source,
    Status,
)

__all__ = [
    "AccountRecord",
    "Admission",
    "AnswerRow",
    "Change",
    "Conditions",
    "Consent",
    "ConsentMethod",
    "ConsentText",
    "DayCount",
    "Delivery",
    "EarlierImport",
    "Entrance",
    "EventRecord",
    "ExportRecord",
    "ImportBatch",
    "InstrumentVersionRecord",
    "InterviewAnswer",
    "InterviewRecord",
    "InterviewRow",
    "InterviewState",
    "InvitationRecord",
    "InvitationState",
    "ItemMarkRecord",
    "Json",
    "KindCount",
    "Lease",
    "ListedResponse",
    "MarkRecord",
    "NewInvitation",
    "NoteRecord",
    "OpenResponse",
    "OperationConflict",
    "Outcome",
    "OverviewRow",
    "PoolingRecord",
    "ProfileCount",
    "ProtocolEntry",
    "Publication",
    "ResponseRecord",
    "Role",
    "Run",
    "SectionCount",
    "Selection",
    "Source",
    "Spread",
    "Staff",
    "Status",
    "StudyRecord",
    "TimelineEntry",
    "TouchedCount",
    "ValueCount",
    "WholeResponse",
]
