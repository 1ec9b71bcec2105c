"""What was made before somebody withdrew is deleted: files, drawings, and tables that were kept.

So is what was made of groups while a study hid small counts otherwise than it does now.

A job knows how many responses had been withdrawn when it began. If there are more by now, what it
made may hold their answers. No clock is asked, so that this holds for withdrawals by whatever
process, however long ago.
"""

from urllib.parse import parse_qsl

from survey_app.jobs import Job
from survey_app.small_counts import find_smallest
from survey_app.web.analyst.blueprint import find_jobs, kept
from survey_app.web.context import services


def count_withdrawn(study: str, *, include_test: bool) -> int:
    """Return how many responses of a study have been withdrawn; a job is given this number."""
    return services().store.responses.count_withdrawn(study, include_test=include_test)


def discard_outdated() -> None:
    """Delete what was made of any study before somebody withdrew; what is being made is ended.

    Called after each withdrawal and each change of what is hidden, and when the server starts.
    """
    counted: dict[tuple[str, bool], int] = {}

    def is_outdated(job: Job) -> bool:
        study, include_test = whose(job)
        if (study, include_test) not in counted:
            counted[study, include_test] = count_withdrawn(study, include_test=include_test)
        return job.withdrawn < counted[study, include_test] or hides_otherwise(job)

    find_jobs().discard_outdated(is_outdated)
    kept().clear()


def renew(job: Job) -> Job | None:
    """Return a job as it stands; what another process's withdrawal has outdated is deleted first.

    None is for one that is gone meanwhile.
    """
    study, include_test = whose(job)
    if job.withdrawn < count_withdrawn(study, include_test=include_test) or hides_otherwise(job):
        discard_outdated()
        return find_jobs().find(job.id)
    return job


def hides_otherwise(job: Job) -> bool:
    """Whether a job has groups by a quasi-identifier in which other counts are hidden than now."""
    told = job.arguments
    by = dict(parse_qsl(str(told.get("filter", "")))).get("by")
    if told.get("with_quasi_identifiers") or by not in told.get("withheld", ()):
        return False
    default = services().settings.smallest_count
    then = told.get("own_count") or told.get("smallest_count", default)
    return bool(then != find_smallest(services().store.studies.find(whose(job)[0]), default))


def whose(job: Job) -> tuple[str, bool]:
    """Return the study that a job reads, and whether it reads test responses as well."""
    return str(job.arguments["study"]), bool(job.arguments.get("include_test"))
