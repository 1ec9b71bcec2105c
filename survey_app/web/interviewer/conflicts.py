"""Two windows changed the same thing: both versions, in words and as the controls show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.storage.records import Json, OperationConflict
from survey_app.translations import gettext as _
from survey_app.web.interviewer.topics import Sheet, SheetTopic
from survey_app.web.interviewer.values import (
    AFTER,
    WHOLE_PLACE,
    WHOLE_STREAMS,
    flag_values,
    say_value,
)
from survey_app.web.interviewer.words import (
    NOT_REACHED,
    example_words,
    flag_words,
    phase_words,
    reason_words,
    state_words,
)

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
    name = control_name(topic, operation)
    if name is None:
        return None
    return Conflict(
        name=name,
        theirs=say_content(sheet, topic, operation["op"], conflict.stored),
        mine=say_content(sheet, topic, operation["op"], operation),
        values=_controls(name, operation["op"], conflict.stored),
    )


def control_name(topic: SheetTopic | None, operation: Content) -> str | None:
    """Return the name of the first control of what an operation changes; None if it has none.

    `topic` is None for an operation on the interview as a whole.
    """
    kind, probe = operation["op"], operation.get("probe")
    if kind == "note" and operation.get("kind", "note") != "note":
        return _special_note_name(topic, operation)
    if topic is None or kind == "place":
        return None
    place = f"{topic.place}.{probe}" if probe else topic.place
    match kind:
        case "mark":
            return f"state.{place}"
        case "item":
            return f"phase.{place}"
        case "note":
            return f"{'after' if operation.get('stream') == AFTER else 'note'}.{place}"
        case _:
            return f"answer.{topic.answer_place(operation.get('row') or '')}"


def _special_note_name(topic: SheetTopic | None, operation: Content) -> str | None:
    kind = operation["kind"]
    if kind == "observer":
        return f"observer.{topic.place if topic else WHOLE_PLACE}"
    return f"{kind}.{operation['stream']}" if kind in WHOLE_STREAMS else None


def _controls(name: str, kind: str, stored: Content) -> dict[str, str]:
    place = name.partition(".")[2]
    match kind:
        case "mark":
            return {
                name: stored["state"],
                f"example.{place}": stored["example"],
                f"text.{place}": stored["text"],
                f"why.{place}": stored["reason"],
                f"marked.{place}": stored["phase"] or "",
                **flag_values(place, stored["flags"]),
            }
        case "item":
            return {
                name: stored["phase"],
                f"outcome.{place}": stored["state"],
                f"whynot.{place}": stored["reason"],
                **flag_values(place, stored["flags"]),
            }
        case "note":
            return {name: stored["text"]}
        case _:
            reason = stored["reason"] if stored["reason"] in reason_words() else ""
            return {name: say_value(stored["value"]), f"refusal.{place}": reason}


def say_content(sheet: Sheet, topic: SheetTopic | None, kind: str, content: Content) -> str:
    """Return what a change, or what is stored, says: a mark, a question’s, a text, an answer."""
    match kind:
        case "mark":
            return _say_mark(content)
        case "item":
            return _say_item(content)
        case "note":
            return content["text"] or _("(empty)")
        case _:
            return _say_answer(sheet, topic, content)


def _say_mark(content: Content) -> str:
    parts = [_say_state(content), content["text"], content["reason"]]
    if content["example"] != "none":
        parts.append(_("example: {state}").format(state=example_words()[content["example"]]))
    return _join([*parts, *_say_flags(content)])


def _say_item(content: Content) -> str:
    state = "" if content["state"] == NOT_REACHED else _say_state(content)
    phase = phase_words()[content["phase"]]
    return _join([phase, state, content["reason"], *_say_flags(content)])


def _say_state(content: Content) -> str:
    return {words.code: words.full for words in state_words()}[content["state"]]


def _say_flags(content: Content) -> list[str]:
    return [words for flag, words in flag_words().items() if flag in content["flags"]]


def _join(parts: list[str]) -> str:
    return "; ".join(part for part in parts if part)


def _say_answer(sheet: Sheet, topic: SheetTopic | None, content: Content) -> str:
    reason = content.get("reason")
    if reason:
        return reason_words().get(reason) or _("(empty)")
    choices = topic.topic.choices if topic else ()
    labels = {choice.code: choice.text for choice in choices}
    value = say_value(content.get("value"))
    return labels[value].in_language(sheet.language) if value in labels else value
