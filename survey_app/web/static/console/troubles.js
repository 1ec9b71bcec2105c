/* What could not be saved, said beside the field it belongs to. What is typed stays where it is. */

import { unitWithKey, write } from "./fields.js";

const element = (name, className, text) => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};

export class Troubles {
  #resting = false;

  constructor(form, words) {
    this.form = form;
    this.words = words;
  }

  /** Whether this window only reads: then nothing is decided in it. */
  rest(resting) {
    this.#resting = resting;
    for (const button of this.form.querySelectorAll(".trouble button")) button.disabled = resting;
  }

  /** Take away what was said beside a unit. */
  clear(unit) {
    unit.querySelector(":scope > .trouble")?.remove();
  }

  /** Say why the change with this key was refused. */
  refuse(key, message) {
    const box = this.#box(key);
    box?.append(element("p", "", message));
  }

  /** Show both versions of a change; `settle(keep)` hears which one was chosen. */
  differ(conflict, settle) {
    const box = this.#box(conflict.name, this.words.conflict_title);
    if (!box) return;
    box.append(
      element("p", "", this.words.theirs.replace("{text}", () => conflict.theirs)),
      element("p", "", this.words.mine.replace("{text}", () => conflict.mine)),
      this.#button(this.words.keep_mine, box, () => settle(true)),
      this.#button(this.words.take_theirs, box, () => {
        write(this.form, conflict.values);
        settle(false);
      }),
    );
  }

  #box(key, title) {
    const unit = unitWithKey(this.form, key);
    if (!unit) return null;
    this.clear(unit);
    const box = element("div", "trouble", "");
    if (title) box.append(element("p", "trouble-title", title));
    unit.append(box);
    return box;
  }

  #button(text, box, action) {
    const button = element("button", "small-button", text);
    button.type = "button";
    button.disabled = this.#resting;
    button.addEventListener("click", () => {
      const unit = box.parentElement;
      box.remove();
      action();
      unit.querySelector("[name]:checked, textarea, [type=text]")?.focus();
    });
    return button;
  }
}
