"""What a job draws; apart from the other results, since drawing takes a second to load."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from survey_app.jobs import FILES, JobFile
from survey_app.worker.drawings import RECRUITMENT, make_all_charts, make_recruitment_chart
from survey_app.worker.requests import Request
from survey_app.worker.results import reading


def run(place: Path, name: str, arguments: Mapping[str, Any]) -> tuple[JobFile, ...]:
    """Draw what is asked for, into a job's folder; return the files. Raises JobError."""
    if name == RECRUITMENT:
        return make_recruitment_chart(arguments["flow"], place / FILES)
    with reading(place) as (store, forecast):
        return make_all_charts(store, Request(**arguments), place / FILES, forecast.show)
