/* "Mark the rest not asked": what is still open in a question or a section, with one reason and in
   one step. What is open is told as the server tells it (web/interviewer/rest.py): a question whose
   free answer was ended was asked. What was marked, noted or answered is never touched. */

import { isWritten } from "./coverage.js";
import { phaseOf, read, setPart } from "./fields.js";

const SAID = ["note", "text", "quote", "minimal_answer", "answer", "refusal"];

const isSaid = (unit) => SAID.some((part) => read(unit, part).trim() !== "");

const isOpenRow = (row) =>
  read(row, "state") === "not_reached" && read(row, "example") === "none" && !isSaid(row);

const wasAsked = (topic, whole) => read(whole, "phase") === "probing" || isSaid(whole) || isWritten(topic);

/** The units of a topic that are open: its listed probes, and the whole of an untouched question. */
function findOpen(topic) {
  const whole = topic.querySelector("[data-unit=item]");
  if (read(whole, "outcome") !== "not_reached") return [];
  const rows = [...topic.querySelectorAll("[data-unit=mark]")];
  const untouched = rows.every(isOpenRow) && !wasAsked(topic, whole);
  const listed = rows.filter((row) => !row.classList.contains("probe-other") && isOpenRow(row));
  return untouched ? [whole, ...listed] : listed;
}

function close(unit, reason) {
  const isMark = unit.dataset.unit === "mark";
  setPart(unit, isMark ? "state" : "outcome", "not_asked");
  setPart(unit, isMark ? "why" : "whynot", reason);
  if (isMark) unit.dataset.phase = phaseOf(unit) ?? "";
}

export class Rest {
  constructor(call) {
    this.call = call;
  }

  /** Mark what is open in the topics not asked, for the reason typed beside the button. */
  mark(topics, button) {
    const { say, undo, words } = this.call;
    const units = [...topics].flatMap(findOpen);
    if (units.length === 0) return say(words.rest_none);
    const field = button.parentElement.querySelector("input");
    const reason = field.value.trim();
    if (reason === "") {
      field.focus();
      return say(words.rest_why);
    }
    const name = units.length === 1 ? words.rest_one : words.rest_many.replace("{count}", units.length);
    undo.run(units, () => units.forEach((unit) => close(unit, reason)), name);
    field.value = "";
    return undefined;
  }
}
