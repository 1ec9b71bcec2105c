"""The analyst's side: what has come in, the desk of an instrument, and what jobs have made."""

from survey_app.web.analyst import desk, gallery, index, making, pooling, reading  # noqa: F401
from survey_app.web.analyst.blueprint import blueprint

__all__ = ["blueprint"]
