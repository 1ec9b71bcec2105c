"""What was changed about a study, in words."""

from datetime import date

from survey_app.days import say_day
from survey_app.small_counts import say_smallest
from survey_app.storage.records import Json, StudyChange
from survey_app.translations import gettext as _
from survey_app.web.studies.role_words import name_role


def describe_change(change: StudyChange) -> str:
    """Return a change as a sentence without its subject."""
    detail = change.detail
    match change.kind:
        case "added" | "opened" | "closed" | "moved" | "removed":
            return _describe_entry(change.kind, detail)
        case "role":
            return _describe_role(detail)
        case "details" | "dates" | "anonymity":
            return _describe_values(detail["before"], detail["after"])
        case "hidden_counts":
            return _describe_hidden(detail)
        case _:
            return _describe_event(change.kind, detail)


def _describe_event(kind: str, detail: dict[str, Json]) -> str:
    sentences = {
        "made": _("made the study"),
        "named": _("gave {participant} a name"),
        "stated": _(
            "stated: {invited} invited outside, {declined} declined, {unanswered} without reply"
        ),
        "erasure_begun": _("began to erase"),
        "erased": _("erased, with a certificate"),
    }
    return sentences[kind].format(**detail)


def _describe_entry(kind: str, detail: dict[str, Json]) -> str:
    sentences = {
        "added": _("added {version}, {delivery}"),
        "opened": _("opened {version}, {delivery}"),
        "closed": _("closed {version}, {delivery}"),
        "moved": _("moved {version}, {delivery}"),
        "removed": _("took out {version}, {delivery}"),
    }
    version = f"{detail['instrument']} {detail['version']}"
    return sentences[kind].format(version=version, delivery=name_delivery(detail["delivery"]))


def name_delivery(delivery: str) -> str:
    """Return how it is filled in."""
    return _("in interviews") if delivery == "interviewer" else _("by participants")


def _describe_role(detail: dict[str, Json]) -> str:
    name, role = detail["name"], detail["role"]
    if role is None:
        return _("took {name} out of the team").format(name=name)
    return _("made {name} {role}").format(name=name, role=name_role(role))


def _describe_values(before: dict[str, Json], after: dict[str, Json]) -> str:
    names = {
        "title": _("title"),
        "contact": _("contact"),
        "anonymous": _("anonymous"),
        "opens": _("opens"),
        "closes": _("closes"),
        "grace_days": _("days to finish"),
        "freeze_on": _("results from"),
        "retain_until": _("kept until"),
        "afterwards": _("erased then"),
    }
    return "; ".join(
        _("{what}: {before} → {after}").format(
            what=names[name], before=_say(name, before[name]), after=_say(name, after[name])
        )
        for name in after
    )


def _describe_hidden(detail: dict[str, Json]) -> str:
    before, after = (
        say_smallest(detail["default"] if detail[name] is None else detail[name])
        for name in ("before", "after")
    )
    said = _("{what}: {before} → {after}").format(
        what=_("small groups"), before=before, after=after
    )
    why = _("reason: {reason}").format(reason=detail["reason"]) if detail["reason"] else ""
    return "; ".join(each for each in (said, why) if each)


def _say(name: str, value: Json) -> str:
    if value in {None, ""}:
        return _("nothing")
    if name == "afterwards":
        return _("names alone") if value == "identities" else _("all answers")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in {"opens", "closes", "freeze_on", "retain_until"}:
        return say_day(date.fromisoformat(value))
    return str(value)
