"""How long an interview stayed with each section of an instrument."""

from survey_app.definition.instrument import Instrument
from survey_app.definition.lineage import NO_LINEAGE, Lineage
from survey_app.reports.responses import InterviewRow


def measure_sections(
    instrument: Instrument,
    response: str,
    interview: InterviewRow,
    lineage: Lineage = NO_LINEAGE,
) -> dict[str, int]:
    """Return the milliseconds of each section, by its key; nothing where no times are known.

    They are those that the interviewer's page shows: from one visit to the next the time is that
    of the section visited, and from the last one to the end. What passed before the first visit,
    and at the questions of other instruments in the same interview, belongs to no section. Of a
    response in it that was withdrawn the visits are gone: their time goes to the section before.
    Visits name a question as its version does, which `lineage` tells.
    """
    homes = {
        lineage.find_asked(instrument.version, item.key): each.key
        for each in instrument.sections
        for item in each.items
    }
    steps: list[tuple[int, str]] = []
    for visit in interview.visits:
        is_ours = visit.response == response
        # A question that the version does not have is no place where anybody can have been.
        if visit.at is not None and not (is_ours and visit.item and visit.item not in homes):
            steps.append((visit.at, homes[visit.item] if is_ours and visit.item else ""))
    # Visits that waited in a browser without a network arrive late; their times are still true.
    steps.sort(key=lambda step: step[0])
    if interview.elapsed_ms is None or not any(section for _at, section in steps):
        return {}
    spent = dict.fromkeys((each.key for each in instrument.sections), 0)
    ends = [*(at for at, _section in steps[1:]), interview.elapsed_ms]
    for (at, section), end in zip(steps, ends, strict=True):
        if section:
            spent[section] += max(at, end) - at
    return spent
