"""What happened in an interview, event by event."""

from sqlalchemy import Connection, select

from survey_app.storage.records import TimelineEntry
from survey_app.storage.schema import event, event_payload
from survey_app.storage.store.rows import to_record

_EVENTS = (
    select(event, event.c.response_id.label("response"), event_payload.c.body)
    .outerjoin_from(event, event_payload)
    .order_by(event.c.sequence)
)


def read_timeline(connection: Connection, interview_id: str) -> list[TimelineEntry]:
    """Return the events of the interview and of its responses, in order."""
    rows = connection.execute(_EVENTS.where(event.c.subject == interview_id)).mappings()
    entries = []
    for row in rows:
        body = row["body"] or {}
        done = {name: body.get(name, []) for name in ("operations", "not_applied")}
        entries.append(to_record(TimelineEntry, row, **done))
    return entries
