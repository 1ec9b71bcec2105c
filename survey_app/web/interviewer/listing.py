"""The list of interviews, by study: first what is open, then what is finished."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import render_template

from survey_app.storage.records import InterviewRow, StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import current_staff, has_role, require_role, studies_with_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import READERS, ROLES, blueprint
from survey_app.web.interviewer.clock import read_clock
from survey_app.web.interviewer.ending import PAPER
from survey_app.web.interviewer.paper_times import say_holder
from survey_app.web.interviewer.participants import Ordinal, number_interviews
from survey_app.web.interviewer.topics import make_sheet
from survey_app.web.interviewer.words import outcome_words

BROKEN_OFF = "broken_off"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One interview in the list: how it stands in words, and the anchor at which it goes on."""

    row: InterviewRow
    state: str
    ordinal: Ordinal
    anchor: str | None = None

    @property
    def is_broken_off(self) -> bool:
        """Whether it was broken off and waits for a call-back."""
        return self.row.finished is None and self.row.outcome == BROKEN_OFF

    @property
    def holder(self) -> str:
        """Who held it, which of one on paper is not who typed it in."""
        return say_holder(self.row)

    @property
    def is_on_paper(self) -> bool:
        """Whether it was held on paper and keyed in."""
        return self.row.source == PAPER


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A study's interviews as one person may see them; `sheets` are printed blank.

    `whole_protocol` says that several instruments are open, which make one sheet together.
    """

    study: StudyRecord | None
    open: list[Listed]
    finished: list[Listed]
    sheets: list[tuple[str, str]]
    whole_protocol: bool
    reading: bool


@blueprint.get("/interviews")
@require_role(*READERS)
def index() -> Any:
    """Show the interviews of the person signed in; study leads and observers see those of all."""
    shelves = [make_shelf(slug) for slug in studies_with_role(*READERS)]
    return render_template(
        "interviewer/list.html",
        shelves=shelves,
        may_begin=any(not shelf.reading for shelf in shelves),
    )


def make_shelf(slug: str) -> Shelf:
    """Return what the person signed in sees of a study."""
    staff = current_staff()
    own = staff.account.id if staff and has_role(slug, "interviewer") else None
    store = services().store
    protocol = store.studies.protocol(slug)
    # An instrument stands in a protocol once for each delivery, its sheet is the same.
    sheets = dict.fromkeys((entry.instrument, entry.version) for entry in protocol)
    ordinals = number_interviews(store.interviews.list(slug))
    rows = store.interviews.list(slug, own)
    return Shelf(
        study=store.studies.find(slug),
        open=list(_list_open(rows, ordinals)),
        finished=[
            Listed(
                row=row,
                state=outcome_words().get(row.outcome or "", _("finished")),
                ordinal=ordinals[row.id],
            )
            for row in rows
            if row.finished is not None
        ],
        sheets=list(sheets),
        whole_protocol=len({entry.instrument for entry in protocol if entry.open}) > 1,
        reading=not has_role(slug, *ROLES),
    )


def _list_open(rows: list[InterviewRow], ordinals: dict[str, Ordinal]) -> Iterator[Listed]:
    for row in rows:
        if row.finished is None:
            yield Listed(
                row=row, state=say_state(row), ordinal=ordinals[row.id], anchor=_find_anchor(row)
            )


def say_state(row: InterviewRow) -> str:
    """Return how an interview stands that is not finished."""
    if row.outcome == BROKEN_OFF:
        return _("broken off")
    if row.source == PAPER:
        return _("being keyed in")
    states = {"ready": _("not started"), "running": _("running"), "paused": _("paused")}
    return states.get(read_clock(row.clock).state, _("not finished"))


def _find_anchor(row: InterviewRow) -> str | None:
    """Return the anchor on the sheet of the question at which a broken-off interview goes on."""
    interview = services().store.interviews.find(row.id) if row.resume else None
    if interview is None or row.outcome != BROKEN_OFF:
        return None
    response, _slash, item = row.resume.partition("/")
    topic = make_sheet(interview).find(response, item)
    return None if topic is None else f"t-{topic.place}"
