"""Everything in one JSON file, with the definitions, so that it explains itself."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from survey_app.definition.reserved import OUR_COLUMNS
from survey_app.definition.shapes import Cell
from survey_app.reports.dataset import Layout, make_cells
from survey_app.reports.harmonising import harmonise, lay_out
from survey_app.reports.progress import Meter, Progress, ignore
from survey_app.reports.responses import (
    IN_PROGRESS,
    SUBMITTED,
    WITHDRAWN,
    Context,
    ResponseRow,
    Source,
)
from survey_app.translations import gettext as _
from survey_app.translations import use_language

UNTOLD = ("exported", "all_sheets")
"""What is not told of a file: the same data give the same bytes, whenever and however asked for."""


def write_json_file(
    source: Source, context: Context, path: Path, progress: Progress = ignore
) -> None:
    """Write `{about, instruments, names, pooling, responses, counts, marks, …}` in this order.

    `names` says by version and by its key what a renamed question is called now, as everything else
    calls it; `pooling` are the rules by which versions are counted together. Raise ReportError.

    A response has its leading columns, `values` by column and `blanks`, the reasons by column.
    `counts` has how many there are by state: a withdrawn one is counted there, and not among them.
    Memory does not grow with the responses, marks and notes.
    """
    source = harmonise(source)
    layout = lay_out(source)
    meter = Meter(progress)
    part = path.with_name(f"{path.name}.part")
    with use_language(context.language), part.open("w", encoding="utf-8") as file:
        meter.start(_("Writing responses"))
        meter.expect(source.size or sum(1 for _response in source.responses()))
        file.writelines(_write_parts(layout, source, context, meter))
    part.replace(path)
    progress(1, _("Done"))


def _write_parts(layout: Layout, source: Source, context: Context, meter: Meter) -> Iterator[str]:
    counts = dict.fromkeys((SUBMITTED, IN_PROGRESS, WITHDRAWN), 0)
    responses = _count_states(meter.watch(source.responses()), counts)
    about = {name: told for name, told in asdict(context).items() if name not in UNTOLD}
    yield f'{{"about": {_dump(about)},\n"instruments": '
    yield from _write_list(dict(each.definition) for each in layout.instruments)
    yield f',\n"names": {_dump(_list_names(layout))}'
    yield ',\n"pooling": '
    yield from _write_list(asdict(rule) for rule in layout.pooling.rules)
    yield ',\n"responses": '
    yield from _write_list(
        make_response(layout, response, context.language)
        for response in responses
        if response.state != WITHDRAWN
    )
    yield f',\n"counts": {_dump({"responses": sum(counts.values()), **counts})}'
    yield ',\n"marks": '
    yield from _write_list(asdict(mark) for mark in source.marks())
    yield ',\n"item_marks": '
    yield from _write_list(asdict(mark) for mark in source.item_marks())
    yield ',\n"interviews": '
    yield from _write_list(asdict(interview) for interview in source.interviews())
    yield ',\n"consents": '
    yield from _write_list(asdict(consent) for consent in source.consents())
    yield ',\n"notes": '
    yield from _write_list(asdict(note) for note in source.notes())
    yield "}\n"


def _count_states(
    responses: Iterable[ResponseRow], counts: dict[str, int]
) -> Iterator[ResponseRow]:
    """Yield the responses, and count each in its state."""
    for response in responses:
        counts[response.state] += 1
        yield response


def _list_names(layout: Layout) -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {}
    for (version, key), newest in layout.lineage.newest.items():
        if version in layout.by_version:
            names.setdefault(version, {})[key] = newest
    return names


def make_response(layout: Layout, response: ResponseRow, language: str) -> dict[str, object]:
    """Return a response as it stands in the file."""
    leading = {name: getattr(response, name, None) for name in OUR_COLUMNS}
    names = [column.name for column in layout.columns]
    cells = dict(zip(names, make_cells(layout, response, language), strict=True))
    return {
        **leading,
        "response": response.id,
        "interview": response.interview,
        "values": {name: _show(cell) for name, cell in cells.items() if not cell.reason},
        "blanks": {name: cell.reason for name, cell in cells.items() if cell.reason},
    }


def _show(cell: Cell) -> object:
    return cell.value.isoformat() if isinstance(cell.value, date) else cell.value


def _write_list(things: Iterable[Mapping[str, object]]) -> Iterator[str]:
    yield "["
    separator = "\n"
    for thing in things:
        yield f"{separator}{_dump(thing)}"
        separator = ",\n"
    yield "]"


def _dump(thing: Mapping[str, object]) -> str:
    return json.dumps(thing, ensure_ascii=True)
