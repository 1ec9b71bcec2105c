/* The keys. Single letters act only while a row has the focus (WCAG 2.1.4), so that a letter typed
   in a note marks nothing; no key of the browser's or of a call program's is taken. */

// The letters that mark are those of the boxes on paper.
const ROW_KEYS = {
  arrowdown: ({ rows }, row) => rows.move(row, 1),
  arrowup: ({ rows }, row) => rows.move(row, -1),
  enter: (_call, row) => openNote(row),
  "/": (_call, row) => row.closest(".topic").querySelector(".notes textarea").focus(),
  " ": (call, row) => (row.matches(".probe") ? call.marks.toggle(row) : call.say(call.words.no_mark)),
  u: ({ marks }, row) => marks.set(row, "raised_unprompted"),
  p: ({ marks }, row) => marks.set(row, "raised_after_probe"),
  d: ({ marks }, row) => marks.set(row, "asked_and_denied"),
  k: ({ marks }, row) => marks.set(row, "dont_know"),
  r: ({ marks }, row) => marks.set(row, "refused"),
  n: ({ marks }, row) => marks.set(row, "not_asked"),
  a: ({ marks }, row) => marks.set(row, "not_applicable"),
  e: ({ marks }, row) => marks.example(row),
  q: ({ marks }, row) => marks.flag(row, "quote"),
  m: ({ marks }, row) => marks.flag(row, "minimal_answer"),
  c: ({ marks }, row) => marks.flag(row, "come_back"),
  f: ({ phases }, row) => phases.turn(row.closest(".topic")),
  o: ({ rows }, row) => rows.own(row.closest(".topic")),
  z: ({ undo }) => undo.back(),
  h: ({ curtain }) => curtain.draw(),
  "?": ({ help }) => help.toggle(),
};
const MOVES = ["arrowdown", "arrowup"];
const LOOKING = [...MOVES, "h", "?", "/"]; // change nothing
const NATIVE = [" ", "enter", "arrowdown", "arrowup"]; // of buttons inside a row

/** The name of a key: what it types, else (on keyboards that type no Latin letters) where it is. */
function nameKey({ key, code }) {
  const name = key.toLowerCase();
  if (name in ROW_KEYS || /^[0-9]$/.test(name)) return name;
  const placed = /^(?:Key|Digit)([A-Z0-9])$/.exec(code);
  return placed && !/^[a-z]$/.test(name) ? placed[1].toLowerCase() : name;
}

const isTyped = (element) =>
  element.matches("textarea, select") || (element.matches("input") && !["radio", "checkbox"].includes(element.type));

function openNote(row) {
  const line = row.querySelector("[name^='note.']") ?? row.closest(".topic").querySelector(".notes textarea");
  line.focus();
}

/** Esc leads from any field to the list of probes; Enter in a line of a row leads back to the row. */
function leaveField(call, event) {
  const { target, key } = event;
  const topic = target.closest(".topic");
  const row = target.closest(".row");
  const back = key === "Escape" || (key === "Enter" && row && target.type === "text");
  if (!back || !topic || event.shiftKey) return;
  event.preventDefault();
  call.rows.enter(row ?? call.rows.current(topic));
}

function act(call, event, row) {
  const name = nameKey(event);
  if (name === "escape") {
    call.rows.enter(row);
    return;
  }
  if (event.target !== row && NATIVE.includes(name)) return;
  if (call.mode.reading && !LOOKING.includes(name) && !/^[0-9]$/.test(name)) return;
  const action = /^[0-9]$/.test(name) ? () => call.rows.goTo(row, Number(name)) : ROW_KEYS[name];
  if (!action || (event.repeat && !MOVES.includes(name))) return;
  event.preventDefault();
  action(call, row);
}

/** After a click beside the questions nothing has the focus: the same keys lead back to them. */
function comeBack(call, event) {
  const lost = event.target.contains(call.form) && !document.documentElement.classList.contains("curtained");
  if (!lost || event.defaultPrevented || event.altKey || event.metaKey) return;
  if (event.ctrlKey && event.key === "Enter") call.places.step(event.shiftKey ? -1 : 1);
  else if (call.live && event.key === "Escape") call.rows.enter(call.rows.current(call.places.current));
}

/** Listen to the keyboard, on the sheet and nowhere else. */
export function listen(call) {
  document.addEventListener("keydown", (event) => comeBack(call, event));
  call.form.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      call.places.step(event.shiftKey ? -1 : 1);
      return;
    }
    if (!call.live) return;
    const row = event.target.closest(".row");
    if (isTyped(event.target)) leaveField(call, event);
    else if (row) act(call, event, row);
    else if (event.key === "Escape") leaveField(call, event);
  });
}
