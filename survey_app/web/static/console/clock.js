/* The interview's clock: the server's reading, carried on by this machine's steady clock. */

/** Return milliseconds as minutes and seconds, such as 61:05. */
export function sayTime(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// A reading is as old as its way here, in milliseconds: time that was shown does not run back for that.
const WAY = 1000;

export class Clock {
  #form;
  #elapsed;
  #state;
  #since = performance.now();
  #face;
  #words;
  #buttons;

  constructor(form) {
    this.#form = form;
    this.#face = form.querySelector("#clock");
    this.#words = form.querySelector("#clock-state");
    this.#buttons = form.querySelectorAll("[name=clock]");
    this.set({ elapsed: Number(form.dataset.elapsed), state: form.dataset.clock });
    setInterval(() => this.#draw(), 1000);
  }

  /** The milliseconds that the interview has lasted, pauses left out; null where it was on paper. */
  get elapsed() {
    if (this.#form.dataset.source === "paper") return null;
    const running = this.#state === "running" ? performance.now() - this.#since : 0;
    return Math.round(this.#elapsed + running);
  }

  /** "ready", "running", "paused" or "finished". */
  get state() {
    return this.#state;
  }

  /** Take over what the server says. */
  set({ elapsed, state }) {
    const turned = state !== this.#state;
    const ahead = this.elapsed - elapsed;
    this.#elapsed = ahead > 0 && ahead < WAY ? this.elapsed : elapsed;
    this.#since = performance.now();
    this.#state = state;
    if (turned) this.#turn();
    this.#draw();
  }

  /** Turn at once when a button is pressed; the server hears of it as soon as it can. */
  press(action) {
    this.set({ elapsed: this.elapsed, state: action === "pause" ? "paused" : "running" });
  }

  #turn() {
    if (this.#words) this.#words.textContent = this.#words.dataset[this.#state];
    const had = [...this.#buttons].some((button) => button === document.activeElement);
    for (const button of this.#buttons) button.hidden = button.dataset.for !== this.#state;
    // The button that was pressed is gone: its place is taken by its opposite.
    if (had) [...this.#buttons].find((button) => !button.hidden)?.focus();
    this.#form.dispatchEvent(new CustomEvent("clock", { detail: this.#state }));
  }

  #draw() {
    if (!this.#face) return;
    this.#face.textContent = sayTime(this.elapsed);
    this.#form.dispatchEvent(new CustomEvent("tick"));
  }
}
