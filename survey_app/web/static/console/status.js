/* The state of saving in words: always in sight, and spoken only when it turns. */

const LATE = 10000; // milliseconds after which waiting looks like the trouble it is

const two = (number) => String(number).padStart(2, "0");

export class Status {
  #words;
  #shown;
  #spoken;
  #kind = "ready";
  #time = "";
  #late = null;
  #resting = false;

  constructor(words, shown, spoken) {
    this.#words = words;
    this.#shown = shown;
    this.#spoken = spoken;
  }

  /** Show the state: "ready", "saved" or a kind of trouble, and how many changes wait. */
  show(kind, size) {
    if (kind !== this.#kind) this.#speak(kind);
    this.#kind = kind;
    const trouble = kind !== "saved" && kind !== "ready";
    const waiting = size === 0 ? "" : this.#count(size);
    this.#shown.textContent = trouble
      ? [this.#words[kind], waiting].filter(Boolean).join(" – ")
      : waiting || this.#plain(kind);
    this.#shown.dataset.kind = trouble ? "trouble" : waiting ? "waiting" : kind;
    this.#watch(size);
  }

  #watch(size) {
    if (size > 0 && this.#late !== null) return;
    clearTimeout(this.#late);
    delete this.#shown.dataset.late;
    this.#late = size === 0 ? null : setTimeout(() => {
      this.#shown.dataset.late = "yes";
    }, LATE);
  }

  /** Show how many changes wait, whatever the state. */
  refresh(size) {
    this.show(this.#kind, size);
  }

  /** Say whether this window only reads: then it does not claim to save as one types. */
  rest(resting) {
    this.#resting = resting;
    if (this.#kind === "ready") this.#shown.textContent = this.#plain("ready");
  }

  /** Remember when the server last saved: its own time, said in the person's. */
  savedAt(moment) {
    const at = new Date(moment);
    this.#time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":");
  }

  #plain(kind) {
    if (kind === "saved") return this.#words.saved.replace("{time}", this.#time);
    return this.#resting ? this.#words.resting : this.#words.ready;
  }

  #count(size) {
    return size === 1 ? this.#words.waiting_one : this.#words.waiting_many.replace("{count}", size);
  }

  #speak(kind) {
    if (kind === "saved" && this.#kind === "ready") return;
    this.#spoken.textContent = kind === "saved" ? this.#plain(kind) : this.#words[kind];
  }
}
