"""How missing answers are treated has a name and words."""

from survey_app.reports.statistics.missing import Treatment, describe_treatment
from survey_app.reports.statistics.scales import describe_rule


def test_every_choice_is_told_in_words_of_its_own() -> None:
    told = [describe_treatment(each) for each in Treatment]
    told += [describe_rule("complete"), describe_rule("half"), describe_rule("available")]
    assert all(told)
    assert len(set(told)) == len(told) == 6
