/**
 * Says in good time that the session ends, goes on with it at a press, and keeps what was typed:
 * once a session is over, no form is sent, and signing in in another tab is enough to go on here.
 *
 * The server is asked before anything is said, and asking does not count as use. Pages of the same
 * browser tell each other what they hear.
 */

import { Server } from "./console/server.js";

const LOOK = 5000; // milliseconds from one look at the clocks to the next
const FRESH = 60000; // for which an answer of the server stands
const MARGIN = 10; // seconds that a form may take to be sent
const WHILE = 15000; // for which it stands that one is signed in again
const KINDS = { 401: "over", 403: "other" };

/** Time that has passed: one clock may stand still while a computer sleeps, the other may be set. */
class Stopwatch {
  #steady = performance.now();
  #wall = Date.now();

  get milliseconds() {
    return Math.max(performance.now() - this.#steady, Date.now() - this.#wall);
  }
}

class Session {
  #kind = "in"; // or "over", "other": as the server has said
  #seconds;
  #final;
  #since = new Stopwatch();
  #tried = new Stopwatch();
  #asking = null;
  #passing = null; // the form that the server has been asked about
  #name = "";

  constructor(root, notice) {
    this.notice = notice;
    this.address = root.dataset.address;
    this.account = root.dataset.account;
    this.warning = notice.minutes * 60; // seconds before the end
    const token = document.querySelector("meta[name=csrf]").content;
    this.server = new Server(this.account, token);
    this.others = new BroadcastChannel("session");
    this.others.addEventListener("message", ({ data }) => this.#hearOthers(data));
    this.#take({ seconds: Number(root.dataset.seconds), final: "final" in root.dataset, csrf: token });
    setInterval(() => this.look(), LOOK);
    for (const event of ["focus", "online", "pageshow"]) window.addEventListener(event, () => this.wake());
    document.addEventListener("visibilitychange", () => this.wake());
    document.addEventListener("submit", (event) => this.#guard(event));
    notice.onStay = () => this.stay();
  }

  get left() {
    return this.#seconds - this.#since.milliseconds / 1000;
  }

  /** Say what is to be said by now. */
  async look() {
    if (this.#kind === "in" && this.left > this.warning) return this.notice.hide("soon", "final");
    const fresh = this.left > 0 ? FRESH : LOOK / 2;
    if (this.#kind === "in" && this.#tried.milliseconds > fresh) await this.ask();
    return this.#say();
  }

  /** The page is looked at again, perhaps after a night: what it knows may be old. */
  async wake() {
    if (document.visibilityState !== "visible") return;
    if (this.notice.kind || this.#tried.milliseconds > FRESH) await this.ask();
    await this.look();
  }

  /** Ask the server how the session stands; return whether it answered. */
  ask() {
    this.#asking ??= this.#hear(this.server.read(this.address)).finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** Go on with the session. */
  async stay() {
    if (!(await this.#hear(this.server.post(this.address)))) return this.notice.show("unheard");
    if (this.#kind === "in" && this.left > this.warning) return this.notice.show("on");
    return this.#say();
  }

  /** Hear an answer, which is as old as its question: a computer may sleep while it waits. */
  async #hear(asked) {
    const since = new Stopwatch();
    const [status, answer] = await asked;
    this.#tried = since;
    if (status === 200) this.#take(answer, { since });
    else if (status in KINDS) this.#kind = KINDS[status];
    this.#name = answer.name ?? "";
    return status === 200 || status in KINDS;
  }

  #take({ seconds, final, csrf }, { tell = true, since = new Stopwatch() } = {}) {
    if (this.#kind !== "in") this.notice.show("on");
    this.#kind = "in";
    this.#seconds = seconds;
    this.#final = final;
    this.#since = since;
    this.#tried = since;
    for (const input of document.querySelectorAll("input[name=csrf]")) input.value = csrf;
    if (tell) this.others.postMessage({ account: this.account, answer: { seconds, final, csrf } });
  }

  #hearOthers({ account, answer }) {
    if (account !== this.account) return this.ask().then(() => this.#say());
    this.server = new Server(this.account, answer.csrf);
    this.#take(answer, { tell: false });
    return this.look();
  }

  #say() {
    if (this.#kind !== "in") return this.notice.show(this.#kind, { name: this.#name });
    if (this.left > this.warning) return this.notice.hide("soon", "final");
    return this.notice.show(this.#final ? "final" : "soon", { minutes: Math.max(1, Math.ceil(this.left / 60)) });
  }

  /** Send a form only into a session: one that is over would lose what was typed. */
  async #guard(event) {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.id === "sign-out" || form.getAttribute("method") !== "post") return;
    const passes = this.#passing === form || (this.#kind === "in" && this.left > MARGIN);
    this.#passing = null;
    if (passes) return;
    event.preventDefault();
    const answered = await this.ask();
    if (answered && this.#kind === "in") {
      this.#passing = form;
      form.requestSubmit(submitter);
      return;
    }
    if (answered) this.#say();
    else this.notice.show("unheard");
    this.notice.focus();
  }
}

/** The notice: it is spoken once, can be put aside by keyboard, and gives the focus back. */
class Notice {
  kind = "";
  #aside = "";
  #before = null;

  constructor(root) {
    this.words = JSON.parse(root.dataset.words);
    this.voice = root.querySelector("[role=status]");
    this.minutes = this.words.soon.length;
    this.box = root.querySelector(".session-notice");
    this.text = root.querySelector(".session-words");
    this.ways = Object.fromEntries([...root.querySelectorAll("[data-way]")].map((way) => [way.dataset.way, way]));
    this.ways.close.addEventListener("click", () => this.#putAside());
    this.ways.stay.addEventListener("click", () => this.onStay());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !this.box.hidden) this.#putAside();
    });
    document.addEventListener("focusin", ({ target }) => {
      if (!this.box.contains(target)) this.#before = target;
    });
  }

  /** Say something of a kind, unless it was put aside. */
  show(kind, { minutes = 0, name = "" } = {}) {
    const words = minutes ? this.words[kind][minutes - 1] : this.words[kind].replace("{name}", () => name);
    const isNew = kind !== this.kind || minutes === 1;
    this.text.textContent = words;
    if (kind === "on") this.#giveBack(); // before what has the focus is hidden
    this.ways.stay.hidden = kind !== "soon";
    this.ways["sign-in"].hidden = !["final", "over", "other"].includes(kind);
    this.kind = kind;
    if (kind === this.#aside) return;
    this.#aside = "";
    if (isNew) this.voice.textContent = words;
    this.box.hidden = false;
    if (kind === "on") setTimeout(() => this.hide("on"), WHILE);
  }

  /** Take it away if it is of one of the kinds. */
  hide(...kinds) {
    if (!kinds.includes(this.kind)) return;
    this.kind = this.#aside = "";
    this.#close();
  }

  /** Show it even if it was put aside, and lead there whoever has pressed a button. */
  focus() {
    this.#aside = "";
    this.box.hidden = false;
    this.box.focus();
  }

  #putAside() {
    this.#aside = this.kind;
    this.#close();
  }

  #close() {
    this.#giveBack();
    this.box.hidden = true;
    this.voice.textContent = "";
  }

  #giveBack() {
    if (this.box.contains(document.activeElement)) this.#before?.focus();
  }
}

const root = document.getElementById("session");
if (root) new Session(root, new Notice(root));
