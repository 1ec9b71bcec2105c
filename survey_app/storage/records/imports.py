"""Responses that were collected elsewhere and are brought in together."""

from dataclasses import dataclass

from survey_app.storage.records.responses import AnswerRow


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportBatch:
    """What is imported by whom: responses of one published version, from a file.

    ``file`` is the file's name and ``digest`` the SHA-256 of its content. Both are kept in the
    payload of each response's first event, and so go when the response is withdrawn.
    """

    study: str
    instrument: str
    version: str
    actor: str
    file: str
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeResponse:
    """A response that was sent elsewhere, with all its answers.

    Times are text in UTC; None stands for the moment of the import. ``participant`` is a
    pseudonym, which is added to the study if it is new there.
    """

    language: str
    answers: list[AnswerRow]
    started: str | None = None
    submitted: str | None = None
    participant: str | None = None
    is_test: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierImport:
    """An import of the same file that was made before: when, and how much of it is there."""

    at: str
    count: int
