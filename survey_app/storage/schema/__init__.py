"""All tables of the response database, with the rules that the database itself holds."""

from survey_app.storage.schema.accounts import (
    account,
    export_record,
    membership,
    session,
    sign_in,
)
from survey_app.storage.schema.base import metadata
from survey_app.storage.schema.credentials import (
    access_event,
    access_rule,
    last_look,
    recovery_code,
    sign_in_try,
)
from survey_app.storage.schema.events import event, event_payload
from survey_app.storage.schema.interviews import (
    interview,
    invitation,
    item_mark,
    journal_key,
    note,
    participant,
    probe_mark,
    wrong_code,
)
from survey_app.storage.schema.responses import answer, draft, response, response_change
from survey_app.storage.schema.studies import (
    consent,
    consent_text,
    erasure,
    instrument_analysis,
    instrument_version,
    pooling_rule,
    receipt,
    recruitment,
    study,
    study_change,
    study_instrument,
)

__all__ = [
    "access_event",
    "access_rule",
    "account",
    "answer",
    "consent",
    "consent_text",
    "draft",
    "erasure",
    "event",
    "event_payload",
    "export_record",
    "instrument_analysis",
    "instrument_version",
    "interview",
    "invitation",
    "item_mark",
    "journal_key",
    "last_look",
    "membership",
    "metadata",
    "note",
    "participant",
    "pooling_rule",
    "probe_mark",
    "receipt",
    "recovery_code",
    "recruitment",
    "response",
    "response_change",
    "session",
    "sign_in",
    "sign_in_try",
    "study",
    "study_change",
    "study_instrument",
    "wrong_code",
]
