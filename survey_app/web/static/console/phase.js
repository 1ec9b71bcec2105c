/* The two phases of a question. In the free answer a mark means raised unprompted; after it, raised
   after the probe. A wrong turn can be taken back, with the marks that were made since. */

import { phaseOf, read, setPart } from "./fields.js";

export class Phases {
  constructor(call) {
    this.call = call;
  }

  /** End the free answer of a topic, or go back to it. */
  turn(topic) {
    const unit = topic.querySelector("[data-unit=item]");
    if (!unit.querySelector("[type=radio][name^='phase.']")) return;
    if (phaseOf(unit) === "free") this.#end(unit);
    else this.#back(topic, unit);
  }

  #end(unit) {
    this.call.undo.run([unit], () => setPart(unit, "phase", "probing"), this.call.words.probing);
  }

  #back(topic, unit) {
    const since = [...topic.querySelectorAll("[data-unit=mark]")].filter(
      (mark) => mark.dataset.phase === "probing" && read(mark, "state") === "raised_after_probe",
    );
    const change = () => {
      setPart(unit, "phase", "free");
      for (const mark of since) {
        setPart(mark, "state", "raised_unprompted");
        mark.dataset.phase = "free";
      }
    };
    this.call.undo.run([unit, ...since], change, this.#sayBack(since.length));
  }

  #sayBack(count) {
    const { words } = this.call;
    if (count === 0) return words.turned_back;
    return count === 1 ? words.turned_back_one : words.turned_back_many.replace("{count}", count);
  }
}
