/* Sealed records in the browser's own database, each under interview, account, client and number. */

const NAME = "survey-app";
const STORE = "journal";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });

const completed = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    for (const end of ["abort", "error"]) transaction.addEventListener(end, () => reject(transaction.error));
  });

/** Return what a record is kept under. */
export const idOf = ({ interview, account, client, number }) => [interview, account, client, number];

export class Records {
  #database;

  /** Open the database; fails where the browser keeps none. */
  static async open() {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener("upgradeneeded", () => {
      request.result.createObjectStore(STORE, { keyPath: ["interview", "account", "client", "number"] });
    });
    const records = new Records();
    records.#database = await done(request);
    records.#database.addEventListener("versionchange", () => records.close());
    return records;
  }

  /** Put some records in and take others out, all or nothing; returns once that is on disk. */
  change(put, gone) {
    const transaction = this.#database.transaction(STORE, "readwrite", { durability: "strict" });
    const finished = completed(transaction);
    const store = transaction.objectStore(STORE);
    for (const id of gone) store.delete(id);
    for (const record of put) store.put(record);
    return finished;
  }

  /** Return all records of a person's interview, those written first before the others. */
  of(interview, account) {
    const all = IDBKeyRange.bound([interview, account], [interview, account, []]);
    return done(this.#database.transaction(STORE).objectStore(STORE).getAll(all));
  }

  close() {
    this.#database.close();
  }
}
