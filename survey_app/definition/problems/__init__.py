"""What is wrong with a definition file; every sentence that an author can meet stands here."""

from survey_app.definition.problems.base import *  # noqa: F403
from survey_app.definition.problems.conditions import *  # noqa: F403
from survey_app.definition.problems.differences import *  # noqa: F403
from survey_app.definition.problems.fields import *  # noqa: F403
from survey_app.definition.problems.parsing import *  # noqa: F403
from survey_app.definition.problems.values import *  # noqa: F403
from survey_app.definition.problems.versions import *  # noqa: F403
