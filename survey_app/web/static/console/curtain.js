/* A cover over the page, drawn before a screen is shared. Under it nothing can be seen, heard or
   marked; the same key takes it away, and the hands are where they were. */

export class Curtain {
  #before = null;
  #title = "";

  constructor({ words }) {
    this.words = words;
    this.cover = document.getElementById("curtain");
    const button = this.cover.querySelector("button");
    button.addEventListener("click", () => this.#lift());
    document.addEventListener("keydown", (event) => {
      const plain = !(this.cover.hidden || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey);
      if (plain && (event.key.toLowerCase() === "h" || event.code === "KeyH")) {
        event.preventDefault();
        this.#lift();
      }
    });
  }

  /** Hide the page. */
  draw() {
    this.#before = document.activeElement;
    this.#title = document.title;
    document.title = this.words.hidden_title;
    this.#set(true);
    this.cover.querySelector("button").focus({ preventScroll: true });
  }

  #lift() {
    document.title = this.#title;
    this.#set(false);
    this.#before?.focus({ preventScroll: true });
  }

  #set(drawn) {
    const main = this.cover.parentElement;
    this.cover.hidden = !drawn;
    document.documentElement.classList.toggle("curtained", drawn);
    for (const each of [...document.body.children, ...main.children]) {
      if (each !== main && each !== this.cover) each.inert = drawn;
    }
  }
}
