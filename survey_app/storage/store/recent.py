"""What somebody did last and what came in since: a few rows each, found by an index."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, select

from survey_app.storage.moments import day, now
from survey_app.storage.records import ExportRecord, RecentInterview, SentCount
from survey_app.storage.schema import (
    export_record,
    interview,
    last_look,
    participant,
    response,
    study,
)
from survey_app.storage.store.access import Access
from survey_app.storage.store.freshness import find_mark
from survey_app.storage.store.rows import study_row, to_record

MOST_NOTED = 1_000


class Recent:
    """What the home page asks for; ``most`` is how many rows at most."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._noted: dict[tuple[str, str, str], tuple[str, str]] = {}

    def open_interviews(self, account_id: str, most: int) -> list[RecentInterview]:
        """Return the interviews of a person that are not finished, the newest first."""
        query = _interviews().where(
            interview.c.interviewer_id == account_id, interview.c.finished.is_(None)
        )
        return self._list(query.order_by(interview.c.started.desc()), most)

    def finished_interviews(self, account_id: str, most: int) -> list[RecentInterview]:
        """Return the interviews of a person that were finished, the newest first."""
        query = _interviews().where(
            interview.c.interviewer_id == account_id, interview.c.finished.is_not(None)
        )
        return self._list(query.order_by(interview.c.started.desc()), most)

    def running_in(self, studies: Collection[str], most: int) -> list[RecentInterview]:
        """Return the interviews in these studies that are not finished, the newest first."""
        query = _interviews().where(study.c.slug.in_(studies), interview.c.finished.is_(None))
        return self._list(query.order_by(interview.c.started.desc()), most)

    def exports(self, who: str, most: int) -> list[ExportRecord]:
        """Return the exports that somebody made, the newest first."""
        query = (
            select(export_record, study.c.slug.label("study"))
            .join(study, study.c.id == export_record.c.study_id)
            .where(export_record.c.who == who)
            .order_by(export_record.c.at.desc())
            .limit(most)
        )
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(ExportRecord, row) for row in rows]

    def sent(self, account_id: str, studies: Collection[str]) -> list[SentCount]:
        """Return what was sent in these studies, beside what the account saw at its last look."""
        query = _sent(studies)
        looks = select(last_look).where(last_look.c.account_id == account_id)

        def read(connection: Connection) -> list[SentCount]:
            seen = {
                (row["study_id"], row["instrument"]): row
                for row in connection.execute(looks).mappings()
            }
            return [
                _compare(row, seen.get((row.id, row.instrument)))
                for row in connection.execute(query)
            ]

        return self._access.read(read)

    def note_look(self, account_id: str, slug: str, instrument: str) -> None:
        """Keep how many responses there are now, as the account has them in sight.

        To count them takes longer than the rest of a page, so it is done once for each change.
        """
        key = (account_id, slug, instrument)
        now_there = (find_mark(self._access.readers, slug, instrument), day(now()))
        if self._noted.get(key) == now_there:
            return
        found = [each for each in self.sent(account_id, [slug]) if each.instrument == instrument]
        if any(each.count != each.seen or each.looked != day(now()) for each in found):
            count = found[0].count
            self._access.write(
                lambda connection: _note_look(connection, account_id, slug, instrument, count)
            )
        if len(self._noted) >= MOST_NOTED:
            self._noted.clear()
        self._noted[key] = now_there

    def _list(self, query: Select[Any], most: int) -> list[RecentInterview]:
        limited = query.limit(most)
        rows = self._access.read(lambda connection: connection.execute(limited).mappings().all())
        return [to_record(RecentInterview, row) for row in rows]


def _interviews() -> Select[Any]:
    columns = interview.c
    return (
        select(
            *(columns.id, columns.started, columns.finished, columns.outcome, columns.is_test),
            study.c.slug.label("study"),
            participant.c.pseudonym.label("participant"),
        )
        .join(study, study.c.id == columns.study_id)
        .join(participant, participant.c.id == columns.participant_id)
    )


def _sent(studies: Collection[str]) -> Select[Any]:
    columns = response.c
    # All but the state stands before it in the index of the kinds, so no row is read.
    return (
        select(study.c.id, study.c.slug, columns.instrument, func.count().label("number"))
        .join_from(study, response, columns.study_id == study.c.id)
        .where(study.c.slug.in_(studies), columns.is_test.is_(False), columns.state == "submitted")
        .group_by(study.c.id, study.c.slug, columns.instrument)
        .order_by(study.c.slug, columns.instrument)
    )


def _compare(row: Any, look: RowMapping | None) -> SentCount:
    return SentCount(
        study=row.slug,
        instrument=row.instrument,
        count=row.number,
        seen=0 if look is None else look["count"],
        looked=None if look is None else look["day"],
    )


def _note_look(
    connection: Connection, account_id: str, slug: str, instrument: str, count: int
) -> None:
    key = {
        "account_id": account_id,
        "study_id": study_row(connection, slug)["id"],
        "instrument": instrument,
    }
    here = (last_look.c[name] == value for name, value in key.items())
    connection.execute(delete(last_look).where(*here))
    connection.execute(insert(last_look), key | {"count": count, "day": day(now())})
