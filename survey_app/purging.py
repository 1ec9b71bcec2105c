"""Erasing a study at the end of its time: answers, names, what was made of them, and their traces.

Each step may be repeated, so that what was interrupted goes on by asking for it again: the
responses come first, then the people database, then jobs and kept files, then the write-ahead log;
only when all of that is done is the certificate written, and it says what was not reached.
"""

import hashlib
import json
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url

from survey_app import __version__
from survey_app.backups.record import Made, read_record
from survey_app.backups.rotation import choose_kept
from survey_app.enrolment import forget_everybody
from survey_app.jobs import FILES, Job, Jobs
from survey_app.settings import Settings
from survey_app.storage.errors import ErasureUnfinished
from survey_app.storage.moments import now
from survey_app.storage.people.register import People
from survey_app.storage.people.upgrade import people_state
from survey_app.storage.records import Erased, Erasure, ExportRecord, Json
from survey_app.storage.store import Store
from survey_app.storage.writer import Waiting

AT_ONCE = 20
"""Responses that are erased in one transaction, so that nobody who is answering waits long."""
PATIENCE = 60.0
"""Seconds for which the end of what still reads an older moment is waited for."""
PAUSE = 0.2
MOST_DAYS = 3 * 366
"""For how long a backup is followed until the rotation deletes it."""


@dataclass(frozen=True, kw_only=True)
class Purge:
    """How far an erasure is: its record, and how many responses are left."""

    erasure: Erasure
    left: int

    @property
    def is_done(self) -> bool:
        """Whether it has come to its end, with a certificate."""
        return self.erasure.ended_at is not None


def purge_study(
    store: Store,
    settings: Settings,
    slug: str,
    *,
    scope: Erased,
    by: str,
    discard: Callable[[], None],
    waiting: Waiting = nullcontext,
    seconds: float | None = None,
    patience: float = PATIENCE,
    tell: Callable[[int], None] = lambda _left: None,
) -> Purge:
    """Erase a study, or go on with it where it was interrupted.

    ``discard`` throws away what was made of the study, ready or not. After so many ``seconds`` the
    rest is left for the next call; None means all of it now. What still reads an older moment is
    waited for with ``patience``, in seconds, within a block of ``waiting``. ``tell`` is given what
    is left. Raises UnknownRecord for a study that is not there, WrongDatabase for a people database
    of another version, ErasureUnfinished where the last traces could not go yet.
    """
    until = None if seconds is None else time.monotonic() + seconds
    begun = store.erasures.begin(slug, scope, people=count_people(settings, slug), by=by)
    left = store.erasures.erase_some(begun.id, AT_ONCE)
    while left:
        tell(left)
        if until is not None and time.monotonic() >= until:
            return Purge(erasure=begun, left=left)
        left = store.erasures.erase_some(begun.id, AT_ONCE)
    # What is just being read of a roster, or sent, would else write names again.
    discard()
    forget_people(store, settings, slug)
    _erase_traces(store, discard, waiting, patience)
    certificate = make_certificate(store, settings, begun, by)
    return Purge(erasure=store.erasures.finish(begun.id, certificate), left=0)


def _erase_traces(
    store: Store, discard: Callable[[], None], waiting: Waiting, patience: float
) -> None:
    """Throw away what was made and empty the log; what still reads is waited for."""
    until = time.monotonic() + patience
    while True:
        discard()
        try:
            store.erasures.empty_log()
        except ErasureUnfinished:
            if time.monotonic() >= until:
                raise
            with waiting():
                time.sleep(PAUSE)
        else:
            return


def discard_jobs(jobs: Jobs, slug: str) -> None:
    """Throw away what was made of a study and what is being made; of others nothing.

    One that another process makes ends by itself, as the folder that it writes into is gone.
    """
    jobs.discard_outdated(lambda job: is_of_study(jobs, job, slug))


def discard_errands(errands: Jobs, slug: str) -> None:
    """Throw away the jobs about a study's people, with files that were uploaded and never read.

    Nothing of them stays: a file may be called after somebody.
    """
    for job in errands.remove(lambda job: job.arguments.get("study") == slug):
        if "file" in job.arguments:
            Path(job.arguments["file"]).unlink(missing_ok=True)


def clear_errands(settings: Settings) -> None:
    """Remove what a server that was killed has left in clear: uploads, and jobs that name somebody.

    Only who knows that no server runs may call this.
    """
    for left in (settings.errands / "uploads").glob("*"):
        left.unlink(missing_ok=True)
    errands = Jobs(settings.errands, settings.to_environment())
    errands.remove(lambda job: job.name != "mailing")


def is_of_study(jobs: Jobs, job: Job, slug: str) -> bool:
    """Whether a job read a study and something of it is there or is being made."""
    files = jobs.folder / job.id / FILES
    return job.arguments.get("study") == slug and (files.is_dir() or not job.progress.ended)


def count_people(settings: Settings, slug: str) -> int:
    """Return how many people of a study the people database holds; none where there is none."""
    if not has_people(settings):
        return 0
    with People(settings.people, settings.people_key_file) as people:
        return people.count(slug)


def forget_people(store: Store, settings: Settings, slug: str) -> None:
    """Erase who a study's participants are and what was written to them, for good.

    Their personal invitations are revoked, so that no letter's link lets anybody begin any more.
    Raises ErasureUnfinished where the last traces could not go yet.
    """
    if not has_people(settings):
        return
    with People(settings.people, settings.people_key_file) as people:
        if not forget_everybody(store, people, slug):
            raise ErasureUnfinished


def has_people(settings: Settings) -> bool:
    """Whether there is a people database; one that this program cannot read is one, too."""
    address = make_url(settings.people)
    if address.get_backend_name() == "sqlite" and not Path(str(address.database)).is_file():
        return False
    return people_state(settings.people) != "empty"


def find_people_key(settings: Settings) -> str:
    """Return the short name of the key that names are encrypted with, nothing where none are."""
    if not has_people(settings):
        return ""
    with People(settings.people, settings.people_key_file) as people:
        return people.find_key()


def make_certificate(store: Store, settings: Settings, begun: Erasure, by: str) -> dict[str, Json]:
    """Return what a certificate says of an erasure that has come to its end."""
    study = store.studies.find(begun.study)
    after = store.erasures.count(begun.study) | {"people": count_people(settings, begun.study)}
    facts: dict[str, Json] = {
        "study": begun.study,
        "title": study.title if study else begun.study,
        "scope": begun.scope,
        "begun_at": begun.begun_at,
        "begun_by": begun.begun_by,
        "ended_at": now(),
        "by": by,
        "before": begun.counts,
        "after": after,
        "exports": [_tell_export(each) for each in store.exports.list(begun.study)],
        "backups": list_backups(settings, datetime.now(UTC)),
        "people_key": find_people_key(settings),
        "program": f"survey-app {__version__}",
    }
    return facts | {"sha256": digest(facts)}


def digest(facts: dict[str, Json]) -> str:
    """Return the SHA-256 of a certificate's facts, in which its own digest does not count."""
    told = {name: value for name, value in facts.items() if name != "sha256"}
    spelled = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def _tell_export(made: ExportRecord) -> dict[str, Json]:
    return {
        "at": made.at,
        "who": made.who,
        "instrument": made.filter.get("instrument", ""),
        "format": made.filter.get("format", ""),
        "rows": made.rows,
        "sha256": made.hash,
    }


def list_backups(settings: Settings, moment: datetime) -> list[Json]:
    """Return the daily backups that are there: where, how old, and when the rotation ends them.

    The last is None where no backups are made any more, so that nothing is rotated.
    """
    made = [each for each in read_record(settings.data).made if each.is_there()]
    ends = _foresee(made, moment) if settings.backups is not None else {}
    return [
        {
            "at": each.at,
            "folder": each.folder,
            "files": list(each.files),
            "days": (moment - each.moment).days,
            "gone_on": ends.get(each.at),
        }
        for each in made
    ]


def _foresee(made: list[Made], moment: datetime) -> dict[str, str]:
    """Return the day on which each backup is deleted if one is made every day from now on."""
    kept = {each.moment for each in made}
    names = {each.moment: each.at for each in made}
    ends: dict[str, str] = {}
    for days in range(1, MOST_DAYS):
        day = moment + timedelta(days)
        staying = choose_kept({*kept, day})
        for gone in kept - staying:
            if gone in names:
                ends[names[gone]] = day.date().isoformat()
        kept = staying
        if len(ends) == len(names):
            break
    return ends
