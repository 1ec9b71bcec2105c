"""The response database: the only place with queries, plain values in and out.

>>> store = Store("sqlite:///survey.sqlite")                        # doctest: +SKIP
>>> outcome = store.responses.save_section(response_id, change, …)  # doctest: +SKIP

Each method is one transaction. A method that writes returns after the commit is on disk and may
raise StoreBusy (another process held the database too long), StoreFull (no room on the disk) or
StoreClosed; nothing was written then, and the same call may be repeated.
"""

from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Self

from survey_app.storage.engine import BUSY_TIMEOUT, open_engine
from survey_app.storage.store.access import Access
from survey_app.storage.store.access_log import AccessLog
from survey_app.storage.store.accounts import Accounts
from survey_app.storage.store.conduct import Conduct
from survey_app.storage.store.consents import Consents
from survey_app.storage.store.credentials import Credentials
from survey_app.storage.store.desk import Desk
from survey_app.storage.store.erasures import Erasures
from survey_app.storage.store.exports import Exports
from survey_app.storage.store.imports import Imports
from survey_app.storage.store.instruments import Instruments
from survey_app.storage.store.interviews import Interviews
from survey_app.storage.store.invitations import Invitations
from survey_app.storage.store.participants import Participants
from survey_app.storage.store.pooling import PoolingRules
from survey_app.storage.store.protocols import Protocols
from survey_app.storage.store.recent import Recent
from survey_app.storage.store.recruiting import Recruiting
from survey_app.storage.store.responses import Responses
from survey_app.storage.store.snapshot import Snapshot, open_snapshot
from survey_app.storage.store.studies import Studies
from survey_app.storage.store.teams import Teams
from survey_app.storage.store.tries import Tries
from survey_app.storage.upgrade import require_current
from survey_app.storage.writer import Waiting

__all__ = ["Snapshot", "Store"]


class Store:
    """The response database at ``url``, which must have been migrated.

    ``url`` is such as ``sqlite:///survey.sqlite`` or ``postgresql://host/name``;
    ``busy_timeout`` is how many seconds to wait for a lock that another process holds. A thread
    that writes waits, for the disk or for those before it, within a block of ``waiting``.
    One Store serves all threads of a process. Raises WrongDatabase when the database is empty,
    older or newer than this program.
    """

    def __init__(
        self, url: str, *, busy_timeout: float = BUSY_TIMEOUT, waiting: Waiting = nullcontext
    ) -> None:
        self._engine = open_engine(url, busy_timeout=busy_timeout)
        require_current(self._engine)
        self._access = Access.open(self._engine, waiting)
        self.instruments = Instruments(self._access)
        self.studies = Studies(self._access)
        self.consents = Consents(self._access)
        self.responses = Responses(self._access)
        self.interviews = Interviews(self._access)
        self.invitations = Invitations(self._access)
        self.participants = Participants(self._access)
        self.accounts = Accounts(self._access)
        self.credentials = Credentials(self._access)
        self.tries = Tries(self._access)
        self.access_log = AccessLog(self._access)
        self.recent = Recent(self._access)
        self.exports = Exports(self._access)
        self.imports = Imports(self._access)
        self.pooling = PoolingRules(self._access)
        self.desk = Desk(self._access)
        self.conduct = Conduct(self._access)
        self.protocols = Protocols(self._access)
        self.teams = Teams(self._access)
        self.recruiting = Recruiting(self._access)
        self.erasures = Erasures(self._access)

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Return a view of the database at one moment, for exports that stream."""
        return open_snapshot(self._engine)

    @property
    def traces_remain(self) -> bool:
        """Whether the log may still hold what was erased; if so, emptying it goes on being tried.

        Somebody who reads an older moment, as an export does, stands in the way for as long.
        """
        return self._access.traces.remain

    def erase_traces(self) -> bool:
        """Empty the log, for the case that a process ended between erasing and that."""
        return self._access.forget_log()

    def close(self) -> None:
        """Write what is queued and let go of the database; a second call does nothing."""
        self._access.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
