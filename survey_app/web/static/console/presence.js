/* Presence: tells the server every ten seconds that this sheet is open. That keeps the session
   alive, renews the lease of the one who writes, and hears of whatever has changed. */

const BEAT = 10000;

export class Presence {
  /** `body()` says what to post, `hear(status, answer)` what came of it. */
  constructor({ server, address, body, hear }) {
    Object.assign(this, { server, address, body, hear });
    setInterval(() => this.beat(), BEAT);
    for (const event of ["online", "focus"]) window.addEventListener(event, () => this.beat());
    document.addEventListener("resume", () => this.beat());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.beat();
    });
  }

  /** Tell the server now. */
  async beat(more = {}) {
    const [status, answer] = await this.server.post(this.address, JSON.stringify({ ...this.body(), ...more }));
    this.hear(status, answer);
    return answer;
  }
}
