"""The study lead's desk: a study is made, given its protocol, team and days, and run."""

from survey_app.web.studies import (  # noqa: F401
    erasing,
    index,
    overview,
    protocol,
    recruitment,
    settings,
    team,
)
from survey_app.web.studies.blueprint import blueprint

__all__ = ["blueprint"]
