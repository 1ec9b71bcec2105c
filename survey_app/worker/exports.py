"""Making an export in one of its forms, or in all of them at once."""

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from survey_app.definition.reserved import OUR_COLUMNS
from survey_app.reports.harmonising import harmonise, lay_out
from survey_app.reports.progress import Progress
from survey_app.reports.responses import Context, Source
from survey_app.storage.moments import now
from survey_app.storage.records import Json
from survey_app.storage.store import Store
from survey_app.worker.requests import Material, Request, open_material

Writer = Callable[[Source, Context, Path, Progress], None]

WRITERS = {
    "xlsx": ("workbook", "write_workbook"),
    "csv": ("csv_archive", "write_csv_archive"),
    "json": ("json_file", "write_json_file"),
    "sav": ("formats.spss_files", "write_sav_archive"),
    "dta": ("formats.stata_files", "write_dta_archive"),
    "r": ("formats.r_files", "write_r_archive"),
    "bundle": ("formats.bundle", "write_bundle"),
}
"""What writes each form, by its module of the reports. A form's writer is loaded when it is asked
for: that of a workbook takes as long to load as all the others together."""

ENDINGS = {
    "xlsx": ".xlsx",
    "csv": ".zip",
    "json": ".json",
    "sav": "-spss.zip",
    "dta": "-stata.zip",
    "r": "-r.zip",
    "bundle": "-bundle.zip",
}
"""What the files of an export's forms end in."""

OVERRIDDEN = "-with-quasi-identifiers"
"""Stands in the name of a file from which people can be recognised."""

EXCEL_ENDING = "-for-excel.zip"
BLOCK = 1 << 20
MINUTES = len("2026-11-22T20:14")


def make_export(store: Store, request: Request, target: Path, progress: Progress) -> Material:
    """Write the export to `target`, which appears only when it is whole, and record it.

    Returns what it was made from. Raises ReportError, StorageError or OSError.
    """
    begun = now()
    partial = target.with_name(f".{target.name}.partial")
    try:
        # A file that cannot be written is told of now and by its name.
        partial.touch()
        with open_material(store, request) as material:
            find_writer(request)(material.source, material.context, partial, progress)
        record_export(store, request, material, [partial], begun)
        partial.replace(target)
        return material
    finally:
        partial.unlink(missing_ok=True)


def find_writer(request: Request) -> Writer:
    """Return what writes the export's form."""
    module, name = WRITERS[request.format]
    writer = getattr(import_module(f"survey_app.reports.{module}"), name)
    match request.format:
        case "xlsx":
            return partial(writer, charts=request.charts)
        case "csv":
            return partial(writer, flavour=request.flavour)
    written: Writer = writer
    return written


def name_export(request: Request, exported: str = "") -> str:
    """Return the name of the export's file; with the time of the export, if it is given."""
    for_excel = request.format == "csv" and request.flavour == "excel"
    ending = EXCEL_ENDING if for_excel else ENDINGS[request.format]
    time = exported[:MINUTES].replace(":", "")  # which may not stand in every file's name
    return f"{name_after(request)}{'-' + time + 'Z' if time else ''}{ending}"


def name_after(request: Request) -> str:
    """Return what a request's files are called, without an ending."""
    named = f"{request.instrument}-{request.version}" if request.version else request.instrument
    return named + (OVERRIDDEN if request.with_quasi_identifiers else "")


def tell_override(request: Request) -> dict[str, Json]:
    """Return what the record of a file says where it has quasi-identifiers; else nothing."""
    if not request.with_quasi_identifiers:
        return {}
    return {"quasi_identifiers": True, "reason": request.reason.strip()}


def record_export(
    store: Store, request: Request, material: Material, files: Sequence[Path], begun: str
) -> None:
    """Record who made which files of what; the hash of several is that of all in their order."""
    columns = lay_out(harmonise(material.source)).columns
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as content:
            while part := content.read(BLOCK):
                digest.update(part)
    store.exports.record(
        request.who,
        request.study,
        filter={
            "instrument": request.instrument,
            "versions": [each.version for each in material.source.instruments],
            "include_test": request.include_test,
            "words": material.context.filter,
            "format": request.format,
            "flavour": request.flavour,
            **tell_override(request),
        },
        columns=[*OUR_COLUMNS, *(column.name for column in columns)],
        rows=material.count - material.withdrawn,
        hash=digest.hexdigest(),
        at=begun,
    )
