"""Responses in groups that are compared: by version, delivery, language or a closed question.

A group of fewer people than `LEAST_IN_GROUP` is neither shown nor tested: few answers say little,
and say it of people who could be told apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Item
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Counts
from survey_app.definition.text import Text
from survey_app.reports.comparison import Grouping
from survey_app.reports.dataset import Layout, complete_answers, find_placed, sort_versions
from survey_app.reports.responses import INTERVIEWER, SELF, WITHDRAWN, ReportError, ResponseRow
from survey_app.reports.statistics.results import LEAST_IN_GROUP
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

VERSION, DELIVERY, LANGUAGE = "version", "delivery", "language"


@dataclass(frozen=True, kw_only=True)
class Membership:
    """The code of the group a response is in, or the reason why it is in none."""

    code: str = ""
    reason: str = ""


def make_grouping(by: str, instruments: Iterable[Instrument]) -> Grouping:
    """Return what responses are compared by; raise ReportError where nothing is called so.

    A question has the words of the newest version that asks it and the options of all.
    """
    newest_first = sort_versions(instruments)
    if by == VERSION:
        return Grouping(by=by, options=dict.fromkeys(each.version for each in newest_first))
    if by == DELIVERY:
        return Grouping(by=by, options=dict.fromkeys((SELF, INTERVIEWER)))
    if by == LANGUAGE:
        return Grouping(by=by)
    items = [each.items_by_key[by] for each in newest_first if by in each.items_by_key]
    if not items or not _has_options(items[0]):
        raise ReportError(f"Responses cannot be compared by '{by}', which asks for no one option.")
    return Grouping(by=by, text=items[0].text, options=_join_options(items))


def find_membership(grouping: Grouping, layout: Layout, response: ResponseRow) -> Membership:
    """Return the group that a response is in; raise ReportError if its version is missing."""
    if response.state == WITHDRAWN:
        return Membership(reason=Reason.WITHDRAWN)
    if response.group or response.no_group:
        return Membership(code=response.group, reason=response.no_group)
    own = {VERSION: response.version, DELIVERY: response.delivery, LANGUAGE: response.language}
    if grouping.by in own:
        return Membership(code=own[grouping.by])
    items = (item for item, _places in find_placed(layout, response))
    item = next((each for each in items if each.key == grouping.by), None)
    if item is None:
        return Membership(reason=Reason.NOT_IN_THIS_VERSION)
    answer = complete_answers(layout, item, response)[""]
    if isinstance(answer.value, str):
        return Membership(code=answer.value)
    return Membership(reason=answer.reason or Reason.UNANSWERED)


def order_groups(grouping: Grouping, found: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of groups in their order: those listed first, what is not listed last."""
    there = set(found)
    listed = [code for code in grouping.options if code in there]
    return (*listed, *sorted(there.difference(listed)))


def name_group(grouping: Grouping, code: str, language: str) -> str:
    """Return the words of a group."""
    if grouping.by == DELIVERY:
        words = {SELF: _("by themselves", language), INTERVIEWER: _("in interviews", language)}
        return words.get(code, code)
    return say(grouping.options.get(code), language) or code


def name_grouping(grouping: Grouping, language: str) -> str:
    """Return the words of what responses are compared by."""
    words = {
        VERSION: _("version", language),
        DELIVERY: _("delivery", language),
        LANGUAGE: _("language", language),
    }
    return words.get(grouping.by) or say(grouping.text, language)


def explain_hidden(people: int) -> str:
    """Say why nothing is shown of a group of so many people; nothing where it is shown."""
    if people >= LEAST_IN_GROUP:
        return ""
    if not people:
        return _("Nobody answered here.")
    return _("Fewer than {least} answered here, so nothing is shown of them.").format(
        least=LEAST_IN_GROUP
    )


def _join_options(newest_first: Iterable[Item]) -> dict[str, Text]:
    options: dict[str, Text] = {}
    for item in newest_first:
        for code, text in item.columns()[0].codes.items():
            options.setdefault(code, text)
    return options


def _has_options(item: Item) -> bool:
    summary = item.summarise([])
    return isinstance(summary, Counts) and not summary.multiple
