"""Making an export: a workbook, csv tables in a zip, or everything as JSON."""

import hashlib
from pathlib import Path

from survey_app.definition.reserved import OUR_COLUMNS
from survey_app.reports.csv_archive import write_csv_archive
from survey_app.reports.dataset import make_layout
from survey_app.reports.json_file import write_json_file
from survey_app.reports.progress import Progress
from survey_app.reports.workbook import write_workbook
from survey_app.storage.store import Store
from survey_app.worker.requests import Material, Request, open_material

WRITERS = {"xlsx": write_workbook, "csv": write_csv_archive, "json": write_json_file}
ENDINGS = {"xlsx": ".xlsx", "csv": ".zip", "json": ".json"}


def make_export(store: Store, request: Request, target: Path, progress: Progress) -> Material:
    """Write the export to `target`, which appears only when it is whole, and record it.

    Returns what it was made from. Raises ReportError, StorageError or OSError.
    """
    partial = target.with_name(f".{target.name}.partial")
    try:
        # A file that cannot be written is told of now and by its name.
        partial.touch()
        with open_material(store, request) as material:
            WRITERS[request.format](material.source, material.context, partial, progress)
        _record(store, request, material, partial)
        partial.replace(target)
        return material
    finally:
        partial.unlink(missing_ok=True)


def name_export(request: Request) -> str:
    """Return the name of the export's file."""
    return name_after(request) + ENDINGS[request.format]


def name_after(request: Request) -> str:
    """Return what a request's files are called, without an ending."""
    return f"{request.instrument}-{request.version}" if request.version else request.instrument


def _record(store: Store, request: Request, material: Material, file: Path) -> None:
    columns = make_layout(material.source.instruments).columns
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    store.exports.record(
        request.who,
        request.study,
        filter={
            "instrument": request.instrument,
            "versions": [each.version for each in material.source.instruments],
            "include_test": request.include_test,
            "format": request.format,
        },
        columns=[*OUR_COLUMNS, *(column.name for column in columns)],
        rows=material.count,
        hash=digest,
    )
