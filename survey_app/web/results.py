"""The charts that a job has made, each in its forms, by what they were counted from."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from survey_app.jobs import Job
from survey_app.translations import gettext as _

PICTURE = "svg"
_POOL = re.compile(r"-(self|interviewer)-(\d+(?:-\d+-\d+)?)$")
"""What a chart's name ends in where there are others of the same question."""


@dataclass(frozen=True)
class DrawnChart:
    """A chart: its title, what it shows in words, and the numbers of its files by form.

    `stem` is its files' name without the form.
    """

    title: str
    alt: str
    stem: str
    forms: dict[str, int] = field(default_factory=dict)

    @property
    def picture(self) -> int | None:
        """The number of the file that a page shows."""
        return self.forms.get(PICTURE)


def group_charts(job: Job) -> dict[str, list[DrawnChart]]:
    """Return the charts of a job by their kind in words; none if it made something else."""
    groups: dict[str, list[DrawnChart]] = {}
    for stem, chart in _list_charts(job).items():
        groups.setdefault(describe_kind(stem), []).append(chart)
    return groups


def describe_kind(stem: str) -> str:
    """Return what a chart was counted from, by its file's name without the form.

    The names are those of survey_app/reports/charts/plans.py: `item-self-1` or
    `item-interviewer-1` where several deliveries or versions were counted apart (`item-self-2-1-0`
    where two of one first number were), `item` alone where there is only one, and what begins as
    `_list_kinds` says.
    """
    for beginning, words in _list_kinds().items():
        if stem.startswith(beginning):
            return words
    pool = _POOL.search(stem)
    if pool is None:
        return _("Answers")
    if pool[1] == "self":
        return _("Filled in by participants, version {major}").format(major=_say_version(pool[2]))
    return _("Asked in interviews, version {major}").format(major=_say_version(pool[2]))


def find_key(stem: str) -> str:
    """Return the key of the question that a chart of answers is of, by its name."""
    return _POOL.sub("", stem)


def _say_version(named: str) -> str:
    return named.replace("-", ".")


def _list_kinds() -> dict[str, str]:
    """Return the words of the charts that are told by the beginning of their names."""
    return {
        "recruitment-flow": _("From beginning to sending"),
        "groups-": _("Group by group"),
        "probes-": _("Probes in interviews"),
        "participants-": _("Probes, participant by participant"),
    }


def _list_charts(job: Job) -> dict[str, DrawnChart]:
    charts: dict[str, DrawnChart] = {}
    if job.name == "charts":
        for number, file in enumerate(job.progress.files):
            name = Path(file.name)
            chart = charts.setdefault(name.stem, DrawnChart(file.title, file.alt, name.stem))
            chart.forms[name.suffix.removeprefix(".")] = number
    return charts
