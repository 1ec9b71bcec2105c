"""Rows for every table there has been: a study with all that one has, the chains of events true.

A database of an earlier schema takes the tables and columns that it has. Who adds a table or a
column that must be filled adds it here, and the upgrades from everything before are tried with it.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from survey_app.storage.store.log import canonical, envelope_hash, salted_digest

Row = dict[str, Any]
AT = "2026-11-22T20:14:05.123Z"
FINGERPRINT = "f1"
VERSION = {"instrument": "n", "version": "1"}


def _event(
    previous: str, subject: str, sequence: int, response: str | None, interview: str | None
) -> tuple[Row, Row]:
    body = {"sequence": sequence, "said": "Zoë ☺"}
    salt = f"salt {sequence}"
    envelope: Row = {
        "subject": subject,
        "sequence": sequence,
        "response_id": response,
        "interview_id": interview,
        "client": "page",
        "client_sequence": sequence,
        "attempt": 0,
        "part": 0,
        "kind": "save",
        "actor": "eva",
        "source": "console" if interview else "web",
        "language": "en",
        "server_time": AT,
        "client_time": None,
        "payload_digest": salted_digest(salt, body),
        "previous": previous,
    }
    content = {"subject": subject, "sequence": sequence, "salt": salt, "posted_digest": "d"}
    return {**envelope, "hash": envelope_hash(envelope)}, {**content, "body": canonical(body)}


_FIRST = _event("", "r", 1, "r", None)
_SECOND = _event(_FIRST[0]["hash"], "r", 2, "r", None)
_BEGUN = _event("", "i", 1, None, "i")
_RUN = _event("", "i", 2, "run", "i")
_EVENTS = (_FIRST, _SECOND, _BEGUN, _RUN)


def _response(name: str, head: str, **more: Any) -> Row:
    base: Row = {
        **VERSION,
        "id": name,
        "study_id": "s",
        "anonymous": 0,
        "delivery": "self",
        "source": "web",
        "language": "en",
        "state": "in_progress",
        "revision": 1,
        "is_test": 0,
        "head": head,
        "started": AT,
        "updated": AT,
    }
    return base | more


def _of_response(**more: Any) -> Row:
    return {"response_id": "run", "item": "q", "revision": 1, "client": "page"} | more


ROWS: dict[str, list[Row]] = {
    "account": [{"id": "a", "name": "eva", "administrator": 1, "disabled": 0, "created": AT}],
    "instrument_version": [
        {
            "name": "n",
            "version": number,
            "state": state,
            "format": 1,
            "fingerprint": FINGERPRINT,
            "definition": '{"title":"Teaching","b":[1.10,"é"]}',
            "note": "",
            "published_by": "eva",
            "published_at": AT,
        }
        for number, state in (("1", "published"), ("2", "draft"), ("3", "retired"))
    ],
    "instrument_analysis": [
        VERSION | {"id": "x", "block": "{}", "fingerprint": "f", "added_by": "eva", "added_at": AT}
    ],
    "study": [
        {
            "id": "s",
            "slug": "slug",
            "title": "Study",
            "anonymous": 0,
            "contact": "",
            "created": AT,
            "smallest_count": 3,
        }
    ],
    "study_instrument": [
        VERSION | {"study_id": "s", "delivery": delivery, "position": 1, "open": 1}
        for delivery in ("self", "interviewer")
    ],
    "recruitment": [
        {
            "study_id": "s",
            "invited": 17,
            "declined": 2,
            "unanswered": 4,
            "note": "by e-mail",
            "stated_by": "eva",
            "stated_at": AT,
        }
    ],
    "study_change": [
        {"study_id": "s", "number": 1, "kind": "made", "detail": "{}", "who": "eva", "at": AT}
    ],
    "erasure": [
        {
            "id": "e",
            "study_id": "s",
            "scope": "answers",
            "begun_by": "eva",
            "begun_at": AT,
            "counts": "{}",
        }
    ],
    "membership": [{"study_id": "s", "account_id": "a", "role": "interviewer"}],
    "consent_text": [
        {
            "id": "t",
            "study_id": "s",
            "version": "1",
            "position": 1,
            "body": '{"en":"Yes"}',
            "fingerprint": "f",
            "added": AT,
        }
    ],
    "consent": [
        {
            "id": "c",
            "study_id": "s",
            "consent_text_id": "t",
            "language": "en",
            "ticks": "[]",
            "method": "web",
            "given": AT,
        }
    ],
    "pooling_rule": [
        {
            "id": "p",
            "study_id": "s",
            "instrument": "n",
            "rule": "{}",
            "note": "",
            "added_by": "eva",
            "added_at": AT,
        }
    ],
    "receipt": [{"code_hash": "h", "study_id": "s", "day": AT[:10]}],
    "sign_in": [{"token_hash": "h", "account_id": "a", "expires": AT}],
    "export_record": [
        {
            "id": "e",
            "study_id": "s",
            "who": "eva",
            "filter": "{}",
            "columns": "[]",
            "rows": 3,
            "hash": "h",
            "at": AT,
        }
    ],
    "participant": [{"id": "p", "study_id": "s", "pseudonym": "P07"}],
    "invitation": [
        {
            "id": "v",
            "study_id": "s",
            "code_hash": "h",
            "participant_id": "p",
            "uses": 1,
            "number": 1,
        },
        {"id": "w", "study_id": "s", "code_hash": "g", "most_uses": 2, "uses": 0, "number": 2},
    ],
    "wrong_code": [{"beginning": "7Q4M", "hour": AT[:13], "count": 1}],
    "interview": [
        {
            "id": "i",
            "study_id": "s",
            "participant_id": "p",
            "interviewer_id": "a",
            "language": "en",
            "clock": '[{"action":"start","at":0}]',
            "outcome_text": "",
            "revision": 1,
            "is_test": 0,
            "head": _BEGUN[0]["hash"],
            "started": AT,
        }
    ],
    "response": [
        _response("r", _SECOND[0]["hash"], consent_id="c", invitation_id="v", link_hash="h"),
        _response(
            "run",
            _RUN[0]["hash"],
            delivery="interviewer",
            source="console",
            participant_id="p",
            interview_id="i",
        ),
    ],
    "draft": [{"response_id": "r", "body": '{"q":["agree"]}'}],
    "answer": [
        _of_response(response_id="r", row="", value='"agree"', other_unticked=0),
        _of_response(response_id="r", item="z", row="a", reason="refused", other_unticked=0),
    ],
    "session": [
        {"hash": "h", "kind": "participant", "response_id": "r", "created": AT, "revoked": 0},
        {"hash": "g", "kind": "staff", "account_id": "a", "created": AT, "revoked": 0},
    ],
    "recovery_code": [{"account_id": "a", "hash": "h"}],
    "access_rule": [{"name": "second_factor", "since": AT}],
    "sign_in_try": [{"key": "k", "day": AT[:10], "count": 1, "last": AT}],
    "access_event": [
        {"id": "e", "at": AT, "kind": "signed_in", "account_id": "a", "by": "eva", "detail": ""}
    ],
    "last_look": [
        {"account_id": "a", "study_id": "s", "instrument": "n", "count": 1, "day": AT[:10]}
    ],
    "probe_mark": [
        _of_response(probe="pay", state="refused", example="none", flags="[]", text="", reason="")
    ],
    "note": [
        _of_response(
            id="n",
            slot="s",
            stream="interviewer",
            kind="quote",
            text="Zoë said:\n“no”",
            added="during",
            created=AT,
            changed=AT,
            author="eva",
        )
    ],
    "event": [envelope for envelope, _content in _EVENTS],
    "event_payload": [content for _envelope, content in _EVENTS],
    "item_mark": [_of_response(state="dont_know", phase="free", turns="[]", flags="[]", reason="")],
    "journal_key": [{"interview_id": "i", "account_id": "a", "key": "k", "created": AT}],
}
"""By table, in an order in which each row finds what it refers to."""

COUNTED = {"response_change"}
"""Tables that triggers alone fill."""


def insert_rows(path: Path) -> None:
    """Fill the tables of a database, whichever schema it has."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys=on")
        for table, rows in ROWS.items():
            present = list_columns(connection, table)
            for row in rows if present else ():
                values = {name: value for name, value in row.items() if name in present}
                names, marks = (
                    ", ".join(f'"{name}"' for name in values),
                    ", ".join("?" * len(values)),
                )
                insertion = f"INSERT INTO {table} ({names}) VALUES ({marks})"
                connection.execute(insertion, list(values.values()))


def list_columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns that a table has, none where there is no such table."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def read_rows(path: Path) -> dict[str, list[Row]]:
    """Return what stands in all tables, by name and each in one order."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        found = {}
        for (table,) in tables.fetchall():
            columns = list_columns(connection, table)
            rows = connection.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted((dict(zip(columns, row, strict=True)) for row in rows), key=str)
        return found
