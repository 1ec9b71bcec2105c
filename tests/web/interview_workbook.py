"""What a workbook must hold of an interview, told from a bot's diary and the author's files."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey_app.reports.progress import ignore
from survey_app.reports.workbook import write_workbook
from survey_app.storage.records import InterviewState
from survey_app.storage.store import Store
from survey_app.worker.requests import Request, open_material
from tests.web.interview_diary import Diary
from tests.web.interview_script import list_probes, read_definition

Table = list[dict[str, Any]]

STATES = {
    "raised_unprompted": "raised unprompted",
    "raised_after_probe": "raised after the probe",
    "asked_and_denied": "asked and denied",
    "dont_know": "don’t know",
    "refused": "refused",
    "not_asked": "not asked",
    "not_applicable": "not applicable",
    "not_reached": "not reached",
}
BLANKS = {"refused": "refused", "dont_know": "dont_know", "not_applicable": "not_relevant"}
"""The reasons of a question without an answer, by what became of it as a whole."""


class Book:
    """The workbook of one instrument, made as the worker makes it, and what should be in it."""

    def __init__(self, store: Store, instrument: tuple[str, str], path: Path) -> None:
        self.name, self.version = instrument
        request = Request(who="test", study="ami", instrument=self.name, format="xlsx")
        with open_material(store, request) as material:
            write_workbook(material.source, material.context, path, ignore)
        self.book = load_workbook(path)
        sections = read_definition(*instrument)["sections"]
        self.items = {item["key"]: item for part in sections for item in part["items"]}

    def read(self, sheet: str) -> Table:
        """Return a sheet's rows by its headers; no cell may be a formula."""
        page = self.book[sheet]
        assert isinstance(page, Worksheet)
        assert [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"] == []
        headers, *rows = page.iter_rows(values_only=True)
        return [dict(zip(map(str, headers), row, strict=True)) for row in rows]

    def expect_marks(self, diary: Diary, state: InterviewState) -> Table:
        """Return the sheet Marks but for times: questions, then their probes, then own topics."""
        known = {(each.item, each.probe): each for each in state.marks}
        whole = {each.item: each for each in state.items}
        rows = []
        for item, definition in self.items.items():
            probes = list_probes(definition)
            if item in whole:
                rows.append(_whole_row(diary, item, definition["text"], whole[item], state))
            own = sorted(probe for of, probe in known if of == item and probe not in probes)
            for probe in [each for each in [*probes, *own] if (item, each) in known]:
                mark = known[item, probe]
                rows.append(_mark_row(diary, item, probe, probes.get(probe), mark, state))
        return [self._head(state) | each for each in rows]

    def _head(self, state: InterviewState) -> dict[str, Any]:
        (response,) = [run.response for run in state.responses if run.instrument == self.name]
        return {
            "response": response,
            "participant": state.participant,
            "interview": state.id,
            "version": self.version,
        }

    def expect_probes(self, diary: Diary) -> dict[str, Any]:
        """Return the columns of the sheet Probes that are about probes."""
        cells: dict[str, Any] = {}
        for item, definition in self.items.items():
            probes = () if definition["type"] == "select_one" else list_probes(definition)
            whole = diary.find("item", item)["state"]
            for probe in probes:
                state = diary.find("mark", item, probe)["state"]
                cells[f"{item}__{probe}"] = STATES[whole if state == "not_reached" else state]
            own = [
                f"{deeds[-1].content['text']} ({STATES[deeds[-1].content['state']]})"
                for (of, probe), deeds in diary.units("mark").items()
                if of == item and probe.startswith("other:")
            ]
            if probes:
                cells[f"{item}__other_topics"] = "\n".join(own) or None
        return cells

    def expect_data(self, diary: Diary) -> dict[str, Any]:
        """Return the columns of the sheet Data that are about items."""
        answers = {key: deeds[-1].content for key, deeds in diary.units("answer").items()}
        cells: dict[str, Any] = {}
        for item, definition in self.items.items():
            probes = list_probes(definition)
            if definition["type"] == "likert_grid":
                for row in probes:
                    answer = answers.get((item, row), {"reason": "asked_as_probes"})
                    point = answer.get("value")
                    cells[f"{item}__{row}"] = int(point) if point else answer["reason"]
            elif definition["type"] == "select_multiple":
                names = [*probes, *(("other", "other_text") if "other" in definition else ())]
                cells |= dict.fromkeys((f"{item}__{each}" for each in names), "asked_as_probes")
            else:
                gap = BLANKS.get(diary.find("item", item)["state"], "not_reached")
                gap = "asked_as_probes" if "probes" in definition else gap
                cells[item] = answers.get((item, ""), {}).get("value", gap)
        return cells

    def expect_notes(self, diary: Diary, state: InterviewState) -> Table:
        """Return the sheet Interview notes but for its ids and times, in the diary's order."""
        response = self._head(state)["response"]
        shared: dict[str, Any] = {
            "participant": state.participant,
            "interview": state.id,
            "author": "ivy",
        }
        shared["may_be_quoted"] = 0  # its box was left as it is: never ticked beforehand
        rows = []
        for (item, probe), deeds in diary.units("note").items():
            place = {"response": response, "instrument": self.name, "version": self.version}
            note = {"item": item, "probe": probe or None, "stream": "interviewer", "kind": "note"}
            text = {"added": "during", "text": deeds[-1].content["text"]}
            if item in self.items:
                rows.append({**shared, **place, **note, **text})
        for (kind, stream), deeds in diary.units("whole").items():
            place = dict.fromkeys(("response", "instrument", "version", "item", "probe"))
            text = {"added": "after", "text": deeds[-1].content["text"]}
            rows.append({**shared, **place, "stream": stream, "kind": kind, **text})
        return rows


def show(milliseconds: int) -> str:
    """Return a time as minutes and seconds."""
    sign = "-" if milliseconds < 0 else ""
    seconds = abs(milliseconds) // 1000
    return f"{sign}{seconds // 60}:{seconds % 60:02}"


def _whole_row(
    diary: Diary, item: str, text: str, stored: Any, state: InterviewState
) -> dict[str, Any]:
    now = diary.find("item", item)
    reached = now["state"] != "not_reached"
    turns = [f"{turn['phase']} {show(turn['at'])}" for turn in stored.turns]
    return {
        "item": item,
        "probe": None,
        "label": text,
        "state": now["state"] if reached else None,
        "state_label": STATES[now["state"]] if reached else None,
        "phase": now["phase"],
        "phase_turns": "; ".join(turns) or None,
        **_times(stored, state),
        "example": None,
        "flags": ", ".join(now["flags"]) or None,
        "text": None,
        "reason": now["reason"] or None,
    }


def _mark_row(
    diary: Diary, item: str, probe: str, text: str | None, stored: Any, state: InterviewState
) -> dict[str, Any]:
    now = diary.find("mark", item, probe)
    return {
        "item": item,
        "probe": probe,
        "label": text,
        "state": now["state"],
        "state_label": STATES[now["state"]],
        "phase": now["phase"],
        "phase_turns": None,
        **_times(stored, state),
        "example": now["example"],
        "flags": ", ".join(now["flags"]) or None,
        "text": now["text"] or None,
        "reason": now["reason"] or None,
    }


def _times(stored: Any, state: InterviewState) -> dict[str, Any]:
    return {
        "at": show(stored.first_at),
        "at_ms": stored.first_at,
        "changed": show(stored.changed_at),
        "changed_ms": stored.changed_at,
        "in_recording": show(stored.first_at - (state.recording_offset or 0)),
    }
