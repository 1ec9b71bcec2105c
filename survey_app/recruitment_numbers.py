"""A recruitment as a job is told of it: what was counted, with the titles of what was asked."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from survey_app.storage.records import Recruitment, StageCount


def make_flow(title: str, counted: Recruitment, name: Callable[[str], str]) -> dict[str, Any]:
    """Return the numbers of the chart; ``name`` gives the title of an instrument."""
    people = counted.people
    return {
        "study": title,
        "invited_here": counted.invited_by_code,
        "invited_outside": counted.stated.invited,
        "outside": counted.stated.note,
        "declined": counted.stated.declined,
        "unanswered": counted.stated.unanswered,
        "took_part": people.took_part,
        "agreed": people.agreed,
        "withdrawn": people.withdrawn,
        "stages": [_make_stage(stage, name) for stage in counted.stages],
    }


def _make_stage(stage: StageCount, name: Callable[[str], str]) -> dict[str, Any]:
    told = asdict(stage)
    return {"title": name(told.pop("instrument"))} | told
