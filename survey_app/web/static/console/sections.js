/* The time of the section that one is in, beside the time of the whole. */

import { sayTime } from "./clock.js";

export class Sections {
  #spent = new Map();
  #current = null;
  #since;

  constructor({ form, words, clock }) {
    this.words = words;
    this.clock = clock;
    this.whole = form.querySelector(".console-clock");
    this.face = form.querySelector("#section-clock");
    if (!this.face) return;
    for (const section of form.querySelectorAll(".jump-section")) {
      this.#spent.set(section.dataset.section, Number(section.dataset.elapsed));
    }
    this.jump = form.querySelector("#jump");
    this.#since = clock.elapsed;
    form.addEventListener("place", ({ detail }) => this.#turn(detail.closest(".part").dataset.section));
    form.addEventListener("tick", () => this.#draw());
  }

  #turn(section) {
    if (this.#current !== null) this.#spent.set(this.#current, this.#elapsed());
    this.#current = section;
    this.#since = this.clock.elapsed;
    this.#draw();
  }

  #elapsed() {
    return this.#spent.get(this.#current) + Math.max(0, this.clock.elapsed - this.#since);
  }

  #draw() {
    if (this.#current === null) return;
    const { minutes } = this.jump.querySelector(`[data-section="${CSS.escape(this.#current)}"]`).dataset;
    const elapsed = this.#elapsed();
    this.face.querySelector(".time").textContent = sayTime(elapsed);
    this.face.querySelector(".planned").textContent = minutes === "" ? "" : this.words.planned.replace("{minutes}", minutes);
    this.#weigh(this.face, elapsed, minutes);
    this.#weigh(this.whole, this.clock.elapsed, this.whole.dataset.minutes);
  }

  /** Show softly that more time has passed than was planned. */
  #weigh(face, elapsed, minutes) {
    const over = minutes !== "" && elapsed > Number(minutes) * 60000;
    face.classList.toggle("is-over", over);
    face.title = over ? this.words.over.replace("{minutes}", minutes) : "";
  }
}
