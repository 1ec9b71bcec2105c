/* The lease: of all the windows in which a sheet is open, one writes and the others read.

   Within one browser a lock decides at once; between browsers and devices the server does. */

// A page that is loaded again waits until the one before it has let go.
const PATIENCE = { reload: 1500, back_forward: 1500, navigate: 300 };

export class Lease {
  #name;
  #turn;

  /** `turn(mine)` hears whenever the right to write comes or goes. */
  constructor(interview, turn) {
    this.#name = `survey-app sheet ${interview}`;
    this.#turn = turn;
    this.mine = true;
    this.alone = false; // whether this page has the browser's lock, so that no other page of it writes
  }

  /** Return whether no other page of this browser writes; none can then until this one is gone. */
  begin() {
    const [{ type }] = performance.getEntriesByType("navigation");
    return this.#request({ signal: AbortSignal.timeout(PATIENCE[type] ?? PATIENCE.navigate) });
  }

  /** Take the sheet over from whichever page of this browser has it. */
  take() {
    return this.#request({ steal: true });
  }

  /** Heed who may write. */
  set(mine) {
    if (mine === this.mine) return;
    this.mine = mine;
    this.#turn(mine);
  }

  #request(options) {
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      const hold = () => {
        this.alone = true;
        resolve(true);
        return new Promise(() => {});
      };
      navigator.locks.request(this.#name, options, hold).catch(() => {
        this.alone = false;
        resolve(false); // another page has it
        this.set(false); // or has just taken it
      });
    });
  }
}
