"""The gallery: an instrument's charts of the responses that the filter chooses."""

from typing import Any

from flask import render_template, request

from survey_app.jobs import Job
from survey_app.web.access import require_role
from survey_app.web.analyst.blueprint import ROLES, blueprint, find_jobs
from survey_app.web.analyst.desk import ITEM
from survey_app.web.analyst.making import CHARTS, list_arguments, mark_charts
from survey_app.web.analyst.manners import Manner, preset_words, read_manner, sort_words
from survey_app.web.analyst.outdated import renew
from survey_app.web.analyst.place import Place, find_place
from survey_app.web.analyst.question_tables import find_item
from survey_app.web.results import find_key, group_charts


@blueprint.get("/analysis/<study>/<instrument>/charts")
@require_role(*ROLES)
def charts(study: str, instrument: str) -> Any:
    """Show the charts that were drawn last for the filter and manner, or offer to draw them."""
    place, manner = find_place(study, instrument), read_manner(request.args)
    found = _find_newest(place, manner)
    drawn = group_charts(found[0]) if found else {}
    return render_template(
        "analyst/charts.html",
        place=place,
        manner=manner,
        presets=list(preset_words().items()),
        sorts=list(sort_words().items()),
        job=found[0] if found else None,
        drawn_at=found[1] if found else "",
        is_current=found is not None and found[0].arguments.get("mark") == mark_charts(place),
        charts=drawn,
        tables=_find_tables(place, [chart.stem for kind in drawn.values() for chart in kind]),
    )


def _find_newest(place: Place, manner: Manner) -> tuple[Job, str] | None:
    """Return the charts that were drawn last, and when; those of before a withdrawal are gone."""
    wanted = list_arguments(place, CHARTS) | manner.to_arguments()
    found = find_jobs().find_newest(CHARTS, wanted)
    if found is None or renew(found[0]) == found[0]:
        return found
    return find_jobs().find_newest(CHARTS, wanted)


def _find_tables(place: Place, stems: list[str]) -> dict[str, str]:
    """Return the name of the table that belongs to each chart; probes have none on the desk."""
    names = {stem: find_key(stem) for stem in stems}
    return {
        stem: f"{ITEM}{key}" for stem, key in names.items() if find_item(place, key) is not None
    }
