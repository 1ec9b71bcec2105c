"""What a request may tell of people: which questions it leaves out, and which groups it may make.

An ordinary file is without quasi-identifiers. Groups by one of them are never in a file with the
answers of single people, in which they could be told apart group by group; and they are made of all
responses alone, since two choices of them differ by few people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from survey_app.definition.items.base import say
from survey_app.disclosure.withheld import Withheld
from survey_app.filtering import Filter
from survey_app.reports.comparison import Grouping, Protection
from survey_app.reports.responses import ReportError
from survey_app.small_counts import SHOWS_ALL
from survey_app.translations import gettext as _
from survey_app.translations import ngettext

GROUPED_ALONE = ("xlsx", "png", "svg", "pdf")
"""The forms that can be made of tables and charts alone."""
WORKBOOK = "xlsx"


class Asked(Protocol):
    """What is read of a request (`requests.Request`)."""

    @property
    def who(self) -> str:
        """Who asks."""

    @property
    def format(self) -> str:
        """The form of what is made."""

    @property
    def smallest_count(self) -> int:
        """The smallest count that is shown."""

    @property
    def with_quasi_identifiers(self) -> bool:
        """Whether what an ordinary file leaves out is asked for."""

    @property
    def reason(self) -> str:
        """What for."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Of which responses: `rows` so many, `mixed` where there are real ones beside test ones.

    `withheld` is what an ordinary file leaves out, and `hiding` says under which count this study
    hides small ones, where that is its own.
    """

    chosen: Filter
    rows: int
    mixed: bool
    withheld: tuple[Withheld, ...]
    grouping: Grouping | None
    hiding: str = ""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What is left out, by what groups are made, and the sentences that say so."""

    withheld: tuple[Withheld, ...] = ()
    grouping: Grouping | None = None
    tables_alone: bool = False
    sentences: tuple[str, ...] = ()
    caution: str = ""


def decide_disclosure(asked: Asked, wanted: Wanted) -> Decided:
    """Return what a file may tell; raise ReportError where it tells all and nobody said why."""
    if not wanted.withheld:
        return Decided(grouping=wanted.grouping)
    if asked.with_quasi_identifiers:
        if not asked.reason.strip():
            raise ReportError(_("Say why quasi-identifiers are needed; the reason is kept."))
        return Decided(grouping=wanted.grouping, caution=_warn(asked, wanted))
    told = (_say_columns(wanted.withheld), *([wanted.hiding] if wanted.hiding else []))
    grouping = wanted.grouping
    if grouping is None or grouping.by not in {each.key for each in wanted.withheld}:
        return Decided(withheld=wanted.withheld, grouping=grouping, sentences=told)
    if asked.smallest_count <= SHOWS_ALL:
        return Decided(
            withheld=wanted.withheld, grouping=grouping, sentences=(*told, _say_switched_off())
        )
    why = _explain_no_groups(asked.format, wanted, grouping)
    if why:
        return Decided(withheld=wanted.withheld, sentences=(*told, why))
    alone = asked.format == WORKBOOK
    return Decided(
        withheld=wanted.withheld,
        grouping=replace(grouping, protection=Protection(least=asked.smallest_count)),
        tables_alone=alone,
        sentences=(*told, _say_tables_alone(grouping)) if alone else told,
    )


def _warn(asked: Asked, wanted: Wanted) -> str:
    people = ngettext(
        "Coded data, n = {count}: the person can be recognised.",
        "Coded data, n = {count}: individuals can be recognised.",
        wanted.rows,
    ).format(count=wanted.rows)
    made = _("With {questions}. Made for {who}, who gave this reason: {reason}").format(
        questions=", ".join(each.key for each in wanted.withheld),
        who=asked.who,
        reason=asked.reason.strip(),
    )
    return f"{people} {made}"


def _say_columns(withheld: Sequence[Withheld]) -> str:
    declared = [each for each in withheld if not each.because]
    words = _(
        "The columns of {questions}: such answers might together tell who answered, and the "
        "definition says so."
    ).format(questions=_list_questions(declared))
    hanging = [
        _("{key}, which is asked by the answer to {because}").format(
            key=each.key, because=each.because
        )
        for each in withheld
        if each.because
    ]
    also = _("So are those of {questions}.").format(questions="; ".join(hanging)) if hanging else ""
    how = _(
        "A study lead can have them for a reason that is kept: on the page of the results, or by "
        "survey-app export --with-quasi-identifiers --reason."
    )
    return " ".join(each for each in (words, also, how) if each)


def _list_questions(withheld: Sequence[Withheld]) -> str:
    named = _("{key} (“{question}”)")
    return ", ".join(named.format(key=each.key, question=say(each.text, "en")) for each in withheld)


def _explain_no_groups(form: str, wanted: Wanted, grouping: Grouping) -> str:
    """Say why there are no groups by a quasi-identifier here; nothing where there are."""
    if form not in GROUPED_ALONE:
        return _(
            "Groups by {by}: beside the answers of single people one could find out who is in "
            "which group. A workbook compared by it has Groups and no such answers."
        ).format(by=grouping.by)
    if wanted.chosen.narrows:
        return _(
            "Groups by {by}: they are made of all responses alone, as those of some, compared with "
            "those of all, tell of few people. Take the rest of the filter away to have them."
        ).format(by=grouping.by)
    if wanted.mixed:
        return _(
            "Groups by {by}: they are not made of test responses and real ones together, which "
            "would blur how few people there are. Leave the test responses out to have them."
        ).format(by=grouping.by)
    return ""


def _say_tables_alone(grouping: Grouping) -> str:
    return _(
        "Data and every other sheet that tells of single people, as this workbook has Groups by "
        "{by}: with both, one could find out who is in which group. A workbook that compares "
        "nothing has them. Do not hand on the two together."
    ).format(by=grouping.by)


def _say_switched_off() -> str:
    return _("Nothing of small counts by a quasi-identifier: hiding them is switched off here.")
