/* Notices that lie over the page: they come and go without moving it or taking the focus, and are
   spoken once. One that was put aside stays away until what it is about has ended. */

const PASSING = ["back", "boat"]; // what was done: it has been read after a while
const WHILE = 20000;

export class Notices {
  #shown = new Map();

  constructor(root, words) {
    this.root = root;
    this.words = words;
    this.voice = root.querySelector("#safety-announcement");
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-dismiss]");
      if (button) button.closest("[data-notice]").hidden = true;
    });
  }

  /** Show a notice with a sentence by its name; `parts` fill in what stands in braces. */
  show(name, sentence, parts = {}) {
    const text = Object.entries(parts).reduce(
      (made, [part, value]) => made.replaceAll(`{${part}}`, () => value),
      this.words[sentence],
    );
    if (this.#shown.get(name) === text) return;
    this.#shown.set(name, text);
    const notice = this.#find(name);
    notice.querySelector(".safety-text").textContent = text;
    notice.hidden = false;
    this.voice.textContent = text;
    if (PASSING.includes(name)) setTimeout(() => this.#shown.get(name) === text && this.hide(name), WHILE);
  }

  /** Take a notice away. */
  hide(name) {
    if (this.#shown.delete(name)) this.#find(name).hidden = true;
  }

  #find(name) {
    return this.root.querySelector(`[data-notice="${name}"]`);
  }
}
