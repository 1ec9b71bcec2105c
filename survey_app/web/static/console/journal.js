/* The journal: all that the server has not acknowledged, sealed on this computer's disk at once.

   It mirrors the queue: one sealed record for what this page is known by, one for the batch under
   way, one for each change that waits. Each write takes it from one state of the queue to a later
   one, all or nothing, so that what was acknowledged is deleted in the same stroke. */

import { hold } from "./holding.js";
import { idOf, Records } from "./records.js";
import { placeOf, Seal } from "./sealing.js";

const ATTEMPTS = 5;
const AGAIN = 400; // milliseconds

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Journal {
  #records = null;
  #seal = null;
  #slots = new Map(); // what stands on disk: its value and its id, by slot
  #wanted = null;
  #work = null;
  #number = 0;
  #condemned = [];

  /** `tell()` hears that `state` has turned. */
  constructor({ interview, account, client, tell }) {
    Object.assign(this, { interview, account, client, tell });
    this.state = "closed"; // then "open", or "failed" while the disk refuses
  }

  /** Whether this browser can keep a journal at all. */
  static get possible() {
    return window.isSecureContext && Boolean(window.indexedDB && window.crypto?.subtle && navigator.locks);
  }

  /** Open the journal with the server's key. */
  async open(key) {
    this.#seal = await Seal.from(key);
    for (let attempt = 1; attempt <= ATTEMPTS && this.#records === null; attempt += 1) {
      try {
        this.#records = await Records.open();
      } catch {
        await pause(AGAIN); // a browser that was killed holds its files for a moment longer
      }
    }
    this.#turn(this.#records === null ? "failed" : "open");
  }

  /** The key's seal while there is one: the lifeboat is sealed with it as well. */
  get seal() {
    return this.#seal;
  }

  /** Whether anything of this person's interview is on this disk: told without any key. */
  async hasRecords() {
    try {
      const records = await Records.open();
      const found = await records.of(this.interview, this.account);
      records.close();
      return found.length > 0;
    } catch {
      return false;
    }
  }

  /** Delete whatever this person's interview has on this disk: the participant has withdrawn. */
  async discard() {
    try {
      const records = await Records.open();
      await records.change([], (await records.of(this.interview, this.account)).map(idOf));
      records.close();
    } catch {
      // The server has deleted the key, so that what stays cannot be read.
    }
  }

  /** Return what pages that are gone left behind: `{client, identity, batch, waiting}` of each. */
  async findLeft() {
    if (this.#records === null) return [];
    const clients = new Set((await this.#all()).map((record) => record.client));
    clients.delete(this.client);
    const ours = await Promise.all([...clients].map(async (client) => [client, await hold(client)]));
    const found = [];
    for (const [client] of ours.filter(([, held]) => held)) found.push(await this.#readOf(client));
    return found.filter((left) => left.identity);
  }

  /** Go on as the page that left this: its records are ours from now on. */
  adopt(left) {
    this.#condemn(this.#slots.values());
    this.client = left.client;
    this.#slots = left.slots;
    this.#number = left.number;
  }

  /** Delete what was left once the queue, which has taken it over, is on disk. */
  inherit(left) {
    this.#condemn(left.slots.values());
  }

  /** Bring the disk to what the queue holds now: a map of values by slot. */
  keep(slots) {
    if (this.#seal === null) return;
    this.#wanted = slots;
    this.#work ??= this.#run();
  }

  /** Whether something is on its way to the disk. */
  get busy() {
    return this.#work !== null;
  }

  /** Return when all that was to be kept is on disk, or cannot be. */
  settled() {
    return this.#work ?? Promise.resolve();
  }

  /** Delete everything of this page and forget the key. */
  async end() {
    while (this.busy) await this.settled();
    this.#seal = null;
    try {
      await this.#records?.change([], [...[...this.#slots.values()].map((slot) => slot.id), ...this.#condemned]);
      this.#records?.close();
    } catch {
      // What cannot be deleted is sealed with a key that is gone.
    }
    this.#records = null;
    this.#slots = new Map();
    this.#turn("closed");
  }

  /** Whether another page of this person still has something of this interview on this disk. */
  async isShared() {
    return (await this.#all()).some((record) => record.client !== this.client);
  }

  async #all() {
    return this.#records === null ? [] : this.#records.of(this.interview, this.account);
  }

  async #readOf(client) {
    const left = { client, slots: new Map(), number: 0, waiting: new Map() };
    for (const record of await this.#all()) {
      if (record.client !== client) continue;
      left.number = Math.max(left.number, record.number);
      await this.#readInto(left, record);
    }
    return left;
  }

  async #readInto(left, record) {
    try {
      const { slot, value } = await this.#seal.open(record, placeOf(record));
      left.slots.set(slot, { value, id: idOf(record) });
      place(left, slot, value);
    } catch {
      // Sealed with a key that was forgotten: nobody can open it any more.
      this.#condemned.push(idOf(record));
    }
  }

  async #run() {
    while (this.#wanted !== null) {
      const slots = this.#wanted;
      this.#wanted = null;
      try {
        this.#records ??= await this.#reopen();
        await this.#write(slots);
        this.#turn("open");
      } catch {
        await this.#prune(slots);
        this.#turn("failed");
      }
    }
    this.#work = null;
  }

  async #reopen() {
    const records = await Records.open();
    const present = new Set((await records.of(this.interview, this.account)).map((record) => String(idOf(record))));
    for (const [slot, { id }] of this.#slots) if (!present.has(String(id))) this.#slots.delete(slot);
    return records;
  }

  async #write(wanted) {
    const slots = new Map(this.#slots);
    const put = [];
    const gone = [...this.#condemned];
    for (const [slot, { value, id }] of this.#slots) {
      if (wanted.get(slot) === value) continue;
      gone.push(id);
      slots.delete(slot);
    }
    for (const [slot, value] of wanted) {
      if (slots.has(slot)) continue;
      const record = await this.#make(slot, value);
      put.push(record);
      slots.set(slot, { value, id: idOf(record) });
    }
    if (put.length + gone.length > 0) await this.#records.change(put, gone);
    this.#condemned = this.#condemned.filter((id) => !gone.includes(id));
    this.#slots = slots;
  }

  async #make(slot, value) {
    this.#number += 1;
    const place = { interview: this.interview, client: this.client, number: this.#number };
    return { ...place, account: this.account, ...(await this.#seal.close({ slot, value }, placeOf(place))) };
  }

  /** On a full disk: delete at least what must not come back, and begin anew with the database. */
  async #prune(wanted) {
    const gone = [...this.#slots].filter(([slot]) => !wanted.has(slot)).map(([, { id }]) => id);
    try {
      await this.#records?.change([], gone);
    } catch {
      this.#records?.close();
      this.#records = null;
    }
  }

  #condemn(slots) {
    for (const { id } of slots) this.#condemned.push(id);
  }

  #turn(state) {
    if (state === this.state) return;
    this.state = state;
    this.tell();
  }
}

/** Put a slot's value where it belongs in what a page left behind. */
export function place(left, slot, value) {
  if (slot === "identity") left.identity = JSON.parse(value);
  else if (slot === "batch") left.batch = value;
  else left.waiting.set(slot.slice(slot.indexOf(":") + 1), value);
}
