/* What a page that is gone left in the journal, or a lifeboat brings, put back where it was typed. */

import { findUnit, operationOf, writeOperation } from "./fields.js";

/** Put what was left back into the fields; return the units that changed and how many changes the
    page did not show before. Call it before the queue takes them over. */
export function bringBack(form, queue, left) {
  const sent = left.batch ? JSON.parse(left.batch.body).operations : [];
  const operations = new Map([...sent.map((each, index) => [left.batch.keys[index], each]), ...left.waiting]);
  const units = [];
  let count = 0;
  for (const [key, operation] of operations) {
    const unit = findUnit(form, operation);
    if (unit && write(queue, unit, key, operation)) units.push(unit);
    // What has no field, such as a press of the clock, is brought back all the same.
    if (units.at(-1) === unit || (!unit && left.waiting.has(key))) count += 1;
  }
  return { units, count };
}

function write(queue, unit, key, operation) {
  const typed = queue.waiting.get(key);
  const before = read(unit);
  writeOperation(unit, typed ? join(operation, typed) : operation);
  if (read(unit) === before) return false;
  if (typed) queue.put(key, operationOf(unit, typed.at));
  return true;
}

const read = (unit) => JSON.stringify(operationOf(unit, 0));

/** Both texts where both were typed: one before the page was lost, one while it was opened. */
function join(left, typed) {
  if (!("text" in typed)) return typed;
  return { ...typed, text: [...new Set([left.text, typed.text].filter(Boolean))].join("\n") };
}
