/* Sends the queue in order, one batch at a time, and keeps at it until the server has answered. */

const WAITS = [1000, 2000, 4000, 8000, 15000];
const PATIENCE = 20000;
const KEEPALIVE_LIMIT = 60000;

export class Sender {
  #timer = null;
  #due = null;
  #sending = false;
  #failures = 0;
  #csrfTries = 0;

  /** `tell(kind, answer)` hears what became of each attempt. */
  constructor(queue, address, token, tell) {
    this.queue = queue;
    this.address = address;
    this.token = token;
    this.tell = tell;
  }

  /** Send what waits once nothing was typed for `pause` milliseconds, or after `longest` of them. */
  plan(pause, longest) {
    if (this.#failures > 0) return; // the next attempt is planned already
    const now = performance.now();
    this.#due ??= now + longest;
    this.#set(Math.max(0, Math.min(pause, this.#due - now)));
  }

  /** Send now, unless a batch is under way: the rest then follows it. */
  async send() {
    this.#set(null);
    this.#due = null;
    const batch = this.#sending ? null : this.queue.next();
    if (batch === null) return;
    this.#sending = true;
    const [status, answer] = await this.#post(batch.body);
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

  async #post(body) {
    try {
      const response = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": this.token },
        body,
        credentials: "same-origin",
        keepalive: body.length < KEEPALIVE_LIMIT,
        signal: AbortSignal.timeout(PATIENCE),
      });
      return [response.status, await response.json()];
    } catch {
      return [0, {}];
    }
  }

  #hear(status, answer, batch) {
    if (status === 200 || (status === 409 && answer.status !== "closed")) return this.#saved(answer, batch);
    if (status === 422) return this.#invalid(answer, batch);
    if (status === 400 && answer.csrf && this.#csrfTries < 1) {
      this.#csrfTries += 1;
      this.token = answer.csrf;
      return this.send();
    }
    return this.#failed(status, answer);
  }

  #saved(answer, batch) {
    this.#failures = this.#csrfTries = 0;
    this.queue.acknowledge();
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
    this.#csrfTries = 0;
    const kinds = { 401: "signed_out", 403: "refused", 404: "refused", 409: "closed" };
    this.tell(kinds[status] ?? "retrying", answer);
    this.#set(wait);
  }
}
