"""Which charts there are of the probes in interviews."""

from collections.abc import Iterator

from survey_app.reports.charts.caption import Origin, make_base
from survey_app.reports.charts.counting import Counted
from survey_app.reports.charts.matrix import count_columns
from survey_app.reports.charts.planned import Plan
from survey_app.reports.coverage import cover
from survey_app.reports.descriptions import probe_alt_text
from survey_app.reports.matrices import Matrix, make_matrices
from survey_app.reports.matrix_parts import describe_matrix, split_matrix
from survey_app.reports.presets import Style
from survey_app.reports.responses import IN_PROGRESS, INTERVIEWER, Context
from survey_app.reports.wording import say
from survey_app.translations import ngettext


def plan_probes(counted: Counted, context: Context, style: Style) -> Iterator[Plan]:
    """Yield the charts of each question's probes, all in all and participant by participant."""
    interviews, language = counted.interviews, context.language
    words = ngettext("{count} interview", "{count} interviews", len(interviews))
    in_progress = sum(each.response.state == IN_PROGRESS for each in interviews)
    held = {each.response.version for each in interviews}
    origin = Origin(
        context=context,
        instruments=tuple(each for each in counted.layout.instruments if each.version in held),
        delivery=INTERVIEWER,
        base=make_base(words, in_progress),
    )
    for topic in cover(counted.layout.instruments, interviews):
        yield Plan(
            key=f"probes-{topic.item}",
            title=say(topic.text, language),
            alt=probe_alt_text(topic, language),
            drawn=topic,
            origin=origin,
        )
    for matrix in make_matrices(counted.layout.instruments, interviews):
        yield from _plan_matrix(matrix, origin, style)


def _plan_matrix(matrix: Matrix, origin: Origin, style: Style) -> Iterator[Plan]:
    language = origin.context.language
    parts = split_matrix(matrix, count_columns(style.preset))
    for number, part in enumerate(parts, 1):
        title = say(part.text, language)
        yield Plan(
            key=f"participants-{part.item}" + (f"-{number}" if len(parts) > 1 else ""),
            title=f"{title} ({part.part})" if part.part else title,
            alt=describe_matrix(part, language),
            drawn=part,
            origin=origin,
        )
