/* The interviewer's sheet: saves as it is filled in. Without this file the same page is a form. */

import { Clock } from "./console/clock.js";
import { showCoverage } from "./console/coverage.js";
import { addRow, keyOf, operationOf, touched, unitOf } from "./console/fields.js";
import { Queue } from "./console/queue.js";
import { Sender } from "./console/sender.js";
import { Status } from "./console/status.js";
import { Troubles } from "./console/troubles.js";

const PAUSE = 600; // after the last key, in milliseconds
const LONGEST = 3000; // while somebody goes on typing

const form = document.getElementById("console");
const words = JSON.parse(form.dataset.words);
const clock = new Clock(form);
const status = new Status(words, document.getElementById("save-state"), document.getElementById("save-announcement"));
const troubles = new Troubles(form, words);
const queue = new Queue(form.elements.client.value, Number(form.elements.base_revision.value));
const sender = new Sender(queue, form.dataset.changes, form.elements.csrf.value, hear);
const unsettled = new Map(); // what the server did not take, by key: "invalid" or "conflict"
let presses = 0;
let leavingFor = null;

/** Hear from the sender what became of a batch. */
function hear(kind, answer, batch) {
  if (kind === "saved") heedSaved(answer);
  else if (kind === "invalid") heedFaults(answer, batch);
  showState(kind);
  leave();
}

function heedSaved(answer) {
  clock.set(answer.clock);
  status.savedAt(answer.at);
  for (const conflict of answer.conflicts) {
    unsettled.set(conflict.name, "conflict");
    troubles.differ(conflict, (keep) => settle(conflict.name, answer.revision, keep));
  }
}

function heedFaults(answer, batch) {
  for (const fault of answer.faults ?? []) {
    unsettled.set(batch.keys[fault.index], "invalid");
    troubles.refuse(batch.keys[fault.index], fault.message);
  }
}

function settle(key, revision, keep) {
  queue.rebase(key, revision);
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

function put(control) {
  const unit = unitOf(control);
  if (unit === null) return;
  const key = keyOf(unit);
  if (unsettled.get(key) !== "conflict") {
    unsettled.delete(key);
    troubles.clear(unit);
  }
  queue.put(key, operationOf(unit, clock.elapsed));
  recount(unit);
  status.refresh(queue.size);
  sender.plan(PAUSE, LONGEST);
}

function recount(unit) {
  const topic = unit.closest(".topic");
  const entry = form.querySelector(`[data-jump="${CSS.escape(topic.dataset.place)}"]`);
  if (entry) showCoverage(topic, entry, words);
}

function leave() {
  if (leavingFor === null) return;
  if (unsettled.size > 0) leavingFor = null;
  else if (queue.size === 0) window.location.assign(leavingFor);
}

function press(button) {
  if (button.name === "clock") {
    presses += 1;
    queue.put(`clock.${presses}`, { op: "clock", action: button.value });
    status.refresh(queue.size);
  }
  leavingFor = button.name === "then" ? form.dataset.finish : null;
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
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action=add-row]");
  if (button) addRow(button.closest(".topic")).querySelector("[type=text]").focus();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  finishTyping();
  sender.send();
});
window.addEventListener("online", () => sender.send());
window.addEventListener("beforeunload", (event) => {
  finishTyping();
  if (queue.size > 0 || unsettled.size > 0) event.preventDefault();
});

for (const element of document.querySelectorAll(".without-script")) element.hidden = true;
for (const element of document.querySelectorAll(".with-script")) element.hidden = false;
status.show("ready", 0);
for (const field of touched(form)) put(field);
