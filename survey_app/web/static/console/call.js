/* The sheet in the call: phases, keys, follow-ups, undo, where one is. What is changed here is
   queued by `put`, as if it had been typed. */

import { Curtain } from "./curtain.js";
import { Help } from "./help.js";
import { listen } from "./keyboard.js";
import { Marks } from "./marks.js";
import { Phases } from "./phase.js";
import { Places } from "./places.js";
import { Recording } from "./recording.js";
import { Rest } from "./rest.js";
import { Rows } from "./rows.js";
import { Sections } from "./sections.js";
import { Strip } from "./strip.js";
import { Undo } from "./undo.js";

const ON_PAPER = { elapsed: null, state: "paper" };

/** Start what only a call needs. `put(control)` queues a control's unit; `mode.reading` says that
    another window writes. Without a clock the interview was held on paper. */
export function startCall({ form, words, clock, put, mode }) {
  const call = { form, words, put, mode, clock: clock ?? ON_PAPER, live: form.dataset.locked === "" };
  const shown = form.querySelector("#last-action");
  call.say = (text) => {
    shown.textContent = text;
    shown.title = text;
  };
  call.undo = new Undo(call);
  call.rows = new Rows(call);
  call.marks = new Marks(call);
  call.phases = new Phases(call);
  call.strip = new Strip(call);
  call.sections = new Sections(call);
  call.places = new Places(call);
  call.curtain = new Curtain(call);
  call.help = new Help(call);
  call.recording = new Recording(call);
  call.rest = new Rest(call);
  listen(call);
  keepFocus(form);
  press(call);
  call.places.begin();
}

/** What one may do where nothing can be changed. */
const LOOKING = ["hide", "keys", "previous", "next", "jump"];
const ACTIONS = {
  phase: (call, button) => call.phases.turn(button.closest(".topic")),
  undo: (call) => call.undo.back(),
  hide: (call) => call.curtain.draw(),
  keys: (call) => call.help.toggle(),
  previous: (call) => call.places.step(-1),
  next: (call) => call.places.step(1),
  jump: (call) => call.places.unfold(),
  recording: (call) => call.recording.turn(),
  "add-row": (call, button) => call.rows.own(button.closest(".topic")),
  "rest-question": (call, button) => call.rest.mark([button.closest(".topic")], button),
  "rest-section": (call, button) => call.rest.mark(button.closest(".part").querySelectorAll(".topic"), button),
};

function press(call) {
  call.form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    const allowed = button && (!call.mode.reading || LOOKING.includes(button.dataset.action));
    if (allowed) ACTIONS[button.dataset.action]?.(call, button);
  });
}

/** A button pressed with the mouse leaves the hands where they were: in the notes, or on a probe. */
function keepFocus(form) {
  form.addEventListener("mousedown", (event) => {
    if (event.target.closest("[data-action], [data-follow-up], [name=clock]")) event.preventDefault();
  });
}
