"""Two windows changed the same thing: both versions, in words and as the controls show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.storage.records import Json, OperationConflict
from survey_app.translations import gettext as _
from survey_app.web.interviewer.topics import Sheet, SheetTopic
from survey_app.web.interviewer.values import AFTER, say_value
from survey_app.web.interviewer.words import example_words, reason_words, state_words

Content = Mapping[str, Json]


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A change that was kept but not applied.

    `name` is the control it belongs to; `theirs` says what is stored, `mine` what was sent;
    `values` are the stored texts by control.
    """

    name: str
    theirs: str
    mine: str
    values: dict[str, str]


def explain(sheet: Sheet, conflict: OperationConflict) -> Conflict | None:
    """Return a conflict as people can read it; None for a topic that is not on the sheet."""
    operation = conflict.operation
    topic = sheet.find(operation.get("response"), operation.get("item"))
    if topic is None:
        return None
    return Conflict(
        name=control_name(topic, operation),
        theirs=_say(sheet, topic, operation["op"], conflict.stored),
        mine=_say(sheet, topic, operation["op"], operation),
        values=_controls(topic, operation, conflict.stored),
    )


def control_name(topic: SheetTopic, operation: Content) -> str:
    """Return the name of the first control of what an operation changes."""
    probe = operation.get("probe")
    place = f"{topic.place}.{probe}" if probe else topic.place
    match operation["op"]:
        case "mark":
            return f"state.{place}"
        case "note":
            return f"{'after' if operation.get('stream') == AFTER else 'note'}.{place}"
        case _:
            return f"answer.{topic.answer_place(operation.get('row') or '')}"


def _controls(topic: SheetTopic, operation: Content, stored: Content) -> dict[str, str]:
    name = control_name(topic, operation)
    place = name.partition(".")[2]
    match operation["op"]:
        case "mark":
            return {
                name: stored["state"],
                f"example.{place}": stored["example"],
                f"text.{place}": stored["text"],
                f"why.{place}": stored["reason"],
            }
        case "note":
            return {name: stored["text"]}
        case _:
            reason = stored["reason"] if stored["reason"] in reason_words() else ""
            return {name: say_value(stored["value"]), f"refusal.{place}": reason}


def _say(sheet: Sheet, topic: SheetTopic, kind: str, content: Content) -> str:
    match kind:
        case "mark":
            return _say_mark(content)
        case "note":
            return content["text"] or _("(empty)")
        case _:
            return _say_answer(sheet, topic, content)


def _say_mark(content: Content) -> str:
    states = {words.code: words.full for words in state_words()}
    parts = [states[content["state"]], content["text"], content["reason"]]
    if content["example"] != "none":
        parts.append(_("example: {state}").format(state=example_words()[content["example"]]))
    return "; ".join(part for part in parts if part)


def _say_answer(sheet: Sheet, topic: SheetTopic, content: Content) -> str:
    reason = content.get("reason")
    if reason:
        return reason_words().get(reason) or _("(empty)")
    labels = {choice.code: choice.text for choice in topic.topic.choices}
    value = say_value(content.get("value"))
    return labels[value].in_language(sheet.language) if value in labels else value
