/* The lifeboat: what the server has not got, as a file sealed like the journal, for the day on
   which neither the network nor this computer can be trusted to be there tomorrow. */

import { place } from "./journal.js";
import { placeOf } from "./sealing.js";

const ABOUT = "survey-app lifeboat";

const toText = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
const toBytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** Return the queue as a sealed file. */
export async function pack({ interview, account, queue, seal }) {
  const records = [];
  const slots = [...queue.slots()];
  for (const [number, [slot, value]] of slots.entries()) {
    const { iv, sealed } = await seal.close({ slot, value }, placeOf({ interview, client: queue.client, number }));
    records.push({ number, iv: toText(iv), sealed: toText(sealed) });
  }
  const text = JSON.stringify({ about: ABOUT, format: 1, interview, account, client: queue.client, records });
  return new Blob([text], { type: "application/json" });
}

/** Return what a lifeboat holds; fails with the name of a sentence that says why it cannot. */
export async function unpack(text, { interview, account, seal }) {
  const boat = read(text);
  if (boat.interview !== interview) throw new Error("boat_of_another");
  if (boat.account !== account) throw new Error("boat_of_another_person");
  try {
    const left = { client: boat.client, slots: new Map(), waiting: new Map() };
    for (const { number, iv, sealed } of boat.records) {
      const record = { iv: toBytes(iv), sealed: toBytes(sealed) };
      const { slot, value } = await seal.open(record, placeOf({ interview, client: boat.client, number }));
      place(left, slot, value);
    }
    return left;
  } catch {
    throw new Error("boat_unreadable");
  }
}

function read(text) {
  try {
    const boat = JSON.parse(text);
    if (boat.about === ABOUT && boat.format === 1 && Array.isArray(boat.records)) return boat;
  } catch {
    // Said below: it is no lifeboat, or half of one.
  }
  throw new Error("boat_damaged");
}

/** Let the browser save a file. */
export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
