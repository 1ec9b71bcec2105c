/* Marking by key, and hearing of marks made with the mouse. */

import { phaseOf, read, setPart, unitOf } from "./fields.js";
import { nameOf } from "./rows.js";

const EXAMPLES = ["none", "asked", "given"];
const RAISED = { free: "raised_unprompted", probing: "raised_after_probe" };

const isTopic = (control) => control.name.startsWith("text.");

/** The label of the button that shows how a unit's part stands, its short words not said again. */
function labelOf(unit, part, text) {
  const found = [...unit.querySelectorAll("[name]")].filter((each) => each.name.startsWith(`${part}.`));
  if (found[0].options) return [...found[0].options].find((each) => each.value === text).text;
  const button = found.find((each) => each.value === text);
  return button.getAttribute("aria-label").replace(` (${button.nextElementSibling.textContent})`, "");
}

export class Marks {
  constructor(call) {
    this.call = call;
    // Before the change is queued, which happens as the event comes back up.
    call.form.addEventListener("input", (event) => this.#hear(event.target), true);
    call.form.addEventListener("change", (event) => this.#keepTopic(event.target));
  }

  /** Mark a row for the present phase, or clear it if it has been raised. */
  toggle(row) {
    const unit = unitOf(row);
    const raised = Object.values(RAISED).includes(read(unit, "state"));
    const phase = phaseOf(row) ?? "free";
    this.set(row, raised ? "not_reached" : RAISED[phase]);
  }

  /** Say what became of a row. */
  set(row, state) {
    const { say, words, undo } = this.call;
    const unit = unitOf(row);
    const part = unit.dataset.unit === "mark" ? "state" : "outcome";
    const known = [...unit.querySelectorAll(`[name^="${part}."], [name^="${part}."] option`)];
    if (!known.some((each) => each.value === state)) return say(words.no_mark);
    const text = words.marked.replace("{state}", () => labelOf(unit, part, state));
    return undo.run([unit], () => this.#put(unit, part, state), text.replace("{probe}", () => nameOf(row)));
  }

  /** Go from no example to asked to given and back. */
  example(row) {
    const { say, words, undo } = this.call;
    const unit = unitOf(row);
    if (unit.dataset.unit !== "mark") return say(words.no_mark);
    const next = EXAMPLES[(EXAMPLES.indexOf(read(unit, "example")) + 1) % EXAMPLES.length];
    const text = words.example.replace("{state}", () => labelOf(unit, "example", next));
    return undo.run([unit], () => setPart(unit, "example", next), text.replace("{probe}", () => nameOf(row)));
  }

  /** Set a flag of a row, or take it off. */
  flag(row, flag) {
    const unit = unitOf(row);
    const next = read(unit, flag) === "yes" ? "" : "yes";
    this.call.undo.run([unit], () => setPart(unit, flag, next), this.#sayFlag(unit, row, flag, next));
  }

  #put(unit, part, state) {
    setPart(unit, part, state);
    if (part === "state") unit.dataset.phase = state === "not_reached" ? "" : phaseOf(unit) ?? "";
  }

  #sayFlag(unit, row, flag, next) {
    const { words } = this.call;
    const text = next === "yes" ? words.flag_on : words.flag_off;
    return text.replace("{flag}", () => labelOf(unit, flag, "yes")).replace("{probe}", () => nameOf(row));
  }

  /** A button or a list was used: its mark belongs to the present phase, and can be undone. */
  #hear(control) {
    const unit = unitOf(control);
    if (!["mark", "item"].includes(unit?.dataset.unit)) return;
    if (control.type === "text") {
      if (isTopic(control)) this.#raise(unit, control.value);
      return;
    }
    const [part] = control.name.split(".");
    if (part === "state") this.#put(unit, part, control.value);
    const row = unit.matches(".row") ? unit : unit.querySelector(".row");
    this.call.undo.note(unit, this.#sayChange(unit, row, part, control));
    queueMicrotask(() => this.call.form.dispatchEvent(new CustomEvent("marked", { detail: unit })));
  }

  /** A topic that no list foresaw has come up by being written down. */
  #raise(unit, text) {
    const raised = RAISED[phaseOf(unit)];
    if (!raised || text.trim() === "" || read(unit, "state") !== "not_reached") return;
    this.#put(unit, "state", raised);
    queueMicrotask(() => this.call.form.dispatchEvent(new CustomEvent("marked", { detail: unit })));
  }

  /** What was typed into a row of one's own is one step, once it is done. */
  #keepTopic(control) {
    if (!isTopic(control)) return;
    const { undo, words } = this.call;
    undo.note(unitOf(control), words.own_topic.replace("{text}", () => control.value.trim()));
  }

  #sayChange(unit, row, part, control) {
    const { words } = this.call;
    if (control.type === "checkbox") return this.#sayFlag(unit, row, part, control.checked ? "yes" : "");
    const text = part === "example" ? words.example : words.marked;
    return text.replace("{state}", () => labelOf(unit, part, control.value)).replace("{probe}", () => nameOf(row));
  }
}
