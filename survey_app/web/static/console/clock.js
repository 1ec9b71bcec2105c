/* The interview's clock: the server's reading, carried on by this machine's steady clock. */

export class Clock {
  #elapsed;
  #state;
  #since = performance.now();
  #face;
  #words;
  #buttons;

  constructor(form) {
    this.#face = form.querySelector("#clock");
    this.#words = form.querySelector("#clock-state");
    this.#buttons = form.querySelectorAll("[name=clock]");
    this.set({ elapsed: Number(form.dataset.elapsed), state: form.dataset.clock });
    setInterval(() => this.#draw(), 1000);
  }

  /** The milliseconds that the interview has lasted, pauses left out. */
  get elapsed() {
    const running = this.#state === "running" ? performance.now() - this.#since : 0;
    return Math.round(this.#elapsed + running);
  }

  /** Take over what the server says. */
  set({ elapsed, state }) {
    this.#elapsed = elapsed;
    this.#since = performance.now();
    if (state !== this.#state) this.#turn(state);
    this.#draw();
  }

  #turn(state) {
    this.#state = state;
    this.#words.textContent = this.#words.dataset[state];
    const had = [...this.#buttons].some((button) => button === document.activeElement);
    for (const button of this.#buttons) button.hidden = button.dataset.for !== state;
    // The button that was pressed is gone: its place is taken by its opposite.
    if (had) [...this.#buttons].find((button) => !button.hidden)?.focus();
  }

  #draw() {
    const seconds = Math.floor(this.elapsed / 1000);
    this.#face.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}
