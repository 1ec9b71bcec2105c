"""What an analyst sees of many responses: counts, never the rows themselves."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection, and_, exists, func, or_, select

from survey_app.storage.records import (
    DayCount,
    ItemMarkRecord,
    KindCount,
    ListedResponse,
    MarkRecord,
    NoteRecord,
    ProfileCount,
    SectionCount,
    Selection,
    Spread,
    StoredText,
    TouchedCount,
    ValueCount,
)
from survey_app.storage.schema import instrument_version, interview, note, response
from survey_app.storage.store import profiles, sections, spreads, tallies
from survey_app.storage.store.access import Access
from survey_app.storage.store.choosing import chosen_by, study_id
from survey_app.storage.store.freshness import find_mark
from survey_app.storage.store.reading import item_mark_records, mark_records, note_records
from survey_app.storage.store.rows import to_record
from survey_app.storage.store.texts import scan_texts
from survey_app.storage.store.touching import count_touched

Result = TypeVar("Result")


class Desk:
    """Counts over a selection of responses; each method is one moment, and writes nothing."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def mark(self, study: str, instrument: str) -> str:
        """Return a text that changes with the responses (see find_mark)."""
        return find_mark(self._access.readers, study, instrument)

    def interview_mark(self, study: str) -> str:
        """Return a text that changes with the course of any interview of a study.

        What is changed of an interview as a whole, such as breaking it off, changes no response.
        """
        query = select(func.count(), func.sum(interview.c.revision)).where(
            interview.c.study_id == study_id(study)
        )
        found = self._read(lambda connection: tuple(connection.execute(query).one()))
        return "/".join(str(each or 0) for each in found)

    def versions(self, study: str, instrument: str) -> list[str]:
        """Return the versions of which a study has responses; those to a draft count nowhere."""
        used = exists().where(
            response.c.study_id == study_id(study),
            response.c.instrument == instrument,
            response.c.is_test.in_([False, True]),
            response.c.version == instrument_version.c.version,
        )
        query = select(instrument_version.c.version).where(
            instrument_version.c.name == instrument,
            instrument_version.c.state != "draft",
            used.correlate(instrument_version),
        )
        return self._read(lambda connection: list(connection.scalars(query)))

    def kinds(self, selection: Selection) -> list[KindCount]:
        """Return how many responses there are by version, delivery, language and state."""
        return self._read(lambda connection: tallies.count_kinds(connection, selection))

    def days(self, selection: Selection) -> list[DayCount]:
        """Return by day how many were begun and how many sent, the first day first."""
        return self._read(lambda connection: tallies.count_days(connection, selection))

    def values(self, selection: Selection, item: str) -> list[ValueCount]:
        """Return how often each value and each reason of an item was stored."""
        return self._read(lambda found: list(tallies.count_values(found, selection, item)))

    def given(self, selection: Selection, item: str) -> list[ValueCount]:
        """Return how often an item has any value, and how often each reason."""
        return self._read(lambda found: list(tallies.count_given(found, selection, item)))

    def codes(self, selection: Selection, item: str, codes: Sequence[str]) -> list[ValueCount]:
        """Return how often each of the codes was chosen where several could be."""
        return self._read(lambda found: list(tallies.count_codes(found, selection, item, codes)))

    def places(self, selection: Selection, item: str, codes: Sequence[str]) -> list[ValueCount]:
        """Return how often each of the codes was put in each place."""
        return self._read(lambda found: list(tallies.count_places(found, selection, item, codes)))

    def whole(self, selection: Selection, item: str) -> list[ValueCount]:
        """Return the states that interviewers gave a whole item which has no answer."""
        return self._read(lambda connection: tallies.count_whole(connection, selection, item))

    def numbers(self, selection: Selection, item: str) -> Spread | None:
        """Return how the numbers answered to an item are spread, None if there are none."""
        return self._read(lambda found: spreads.spread_numbers(found, selection, item))

    def minutes(self, selection: Selection) -> Spread | None:
        """Return how many minutes sending took (see spread_minutes), None if nobody sent."""
        return self._read(lambda connection: spreads.spread_minutes(connection, selection))

    def profiles(self, selection: Selection, items: Sequence[str]) -> list[ProfileCount]:
        """Return how many responses have the same answers to some items (see count_profiles)."""
        return self._read(lambda found: profiles.count_profiles(found, selection, items))

    def sections(
        self, selection: Selection, version: str, keys: Sequence[str]
    ) -> list[SectionCount]:
        """Return how far participants came by themselves (see count_sections)."""
        return self._read(lambda found: sections.count_sections(found, selection, version, keys))

    def heard(
        self, selection: Selection, version: str, items: dict[str, Sequence[str]]
    ) -> list[SectionCount]:
        """Return on which sections interviews recorded anything (see count_heard)."""
        return self._read(lambda found: sections.count_heard(found, selection, version, items))

    def touched(
        self,
        instrument: str,
        version: str,
        item: str,
        *,
        row: str | None = None,
        code: str | None = None,
        probe: str | None = None,
    ) -> TouchedCount:
        """Return how many responses of all studies a change of an item touches (count_touched)."""
        about = {"row": row, "code": code, "probe": probe}
        return self._read(lambda found: count_touched(found, instrument, version, item, **about))

    def marks(self, response_id: str) -> list[MarkRecord]:
        """Return the marks of a response's probes."""
        here = response.c.id == response_id
        return self._read(lambda connection: [*mark_records(connection, here)])

    def item_marks(self, response_id: str) -> list[ItemMarkRecord]:
        """Return the marks of a response's whole questions."""
        here = response.c.id == response_id
        return self._read(lambda connection: [*item_mark_records(connection, here)])

    def notes(self, response_id: str) -> list[NoteRecord]:
        """Return the notes on a response, and those on its interview as a whole."""
        held = select(response.c.interview_id).where(response.c.id == response_id)
        whole = and_(note.c.response_id.is_(None), interview.c.id == held.scalar_subquery())
        here = or_(note.c.response_id == response_id, whole)
        return self._read(lambda connection: [*note_records(connection, here)])

    def scan_texts(
        self,
        study: str,
        look: Callable[[StoredText], None],
        *,
        items: Sequence[str],
        instrument: str | None = None,
    ) -> None:
        """Show ``look`` each text of a study, one after another, of one instrument or of all.

        ``items`` are the questions whose answers are texts, in any version. Trial responses are
        among them, as their texts lie here as well.
        """
        self._read(lambda found: scan_texts(found, study, instrument, items, look))

    def list(self, selection: Selection, *, limit: int, skip: int) -> list[ListedResponse]:
        """Return some of the responses, what changed last first."""
        changed = func.coalesce(response.c.withdrawn_on, response.c.updated)
        query = (
            select(response, changed.label("changed"))
            .where(chosen_by(selection))
            .order_by(changed.desc(), response.c.id)
            .limit(limit)
            .offset(skip)
        )
        rows = self._read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(ListedResponse, row) for row in rows]

    def _read(self, query: Callable[[Connection], Result]) -> Result:
        return self._access.read(query)
