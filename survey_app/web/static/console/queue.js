/* What waits to be saved. A batch keeps its number and its body until the server has acknowledged
   it, so that sending it again is a repeat; what is typed meanwhile waits behind it. */

export class Queue {
  /** `revision` is the one the page was made from. */
  constructor(client, revision) {
    this.client = client;
    this.revision = revision;
    this.sequence = 1;
    this.waiting = new Map();
    this.batch = null;
    this.bases = new Map();
  }

  /** The number of changes that are not known to be on disk. */
  get size() {
    const behind = [...(this.batch?.keys ?? [])].filter((key) => !this.waiting.has(key));
    return this.waiting.size + behind.length;
  }

  /** Put a change in; a later one under the same key takes its place. */
  put(key, operation) {
    this.waiting.delete(key);
    this.waiting.set(key, operation);
  }

  /** Return the batch to send: the one that is under way, or all that waits on the same base. */
  next() {
    if (this.batch === null && this.waiting.size > 0) this.batch = this.#makeBatch();
    return this.batch;
  }

  /** Forget the batch: the server has it on disk, or has said that it never will. */
  acknowledge() {
    this.batch = null;
    this.sequence += 1;
  }

  /** Put the batch's changes back, without those at the given places. */
  release(refused) {
    const { keys, operations } = this.batch;
    this.acknowledge();
    const back = new Map();
    keys.forEach((key, index) => {
      if (!refused.has(index) && !this.waiting.has(key)) back.set(key, operations[index]);
    });
    this.waiting = new Map([...back, ...this.waiting]);
  }

  /** From now on, what is sent under the key is made in knowledge of the revision. */
  rebase(key, revision) {
    this.bases.set(key, revision);
  }

  #base(key) {
    return this.bases.get(key) ?? this.revision;
  }

  #makeBatch() {
    const base = this.#base(this.waiting.keys().next().value);
    const keys = [...this.waiting.keys()].filter((key) => this.#base(key) === base);
    const operations = keys.map((key) => this.waiting.get(key));
    for (const key of keys) this.waiting.delete(key);
    const body = JSON.stringify({
      client: this.client, sequence: this.sequence, base_revision: base,
      operations, client_time: new Date().toISOString(),
    });
    return { keys, operations, body };
  }
}
