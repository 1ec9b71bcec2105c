/* What waits to be saved. A batch keeps its number and its body until the server has acknowledged
   it, so that sending it again is a repeat; what is typed meanwhile waits behind it. */

const MOST = 40000; // bytes of a batch: more than one change never reaches what the way out takes

const sizeOf = (operation) => new Blob([JSON.stringify(operation)]).size;

/** Return the keys of the first changes that fit into a batch; the first one always does. */
function fitting(changes) {
  let size = 0;
  const past = changes.findIndex(([, operation], index) => (size += sizeOf(operation)) > MOST && index > 0);
  return changes.slice(0, past < 0 ? changes.length : past).map(([key]) => key);
}

const turned = (before, now) =>
  (before?.op === "item" && before.phase !== now.phase) || (before?.op === "mark" && before.state !== now.state);

export class Queue {
  /** `revision` is the one the page was made from; `changed()` hears of every change. */
  constructor(client, revision, changed) {
    this.client = client;
    this.revision = revision;
    this.sequence = 1;
    this.waiting = new Map();
    this.batch = null;
    this.bases = new Map();
    this.unsettled = new Map(); // what the server did not take as it is, until somebody settles it
    this.changed = changed;
  }

  /** The number of changes that are not known to be on the server's disk. */
  get size() {
    const behind = [...(this.batch?.keys ?? [])].filter((key) => !this.waiting.has(key));
    return this.waiting.size + behind.length;
  }

  /** Whether something under the key is not at the server, or not settled there. */
  holds(key) {
    return this.waiting.has(key) || this.unsettled.has(key) || Boolean(this.batch?.keys.includes(key));
  }

  /** Put a change in; a later one under the same key takes its place.

      A question's phase and what became of a probe are never replaced by what follows: each turn is
      kept with its time. */
  put(key, operation) {
    const replaced = this.waiting.get(key);
    this.waiting.delete(key);
    if (turned(replaced, operation)) this.waiting.set(this.#free(key), replaced);
    this.waiting.set(key, operation);
    this.unsettled.delete(key);
    this.changed();
  }

  /** Return the batch to send: the one that is under way, or all that waits on the same base. */
  next() {
    if (this.batch === null && this.waiting.size > 0) {
      this.batch = this.#makeBatch();
      this.changed();
    }
    return this.batch;
  }

  /** Forget the batch but for what is under the given keys: that has still to be settled. */
  acknowledge(unsettled = []) {
    const { keys, operations } = this.batch;
    keys.forEach((key, index) => {
      if (unsettled.includes(key) && !this.waiting.has(key)) this.unsettled.set(key, operations[index]);
    });
    this.batch = null;
    this.sequence += 1;
    this.changed();
  }

  /** Put the batch's changes back; those at the given places wait until they are settled. */
  release(refused) {
    const { keys, operations } = this.batch;
    const back = new Map();
    keys.forEach((key, index) => {
      if (!refused.has(index) && !this.waiting.has(key)) back.set(key, operations[index]);
    });
    this.waiting = new Map([...back, ...this.waiting]);
    this.acknowledge(keys.filter((key, index) => refused.has(index)));
  }

  /** What the server holds under the key is right. */
  settle(key) {
    this.unsettled.delete(key);
    this.changed();
  }

  /** From now on, what is sent under the key is made in knowledge of the revision. */
  rebase(key, revision) {
    this.bases.set(key, revision);
  }

  /** The page now shows what the server held at the revision; what waits, and what is being typed
      under the key `typed`, was begun before. */
  renew(revision, typed = null) {
    const held = [...(this.batch?.keys ?? []), ...this.waiting.keys(), ...this.unsettled.keys()];
    if (typed !== null) held.push(typed);
    this.bases = new Map(held.map((key) => [key, this.#base(key)]));
    this.revision = revision;
  }

  /** Go on as the page that left this: the same name and count, its batch as it was sent. */
  restore({ identity, batch, waiting }) {
    this.client = identity.client;
    this.sequence = identity.sequence;
    this.batch = batch ? { ...batch, operations: JSON.parse(batch.body).operations, kept: batch } : null;
    this.waiting = new Map([...waiting, ...this.waiting]);
    this.#rebaseAll(waiting.keys(), identity);
  }

  /** Take over what another page left, as changes of this one on the base they were made on. */
  inherit({ identity, batch, waiting }) {
    const sent = batch ? JSON.parse(batch.body).operations.map((each, index) => [batch.keys[index], each]) : [];
    const left = new Map([...sent, ...waiting]);
    this.waiting = new Map([...left, ...this.waiting]);
    this.#rebaseAll(left.keys(), identity);
  }

  /** Return all that must not be lost, by the slot it has in the journal. */
  slots() {
    const { client, sequence, revision } = this;
    const slots = new Map([["identity", JSON.stringify({ client, sequence, revision, bases: [...this.bases] })]]);
    if (this.batch !== null) slots.set("batch", this.batch.kept);
    for (const [key, operation] of this.unsettled) slots.set(`waiting:${key}`, operation);
    for (const [key, operation] of this.waiting) slots.set(`waiting:${key}`, operation);
    return slots;
  }

  #rebaseAll(keys, identity) {
    const bases = new Map(identity.bases);
    for (const key of keys) this.bases.set(key, bases.get(key) ?? identity.revision);
  }

  /** A key beside this one under which nothing is held. */
  #free(key) {
    let number = 1;
    while (this.holds(`${key}@${number}`)) number += 1;
    return `${key}@${number}`;
  }

  #base(key) {
    return this.bases.get(key) ?? this.revision;
  }

  #makeBatch() {
    const base = this.#base(this.waiting.keys().next().value);
    const keys = fitting([...this.waiting].filter(([key]) => this.#base(key) === base));
    const operations = keys.map((key) => this.waiting.get(key));
    for (const key of keys) this.waiting.delete(key);
    const body = JSON.stringify({
      client: this.client, sequence: this.sequence, base_revision: base,
      operations, client_time: new Date().toISOString(),
    });
    return { keys, operations, body, kept: { keys, body } };
  }
}
