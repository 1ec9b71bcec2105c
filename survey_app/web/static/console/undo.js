/* Undo instead of "are you sure?". A step is what one key or press changed, in one unit or many. */

import { firstControl, operationOf, writeOperation } from "./fields.js";

const MARKED = "[data-unit=mark], [data-unit=item]";
const TYPED = ["text", "reason"];

/** The operation that undoes a step: what was typed since then stays. */
function restore(before, after, now) {
  const typed = TYPED.filter((name) => name in now && now[name] !== after[name]);
  return { ...before, ...Object.fromEntries(typed.map((name) => [name, now[name]])) };
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Undo {
  #steps = [];
  #seen = new WeakMap(); // how units stood before the mouse or an arrow changed them

  constructor(call) {
    this.call = call;
    const { form } = call;
    form.addEventListener("pointerdown", ({ target }) => this.#look(target.closest(MARKED)), true);
    form.addEventListener("focusin", ({ target }) => {
      if (target.matches("[name]")) this.#look(target.closest(MARKED));
    });
  }

  /** Do `change`, which touches `units`, as one step; `name` says it once it is done. */
  run(units, change, name) {
    const before = units.map((unit) => operationOf(unit, null));
    change();
    return this.#keep(units, before, name);
  }

  /** Keep what a unit's own control has just changed as one step. */
  note(unit, name) {
    const before = this.#seen.get(unit);
    if (before) this.#push([[unit, before, operationOf(unit, null)]], name);
    this.#look(unit);
    this.call.say(name);
  }

  /** Take the last step back. */
  back() {
    const { say, words } = this.call;
    const step = this.#steps.pop();
    if (!step) return say(words.nothing_undo);
    for (const [unit, before, after] of step.changes) {
      writeOperation(unit, restore(before, after, operationOf(unit, null)));
      this.#send(unit);
    }
    return say(words.undone.replace("{action}", () => step.name));
  }

  #keep(units, before, name) {
    const changes = units
      .map((unit, index) => [unit, before[index], operationOf(unit, null)])
      .filter(([, then, now]) => !same(then, now));
    if (changes.length > 0) this.#push(changes, name);
    for (const [unit] of changes) this.#send(unit);
    this.call.say(name);
    return changes.length;
  }

  #push(changes, name) {
    this.#steps.push({ changes, name });
  }

  #send(unit) {
    this.#look(unit);
    this.call.put(firstControl(unit));
    this.call.form.dispatchEvent(new CustomEvent("marked", { detail: unit }));
  }

  #look(unit) {
    if (unit) this.#seen.set(unit, operationOf(unit, null));
  }
}
