/* When the recording was started, so that every mark points into the transcript. */

import { sayTime } from "./clock.js";

export class Recording {
  constructor(call) {
    this.call = call;
    this.unit = call.form.querySelector("[data-unit=recording]");
    if (!this.unit) return;
    this.input = this.unit.querySelector("input");
    call.form.addEventListener("console:shown", () => this.#draw());
    this.#draw();
  }

  /** Say that the recording has started, or take that back. */
  turn() {
    const { clock, put, say, words } = this.call;
    const started = this.input.value === "";
    this.input.value = started ? String(clock.elapsed) : "";
    this.#draw();
    put(this.input);
    say(started ? words.recording.replace("{time}", sayTime(clock.elapsed)) : words.recording_off);
  }

  #draw() {
    const on = this.input.value !== "";
    this.unit.querySelector("button").setAttribute("aria-pressed", String(on));
    this.unit.querySelector(".time").textContent = on ? sayTime(Number(this.input.value)) : "";
  }
}
