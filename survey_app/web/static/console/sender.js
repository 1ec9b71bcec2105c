/* Sends the queue in order, one batch at a time, and keeps at it until the server has answered. */

const WAITS = [1000, 2000, 4000, 8000, 15000];
const DISK = 500; // how long a batch waits for the journal, in milliseconds
const KINDS = { 401: "signed_out", 403: "refused", 404: "refused", 409: "closed" };

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Sender {
  #timer = null;
  #due = null;
  #sending = false;
  #failures = 0;
  #held = true;

  /** `tell(kind, answer, batch)` hears what became of each attempt. Nothing goes before `open`. */
  constructor({ queue, journal, server, address, tell }) {
    Object.assign(this, { queue, journal, server, address, tell });
  }

  /** From now on the queue may be sent. */
  open() {
    this.#held = false;
    this.send();
  }

  /** Send what waits once nothing was typed for `pause` milliseconds, or after `longest` of them. */
  plan(pause, longest) {
    if (this.#failures > 0) return; // the next attempt is planned already
    const now = performance.now();
    this.#due ??= now + longest;
    this.#set(Math.max(0, Math.min(pause, this.#due - now)));
  }

  /** Send now, unless a batch is under way: the rest then follows it. `last`: the page may go. */
  async send({ last = false } = {}) {
    this.#set(null);
    this.#due = null;
    if (this.#held || this.#sending) return;
    const batch = this.queue.next();
    if (batch === null) return;
    this.#sending = true;
    if (!last) await Promise.race([this.journal.settled(), pause(DISK)]);
    const [status, answer] = await this.server.post(this.address, batch.body);
    this.#sending = false;
    this.#hear(status, answer, batch);
  }

  /** Send what came while a batch was under way, unless somebody is still typing it. */
  #follow() {
    if (this.#timer === null) this.send();
  }

  #set(wait) {
    clearTimeout(this.#timer);
    this.#timer = wait === null ? null : setTimeout(() => this.send(), wait);
  }

  #hear(status, answer, batch) {
    if (status === 200 || (status === 409 && answer.status !== "closed")) return this.#saved(answer, batch);
    if (status === 422) return this.#invalid(answer, batch);
    return this.#failed(status, answer);
  }

  #saved(answer, batch) {
    this.#failures = 0;
    this.queue.acknowledge(answer.conflicts.map((conflict) => conflict.name));
    this.tell("saved", answer, batch);
    this.#follow();
  }

  #invalid(answer, batch) {
    const faults = answer.faults ?? [];
    const refused = new Set(faults.length ? faults.map((fault) => fault.index) : batch.keys.keys());
    this.#failures = 0;
    this.queue.release(refused);
    this.tell("invalid", answer, batch);
    this.#follow();
  }

  #failed(status, answer) {
    const wait = WAITS[Math.min(this.#failures, WAITS.length - 1)];
    this.#failures += 1;
    const kind = status === 403 && answer.error === "other_account" ? "other_account" : KINDS[status];
    this.tell(kind ?? "retrying", answer);
    this.#set(wait);
  }
}
