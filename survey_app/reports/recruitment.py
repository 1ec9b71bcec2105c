"""Recruitment as papers print it: whom it reached, and what became of each delivery, in boxes.

What the boxes show is what CONSORT 2010 (item 13a) and STROBE (item 13c) ask a report for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One delivery of an instrument: what it is called, and what became of its responses."""

    title: str
    delivery: str
    submitted: int
    in_progress: int
    broken_off: int
    withdrawn: int

    @property
    def begun(self) -> int:
        """All of them."""
        return self.submitted + self.lost

    @property
    def lost(self) -> int:
        """Those that were begun and are not finished."""
        return self.in_progress + self.broken_off + self.withdrawn


@dataclass(frozen=True, kw_only=True)
class RecruitmentFlow:
    """The numbers of a recruitment: `invited_here` by a code, `invited_outside` by other means.

    Of those invited, `declined` and `unanswered` are stated by a person; `took_part` is counted.
    """

    study: str
    invited_here: int
    invited_outside: int
    outside: str
    declined: int
    unanswered: int
    took_part: int
    agreed: int
    withdrawn: int
    stages: tuple[Stage, ...]

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """Return the flow that a job is told."""
        stages = tuple(Stage(**stage) for stage in told["stages"])
        return cls(**{**told, "stages": stages})

    @property
    def invited(self) -> int:
        """All who were invited."""
        return self.invited_here + self.invited_outside

    @property
    def unaccounted(self) -> int:
        """Those invited of whom nothing is known; none where more took part than were invited."""
        return max(0, self.invited - self.took_part - self.declined - self.unanswered)


def title_recruitment() -> str:
    """Return what the chart is called."""
    return _("Recruitment")


def list_invited(flow: RecruitmentFlow) -> list[str]:
    """Return the lines of the first box; none where nobody was invited by name."""
    if not flow.invited:
        return []
    lines = [_("invited: n = {n}").format(n=flow.invited)]
    if flow.invited_outside and flow.outside:
        lines.append(f"– {flow.outside}: n = {flow.invited_outside}")
    elif flow.invited_outside:
        lines.append(_("– outside this program: n = {n}").format(n=flow.invited_outside))
    if flow.invited_here and flow.invited_outside:
        lines.append(_("– by a code: n = {n}").format(n=flow.invited_here))
    return lines


def list_absent(flow: RecruitmentFlow) -> list[str]:
    """Return the lines of the box of those who were invited and did not take part."""
    numbers = (
        (_("– declined: n = {n}"), flow.declined),
        (_("– no reply: n = {n}"), flow.unanswered),
        (_("– not known: n = {n}"), flow.unaccounted),
    )
    absent = sum(n for _words, n in numbers)
    lines = [_("did not take part: n = {n}").format(n=absent)]
    return lines + [words.format(n=n) for words, n in numbers if n or absent == 0]


def list_taking_part(flow: RecruitmentFlow) -> list[str]:
    """Return the lines of the box of people who took part."""
    lines = [_("took part: n = {n}").format(n=flow.took_part)]
    lines.append(_("– agreement on record: n = {n}").format(n=flow.agreed))
    if flow.withdrawn:
        lines.append(_("– withdrew everything: n = {n}").format(n=flow.withdrawn))
    return lines


def list_begun(stage: Stage) -> list[str]:
    """Return the lines of the box of what was begun of a delivery."""
    return [stage.title, name_delivery(stage.delivery), _("begun: n = {n}").format(n=stage.begun)]


def list_lost(stage: Stage) -> list[str]:
    """Return the lines of the box of what was begun and is not finished."""
    ways = [(_("– in progress: n = {n}"), stage.in_progress)]
    if stage.delivery == "interviewer":
        ways.append((_("– broken off: n = {n}"), stage.broken_off))
    ways.append((_("– withdrawn: n = {n}"), stage.withdrawn))
    head = _("not finished: n = {n}").format(n=stage.lost)
    return [head, *(words.format(n=n) for words, n in ways)]


def list_finished(stage: Stage) -> list[str]:
    """Return the line of the last box of a delivery."""
    return [_("finished: n = {n}").format(n=stage.submitted)]


def name_delivery(delivery: str) -> str:
    """Return how it is filled in."""
    return _("in interviews") if delivery == "interviewer" else _("by participants")


def describe_recruitment(flow: RecruitmentFlow) -> str:
    """Return the numbers of a flow in words, for who cannot see the chart."""
    boxes = [list_invited(flow), list_absent(flow) if flow.invited else [], list_taking_part(flow)]
    boxes += [
        [*list_begun(stage), *list_lost(stage), *list_finished(stage)] for stage in flow.stages
    ]
    told = (", ".join(line.removeprefix("– ") for line in box) for box in boxes if box)
    return f"{title_recruitment()}, {flow.study}. " + " ".join(f"{each}." for each in told)
