/* Signing in again, in a layer over the page: typing goes on beneath it, and so does the journal.
   A new link is used right here; one of somebody else's is not even used up. */

const LINK = /\/sign-in\/([0-9A-Za-z_-]+)\s*$/;
const SENTENCES = { 403: "link_of_another", 410: "link_used", 428: "link_asks", 0: "link_unsent" };

export class Signing {
  #field;
  #answer;

  /** `done()` hears that the page's own person is signed in again. */
  constructor({ root, server, address, notices, done }) {
    Object.assign(this, { server, address, notices, done });
    const layer = root.querySelector("[data-notice=signing]");
    this.#field = layer.querySelector("[data-link]");
    this.#answer = layer.querySelector("[data-link-answer]");
    layer.querySelector("[data-action=sign-in]").addEventListener("click", () => this.#use());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // the sheet's own form is not what is meant
      this.#use();
    });
  }

  /** Say that nobody is signed in, or that somebody else is. */
  ask({ name = "" } = {}) {
    this.notices.show("signing", name ? "other_account" : "sign_in", { name });
  }

  /** The page's own person is signed in. */
  close() {
    this.notices.hide("signing");
    this.#say("");
  }

  async #use() {
    const [, token] = LINK.exec(this.#field.value) ?? [];
    if (token === undefined) return this.#say(this.notices.words.no_link);
    const [status, answer] = await this.server.post(this.address.replace("TOKEN", token));
    if (status !== 200) return this.#say(this.#sentence(status, answer));
    this.#field.value = "";
    this.close();
    this.done();
  }

  #sentence(status, answer) {
    return this.notices.words[SENTENCES[status] ?? "link_used"].replace("{name}", () => answer.name ?? "");
  }

  #say(text) {
    this.#answer.textContent = text;
  }
}
