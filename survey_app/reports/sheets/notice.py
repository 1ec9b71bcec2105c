"""A sheet that has nothing to show says so in one row, and what to do."""

from survey_app.reports.comparison import Grouping, Protection
from survey_app.spreadsheets.sheet import Header, Muted, Sheet
from survey_app.translations import gettext as _

HEADERS = (Header(name="about", width=100, wrap=True),)


def explain_no_scales() -> str:
    """Say that no scale is declared, and how to declare one."""
    return _(
        "The definition declares no scale, and none is guessed. To see here how far items hold "
        "together, write at the end of its file: analysis: {scales: {a_name: {items: [first_item, "
        "second_item, third_item], reverse: [second_item]}}}. A battery’s key stands for all of "
        "its rows. A version that is published may get it too; the server reads it when it starts."
    )


def explain_no_groups() -> str:
    """Say that nothing is compared, and how to choose by what."""
    return _(
        "No groups are compared, as all responses are of one version. To compare some, choose "
        "“Compare by” on the page of the results, or add --by to the command: delivery, language, "
        "or a question with one answer."
    )


def explain_too_few(grouping: Grouping) -> str:
    """Say that there are too few people for groups by a question that might tell who answered."""
    kept = grouping.protection or Protection()
    return _(
        "No groups by {by} are shown, as its answers might tell who answered: that needs {fewest} "
        "people, two groups of {least} or more, and a question with a scale whose counts can be "
        "shown without giving away one under {least}. A study lead can have them for a reason that "
        "is kept: survey-app export --with-quasi-identifiers --reason."
    ).format(by=grouping.by, fewest=kept.fewest, least=kept.least)


def say_no_interviews() -> str:
    """Say that there is no interview to show."""
    return _("There is no interview among these responses.")


def make_notice_sheet(name: str, sentence: str) -> Sheet:
    """Return a sheet of one sentence."""
    return Sheet(name=name, headers=HEADERS, rows=lambda: iter([[Muted(sentence)]]), filter=False)
