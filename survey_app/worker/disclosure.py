"""What a request may tell of people: which questions it leaves out, and which groups it may make.

An ordinary file is without quasi-identifiers. Groups by one of them are never in a file with the
answers of single people, in which they could be told apart group by group; and they are made of all
responses alone, since two choices of them differ by few people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from survey_app.definition.items.base import say
from survey_app.disclosure.withheld import Withheld
from survey_app.filtering import Filter
from survey_app.reports.responses import Grouping, Protection, ReportError
from survey_app.translations import gettext as _
from survey_app.translations import ngettext

GROUPED_ALONE = ("xlsx", "png", "svg", "pdf")
"""The forms that can be made of tables and charts alone."""
WORKBOOK = "xlsx"
SWITCHED_OFF = 1
"""The least count that hides nothing."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What decides: who asks for which form of which responses.

    `least` is the smallest count that is shown, `withheld` what an ordinary file leaves out, and
    `mixed` says that there are real responses beside the test ones.
    """

    who: str
    form: str
    chosen: Filter
    least: int
    rows: int
    mixed: bool
    withheld: tuple[Withheld, ...]
    grouping: Grouping | None
    whole: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What is left out, by what groups are made, and the sentences that say so."""

    withheld: tuple[Withheld, ...] = ()
    grouping: Grouping | None = None
    tables_alone: bool = False
    sentences: tuple[str, ...] = ()
    caution: str = ""


def decide_disclosure(wanted: Wanted) -> Decided:
    """Return what a file may tell; raise ReportError where it tells all and nobody said why."""
    if not wanted.withheld:
        return Decided(grouping=wanted.grouping)
    if wanted.whole:
        if not wanted.reason.strip():
            raise ReportError(_("Say why quasi-identifiers are needed; the reason is kept."))
        return Decided(grouping=wanted.grouping, caution=_warn(wanted))
    left_out = _say_columns(wanted.withheld)
    grouping = wanted.grouping
    if grouping is None or grouping.by not in {each.key for each in wanted.withheld}:
        return Decided(withheld=wanted.withheld, grouping=grouping, sentences=(left_out,))
    if wanted.least <= SWITCHED_OFF:
        return Decided(
            withheld=wanted.withheld, grouping=grouping, sentences=(left_out, _say_switched_off())
        )
    why = _explain_no_groups(wanted, grouping)
    if why:
        return Decided(withheld=wanted.withheld, sentences=(left_out, why))
    alone = wanted.form == WORKBOOK
    return Decided(
        withheld=wanted.withheld,
        grouping=replace(grouping, protection=Protection(least=wanted.least)),
        tables_alone=alone,
        sentences=(left_out, _say_tables_alone(grouping)) if alone else (left_out,),
    )


def _warn(wanted: Wanted) -> str:
    people = ngettext(
        "Coded data, n = {count}: the person can be recognised.",
        "Coded data, n = {count}: individuals can be recognised.",
        wanted.rows,
    ).format(count=wanted.rows)
    made = _("With {questions}. Made for {who}, who gave this reason: {reason}").format(
        questions=", ".join(each.key for each in wanted.withheld),
        who=wanted.who,
        reason=wanted.reason.strip(),
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


def _explain_no_groups(wanted: Wanted, grouping: Grouping) -> str:
    """Say why there are no groups by a quasi-identifier here; nothing where there are."""
    if wanted.form not in GROUPED_ALONE:
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
