"""The libraries of the extra `formats`, without which there is no .sav and no .dta."""

from importlib.util import find_spec

from survey_app.reports.responses import ReportError
from survey_app.translations import gettext as _

LIBRARIES = ("pandas", "pyreadstat")


def list_missing() -> tuple[str, ...]:
    """Return the libraries that are not installed."""
    return tuple(name for name in LIBRARIES if find_spec(name) is None)


def describe_missing() -> str:
    """Return what is missing and how to get it, as a sentence; nothing if all is there."""
    missing = list_missing()
    if not missing:
        return ""
    return _(
        "Files for SPSS and Stata need {libraries}, which this installation does not have. "
        "Install the extra with: pip install 'survey-app[formats]'"
    ).format(libraries=_(" and ").join(missing))


def require_libraries() -> None:
    """Raise ReportError, which names the extra, where a library is missing."""
    sentence = describe_missing()
    if sentence:
        raise ReportError(sentence)
