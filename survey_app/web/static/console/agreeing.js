/* What the participant says to a newer consent text: kept with everything else that is typed, and
   shown in its place without leaving the sheet. */

const NAMED = "newer.";
const KEY = "consent.";

export class Agreeing {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("#t-consent");
  }

  /** Whether what is queued under the key was said here. */
  owns(key) {
    return key.startsWith(KEY);
  }

  /** Return the operation of a button, with what is ticked beside it. */
  read(button) {
    const operation = { op: "consent", said: button.value, ticks: [] };
    for (const field of this.place.querySelectorAll(`[name^="${NAMED}"]`)) {
      const [, part, key] = field.name.split(".");
      if (["radio", "checkbox"].includes(field.type) && !field.checked) continue;
      if (part === "tick") operation.ticks.push(key);
      else operation[part] = field.value;
    }
    this.#rest(true);
    return operation;
  }

  /** Show what the server made of it. */
  show({ html, recording }) {
    if (!this.place) return;
    const made = new DOMParser().parseFromString(html, "text/html");
    this.place.replaceChildren(...made.body.childNodes);
    const said = this.form.querySelector("#recording-said");
    if (said && recording !== null) said.textContent = recording ? said.dataset.yes : said.dataset.no;
    const part = this.form.querySelector("#recording-part");
    if (part && recording !== null) part.hidden = !recording;
    this.place.focus();
  }

  /** Say why it was not kept; what is ticked stays. */
  refuse(message) {
    if (!this.place?.querySelector("[name=consent]")) return; // nothing is asked any more
    this.#rest(false);
    this.place.querySelector(".trouble")?.remove();
    const box = document.createElement("div");
    box.className = "trouble";
    box.append(Object.assign(document.createElement("p"), { textContent: message }));
    this.place.querySelector("[name=consent]").before(box);
    this.place.querySelector("[name=consent]").focus();
  }

  /** While it is on its way, it is not sent a second time. */
  #rest(resting) {
    for (const button of this.place.querySelectorAll("[name=consent]")) button.disabled = resting;
  }
}
