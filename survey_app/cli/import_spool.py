"""Checked responses on their way into the database, kept in a file that has no name.

The write lock is held only while they are written, not while a table is read and checked.
"""

import json
from collections.abc import Iterator
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

from survey_app.imports.rows import CheckedRow
from survey_app.storage.records import AnswerRow, WholeResponse
from survey_app.web.filling import make_rows


class Spool:
    """Takes responses and gives them back in order, any number of times."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the spool

    def add(self, checked: CheckedRow, *, is_test: bool) -> None:
        """Keep a row that can be imported; with `is_test` it counts as test whatever it says."""
        told = checked.bookkeeping
        answers = [
            [row.item, row.row, row.value, row.other_text, row.other_unticked, row.reason]
            for row in make_rows(checked.answers)
        ]
        rest = {
            "language": told.language,
            "started": told.started,
            "submitted": told.submitted,
            "participant": told.participant,
            "is_test": is_test or told.is_test,
        }
        line = json.dumps([rest, answers], separators=(",", ":"))
        self._file.write(f"{line}\n".encode("ascii"))

    def read(self) -> Iterator[WholeResponse]:
        """Yield what was kept."""
        self._file.seek(0)
        for line in self._file:
            rest, answers = json.loads(line)
            yield WholeResponse(answers=[_read_answer(*each) for each in answers], **rest)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def _read_answer(  # noqa: PLR0917 - the columns of an answer in their order
    item: str,
    row: str,
    value: object,
    other_text: str | None,
    other_unticked: bool,  # noqa: FBT001
    reason: str | None,
) -> AnswerRow:
    return AnswerRow(
        item=item,
        row=row,
        value=value,
        other_text=other_text,
        other_unticked=other_unticked,
        reason=reason,
    )
