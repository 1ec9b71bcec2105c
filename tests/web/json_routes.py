"""What the JSON routes take and answer, as an OpenAPI document by which they are tried.

It is the tests' own: no page of the program shows it.
"""

from typing import Any

Schema = dict[str, Any]

CLIENT: Schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"}
COUNT: Schema = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
YES: Schema = {"type": "boolean"}
CLOCK: Schema = {
    "type": "object",
    "required": ["elapsed", "state"],
    "properties": {"elapsed": {"type": "integer", "minimum": 0}, "state": {"type": "string"}},
    "additionalProperties": False,
}


def told(**properties: Schema) -> Schema:
    """Return the schema of an object that has exactly these."""
    return {
        "type": "object",
        "required": sorted(properties),
        "properties": properties,
        "additionalProperties": False,
    }


TEXT: Schema = {"type": "string"}
REFUSED: Schema = {"type": "object", "required": ["error"], "properties": {"error": TEXT}}
INVALID = told(status={"const": "invalid"}, faults={"type": "array", "items": {"type": "object"}})
UNREADABLE = told(status={"const": "invalid"}, faults={"const": []}, message=TEXT)
SAVED = told(
    status={"enum": ["saved", "repeat", "conflict"]},
    revision=COUNT,
    at=TEXT,
    clock=CLOCK,
    conflicts={"type": "array", "items": {"type": "object"}},
    csrf=TEXT,
)
PRESENT = told(
    lease={
        "anyOf": [{"type": "null"}, told(mine=YES, holder=TEXT, ends={"type": ["string", "null"]})]
    },
    clock=CLOCK,
    revision=COUNT,
    account=TEXT,
    csrf=TEXT,
)


def describe(interview: str, response: str) -> Schema:
    """Return the document for an interview that is under way, and a response of it."""
    place: Schema = {"response": {"enum": [response]}, "item": {"enum": ["topics"]}}
    at: Schema = {"enum": [0, 2**31]}
    operation: Schema = {
        "anyOf": [
            told(
                op={"const": "mark"},
                **place,
                probe={"enum": ["ethics", "interest", "other:1"]},
                at=at,
                state={"enum": ["refused", "dont_know", "unprompted", "not_asked"]},
                example={"enum": ["none", "asked", "given"]},
                phase={"enum": ["free", "probing"]},
                flags={"type": "array", "items": {"enum": ["quote", "come_back"]}, "maxItems": 2},
                text=TEXT,
                reason=TEXT,
            ),
            told(op={"const": "note"}, **place, text=TEXT),
            told(op={"const": "place"}, **place, at={"const": 0}),
            told(op={"const": "clock"}, action={"enum": ["pause", "resume"]}),
        ]
    }
    changes: Schema = {
        "type": "object",
        "required": ["client", "sequence", "base_revision", "operations"],
        "properties": {
            "client": CLIENT,
            "sequence": COUNT,
            "base_revision": COUNT,
            "client_time": {"enum": [None, "2026-11-26T12:00:00.000Z", "noon"]},
            "operations": {"type": "array", "items": operation, "minItems": 1, "maxItems": 3},
        },
    }
    presence: Schema = {
        "type": "object",
        "required": ["client"],
        "properties": {
            "client": CLIENT,
            "alone": YES,
            "take": YES,
            "watch": YES,
            "release": YES,
        },
    }
    either = {"anyOf": [INVALID, UNREADABLE]}
    paths = {
        "changes": post(changes, {200: SAVED, 409: SAVED, 422: either}),
        "presence": post(
            presence, {200: {"anyOf": [PRESENT, told(released={"const": True})]}, 422: REFUSED}
        ),
        "journal-key": post({"type": "object"}, {200: told(key=TEXT)}),
        "journal-key/forget": post(
            {"type": "object"}, {409: told(error={"const": "not_finished"})}
        ),
        "state": {"get": answer({200: told(**STATE)})},
    }
    named = {"name": "interview_id", "in": "path", "required": True}
    parameter = {**named, "schema": {"type": "string", "enum": [interview]}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "The sheet", "version": "1"},
        "paths": {
            f"/interviews/{{interview_id}}/{name}": {"parameters": [parameter], **operations}
            for name, operations in paths.items()
        },
    }


STATE: dict[str, Schema] = {
    "revision": COUNT,
    "values": {"type": "object", "additionalProperties": TEXT},
    "clock": CLOCK,
    "finished": YES,
}


def post(body: Schema, answers: dict[int, Schema]) -> Schema:
    """Return a route that takes a body."""
    content = {"application/json": {"schema": body}}
    return {"post": {"requestBody": {"required": True, "content": content}, **answer(answers)}}


def answer(answers: dict[int, Schema]) -> Schema:
    """Return what a route answers by status; all refuse what is no interview's."""
    described = {
        str(status): {"description": "", "content": {"application/json": {"schema": schema}}}
        for status, schema in answers.items()
    }
    return {"responses": described | {"404": {"description": "no such interview"}}}
