/* The rows that marks are made on: the question as a whole, then its probes. Tab reaches the first
   and one of the others; arrows and numbers go from row to row. */

import { addRow } from "./fields.js";

const INNER = "input:not([type=hidden]), button, select";

export class Rows {
  #entered = new WeakMap(); // the row of each topic that one was on

  constructor({ form, live }) {
    this.form = form;
    if (!live) return;
    for (const topic of form.querySelectorAll(".topic")) {
      const [whole, first] = this.of(topic);
      whole.tabIndex = 0;
      this.#entered.set(topic, first ?? whole);
      if (first) this.#settle(topic, first);
    }
    form.addEventListener("focusin", ({ target }) => {
      const row = target.closest(".row");
      if (row) this.#come(row);
    });
    form.addEventListener("click", (event) => this.#returnFrom(event));
  }

  /** The rows of a topic in order; the first is the question as a whole. */
  of(topic) {
    return [...topic.querySelectorAll(".row")];
  }

  /** The row of a topic that one was on last, at first its first probe. */
  current(topic) {
    return this.#entered.get(topic);
  }

  /** Put the focus on a row. */
  enter(row) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  /** Go up (-1) or down (1), as far as there are rows. */
  move(row, step) {
    const rows = this.of(row.closest(".topic"));
    const next = rows[rows.indexOf(row) + step];
    if (next) this.enter(next);
  }

  /** Go to the row with a number; 0 is the question as a whole. */
  goTo(row, number) {
    const found = this.of(row.closest(".topic"))[number];
    if (found) this.enter(found);
  }

  /** Go to the field of a row of one's own that is still empty; add one if there is none. */
  own(topic) {
    const rows = [...topic.querySelectorAll(".probe-other")];
    if (rows.length === 0) return false;
    const field = (row) => row.querySelector("[name^='text.']");
    const empty = rows.find((row) => field(row).value.trim() === "");
    field(empty ?? this.#add(topic)).focus();
    return true;
  }

  #add(topic) {
    const row = addRow(topic);
    row.querySelector(".row-number").textContent = this.of(topic).indexOf(row);
    return row;
  }

  #come(row) {
    const topic = row.closest(".topic");
    if (row === document.activeElement || row.matches(".probe")) this.#entered.set(topic, row);
    if (row.matches(".probe")) this.#settle(topic, row);
  }

  /** Tab goes to one probe of a topic and through its controls, not through those of all. */
  #settle(topic, current) {
    for (const row of topic.querySelectorAll(".probe")) {
      row.tabIndex = row === current ? 0 : -1;
      for (const control of row.querySelectorAll(INNER)) control.tabIndex = row.tabIndex;
    }
  }

  /** After a click on one of a row's buttons the keys act on that row, and arrows change no mark. */
  #returnFrom({ target, detail }) {
    const pressed = detail > 0 && ["radio", "checkbox"].includes(target.type);
    if (pressed) target.closest(".row")?.focus({ preventScroll: true });
  }
}

/** Return the words of a row, for what is said of it. */
export function nameOf(row) {
  if (!row.classList.contains("probe")) return row.getAttribute("aria-label");
  const typed = row.querySelector("[name^='text.']")?.value.trim();
  return typed || row.querySelector("[id^='w-']").textContent.trim();
}
