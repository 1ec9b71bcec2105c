/* The interviewer's sheet: saves as it is filled in. Without this file the same page is a form. */

import { Agreeing } from "./console/agreeing.js";
import { startCall } from "./console/call.js";
import { Clock } from "./console/clock.js";
import { recountTopic } from "./console/coverage.js";
import { keyOf, operationOf, touched, unitOf } from "./console/fields.js";
import { Queue } from "./console/queue.js";
import { Safety } from "./console/safety.js";
import { Sender } from "./console/sender.js";
import { Server } from "./console/server.js";
import { Status } from "./console/status.js";
import { Troubles } from "./console/troubles.js";

const PAUSE = 600; // after the last key, in milliseconds
const LONGEST = 1000; // while somebody goes on typing

const form = document.getElementById("console");
const root = document.getElementById("safety");
const words = { ...JSON.parse(form.dataset.words), ...JSON.parse(root.dataset.words) };
const clock = form.querySelector("#clock") ? new Clock(form) : null;
const status = new Status(words, document.getElementById("save-state"), document.getElementById("save-announcement"));
const agreeing = new Agreeing(form);
const troubles = new Troubles(form, words);
const server = new Server(root.dataset.account, form.elements.csrf.value);
const queue = new Queue(form.elements.client.value, Number(form.elements.base_revision.value), () => safety.keep());
const safety = new Safety({ form, root, queue, server, shown, told, turned });
const sender = new Sender({ queue, journal: safety.journal, server, address: form.dataset.changes, tell: hear });
const unsettled = new Map(); // what the server did not take, by key: "invalid" or "conflict"
const page = Date.now().toString(36);
let presses = 0;
let leavingFor = null;

/** Hear from the sender what became of a batch. */
function hear(kind, answer, batch) {
  if (kind === "saved") heedSaved(answer);
  else if (kind === "invalid") heedFaults(answer, batch);
  showState(kind === "other_account" ? "not_theirs" : kind);
  safety.hear(kind, answer, { leaving: leavingFor !== null });
  leave();
}

function heedSaved(answer) {
  told(answer);
  status.savedAt(answer.at);
  if (answer.consent) agreeing.show(answer.consent);
  for (const conflict of answer.conflicts) {
    unsettled.set(conflict.name, "conflict");
    troubles.differ(conflict, (keep) => settle(conflict.name, answer.revision, keep));
  }
}

function heedFaults(answer, batch) {
  for (const fault of answer.faults ?? []) {
    const key = batch.keys[fault.index];
    if (agreeing.owns(key)) {
      agreeing.refuse(fault.message);
      queue.settle(key);
      continue;
    }
    unsettled.set(key, "invalid");
    troubles.refuse(key, fault.message);
  }
}

function settle(key, revision, keep) {
  queue.rebase(key, revision);
  queue.settle(key);
  unsettled.delete(key);
  const control = document.getElementsByName(key)[0];
  if (keep) put(control);
  else recount(unitOf(control));
  showState("saved");
}

function showState(kind) {
  const [worst] = unsettled.values();
  status.show(kind === "saved" && worst ? worst : kind, queue.size);
}

/** This window only reads from now on, or writes again. */
function turned(reading) {
  status.rest(reading);
  troubles.rest(reading);
}

/** Hear from the server, beside saving, how the interview stands. */
function told({ clock: reading }) {
  const pressed = [...queue.slots().keys()].some((slot) => slot.startsWith("waiting:clock."));
  if (reading && !pressed && queue.batch === null) clock?.set(reading);
}

/** Units show something else than before: what was brought back, or what another window wrote. */
function shown(units) {
  if (units.length === 0) return;
  units.forEach(recount);
  form.dispatchEvent(new CustomEvent("console:shown", { detail: { units } }));
  status.refresh(queue.size);
}

/** Queue the unit that holds a control. */
function put(control) {
  const unit = unitOf(control);
  if (unit === null) return;
  const key = keyOf(unit);
  if (unsettled.get(key) !== "conflict") {
    unsettled.delete(key);
    troubles.clear(unit);
  }
  queue.put(key, operationOf(unit, clock?.elapsed ?? null));
  recount(unit);
  plan();
}

/** Queue an operation that no unit holds. */
function record(key, operation) {
  queue.put(key, operation);
  plan();
}

function plan() {
  status.refresh(queue.size);
  sender.plan(PAUSE, LONGEST);
}

function recount(unit) {
  const topic = unit.closest(".topic");
  if (topic) recountTopic(form, topic, words);
}

function leave() {
  if (leavingFor === null) return;
  if (unsettled.size > 0) leavingFor = null;
  else if (queue.size === 0) window.location.assign(leavingFor);
}

/** Whoever goes on does not want to leave any more. */
function stay() {
  if (leavingFor === null) return;
  leavingFor = null;
  safety.stay();
}

function press(button) {
  if (button.name === "clock") {
    presses += 1;
    record(`clock.${page}.${presses}`, { op: "clock", action: button.value, pressed: Date.now() });
    clock?.press(button.value);
  }
  if (button.name === "consent") {
    presses += 1;
    record(`consent.${page}.${presses}`, agreeing.read(button));
  }
  leavingFor = button.name === "then" ? button.dataset.leadsTo ?? form.dataset.finish : null;
  sender.send();
  leave();
}

let halfTyped = null; // a number or day that nobody has finished typing

/** A number on its way to being typed is no number yet: it is saved when its field is left. */
const waitsForItsEnd = (field) => field.type === "date" || field.inputMode === "decimal";

function finishTyping() {
  if (halfTyped === null) return;
  const field = halfTyped;
  halfTyped = null;
  put(field);
}

form.addEventListener("input", (event) => {
  stay();
  if (waitsForItsEnd(event.target)) halfTyped = event.target;
  else put(event.target);
});
form.addEventListener("change", (event) => {
  if (waitsForItsEnd(event.target)) finishTyping();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  finishTyping();
  press(event.submitter ?? {});
});
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-action=stay]")) stay();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  finishTyping();
  sender.send({ last: true });
});
window.addEventListener("online", () => sender.send());
window.addEventListener("beforeunload", (event) => {
  finishTyping();
  if (queue.size > 0 || unsettled.size > 0) event.preventDefault();
});

for (const element of document.querySelectorAll(".without-script")) element.hidden = true;
for (const element of document.querySelectorAll(".with-script")) element.hidden = false;
status.show("ready", 0);
// The contact summary is a page of this script as well, without any question on it.
if (form.querySelector(".topic")) startCall({ form, words, clock, put, record, recount, mode: safety });
for (const field of touched(form)) put(field);
await safety.begin(sender);
