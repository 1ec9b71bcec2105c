/* The strip: which follow-up fits the question now, and how to word it so that it leads nowhere. */

import { phaseOf, read } from "./fields.js";
import { isWritten } from "./coverage.js";
import { nameOf } from "./rows.js";

const RAISED = ["raised_unprompted", "raised_after_probe"];

export class Strip {
  #topic = null;
  #row = null;

  constructor({ form, words }) {
    this.words = words;
    this.buttons = [...form.querySelectorAll("[data-follow-up]")];
    if (this.buttons.length === 0) return;
    this.kind = form.querySelector("#strip-kind");
    this.wording = form.querySelector("#strip-words");
    for (const button of this.buttons) button.addEventListener("click", () => this.#show(button));
    form.addEventListener("place", ({ detail }) => this.#look(detail, null));
    form.addEventListener("marked", () => this.#suggest());
    form.addEventListener("console:shown", () => this.#suggest());
    form.addEventListener("focusin", ({ target }) => {
      const row = target.closest(".probe");
      if (row) this.#look(row.closest(".topic"), row);
    });
  }

  #look(topic, row) {
    this.#topic = topic;
    this.#row = row;
    this.#suggest();
  }

  #suggest() {
    if (this.#topic === null) return;
    const kind = this.#choose();
    for (const button of this.buttons) {
      button.toggleAttribute("data-fits-now", button.dataset.followUp === kind);
    }
    this.#show(this.buttons.find((button) => button.dataset.followUp === kind));
  }

  /** Which kind fits: what the last mark calls for, else what the phase does; silence before anything was said. */
  #choose() {
    const whole = this.#topic.querySelector("[data-unit=item]");
    const state = this.#row && read(this.#row, "state");
    const minimal = [whole, this.#row].some((unit) => unit && read(unit, "minimal_answer") === "yes");
    if (minimal) return "elaborate";
    if (RAISED.includes(state) && read(this.#row, "example") === "none") return "example";
    if (phaseOf(whole) === "probing") return this.#open() ? "unmentioned" : "anything_else";
    return this.#isUntouched() ? "silence" : "anything_else";
  }

  #isUntouched() {
    const marks = [...this.#topic.querySelectorAll("[data-unit=mark]")];
    return marks.every((mark) => read(mark, "state") === "not_reached") && !isWritten(this.#topic);
  }

  /** The probe to ask about: the one that one is on, else the first that has not come up. */
  #open() {
    const listed = [...this.#topic.querySelectorAll("[data-unit=mark]:not(.probe-other)")];
    const open = listed.filter((row) => read(row, "state") === "not_reached");
    return open.includes(this.#row) ? this.#row : open[0];
  }

  #show(shown) {
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button === shown));
    const { wording, fits } = shown.dataset;
    const name = document.createElement("strong");
    name.textContent = shown.textContent;
    this.kind.replaceChildren(name, wording === "" ? this.words.for_you : this.words.if_needed);
    this.wording.textContent = wording === "" ? fits : `(${this.#fill(wording)})`;
    this.wording.classList.toggle("is-silent", wording === "");
  }

  /** Name the probe; one that is a question already is asked as it stands. */
  #fill(wording) {
    if (!wording.includes("{probe}")) return wording;
    const open = this.#open();
    const words = open ? nameOf(open) : "…";
    return /[?？؟]$/.test(words) ? words : wording.replace("{probe}", () => words);
  }
}
