/* The lease: of all the windows in which a sheet is open, one writes and the others read.

   Within one browser a lock decides at once; between browsers and devices the server does. */

// A page that is loaded again waits until the one before it has let go.
const PATIENCE = { reload: 1500, back_forward: 1500, navigate: 300 };

export class Lease {
  #name;
  #turn;
  #freed;
  #queued = null; // ends this page's place in the queue for the lock

  /** `turn(mine)` hears whenever the right to write comes or goes, `freed()` when the other page of
      this browser that wrote is gone. */
  constructor(interview, { turn, freed }) {
    this.#name = `survey-app sheet ${interview}`;
    this.#turn = turn;
    this.#freed = freed;
    this.mine = true;
    this.alone = false; // whether this page has the browser's lock, so that no other page of it writes
  }

  /** Become the one page of this browser that writes, or wait until the one that does is gone. */
  async begin() {
    const [{ type }] = performance.getEntriesByType("navigation");
    const signal = AbortSignal.timeout(PATIENCE[type] ?? PATIENCE.navigate);
    if (!(await this.#request({ signal }))) this.#lose();
  }

  /** Take the sheet over from whichever page of this browser has it. */
  take() {
    this.#queued?.abort();
    return this.alone || this.#request({ steal: true });
  }

  /** Heed who may write. */
  set(mine) {
    if (mine === this.mine) return;
    this.mine = mine;
    this.#turn(mine);
  }

  /** Return whether this page has got the browser's lock, which it then has until it is taken over. */
  #request(options) {
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      const hold = () => {
        this.alone = true;
        resolve(true);
        return new Promise(() => {});
      };
      navigator.locks.request(this.#name, options, hold).catch(() => {
        if (this.alone) this.#lose();
        resolve(false);
      });
    });
  }

  #lose() {
    this.alone = false;
    this.set(false);
    this.#wait();
  }

  async #wait() {
    this.#queued = new AbortController();
    if (await this.#request({ signal: this.#queued.signal })) this.#freed();
  }
}
