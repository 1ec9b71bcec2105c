/* The sheet's controls and the operations they amount to. A unit is one mark, one question's own
   controls, one note or one answer; its key is the name of its first control, which the server
   uses as well. */

const FIRST = {
  mark: ["state"], item: ["phase"], answer: ["answer"], place: ["place"], recording: ["recording"],
  note: ["note", "after", "observer", "summary", "journal"],
};
export const FLAGS = ["quote", "come_back", "minimal_answer"];

/** The controls of a unit that are called `part`: one, or the radio buttons of a group. */
const controls = (unit, part) =>
  [...unit.querySelectorAll("[name]")].filter((each) => each.name.startsWith(`${part}.`));

/** Return the text of the control that is called `part` in the unit, "" if there is none. */
export function read(unit, part) {
  const found = controls(unit, part);
  if (found.length === 0) return "";
  if (!["radio", "checkbox"].includes(found[0].type)) return found[0].value;
  return found.find((each) => each.checked)?.value ?? "";
}

/** Show a text in the control that is called `part` in the unit, if it has one. */
export function setPart(unit, part, text) {
  const found = controls(unit, part);
  for (const each of found) {
    if (["radio", "checkbox"].includes(each.type)) each.checked = each.value === text;
    else each.value = text;
  }
}

/** Return the unit that a control belongs to, or null. */
export const unitOf = (element) => element.closest("[data-unit]");

/** Return the control that gives a unit its key. */
export function firstControl(unit) {
  const parts = FIRST[unit.dataset.unit];
  return [...unit.querySelectorAll("[name]")].find((each) => parts.includes(each.name.split(".")[0]));
}

/** Return the key of a unit. */
export const keyOf = (unit) => firstControl(unit).name;

/** Return the unit whose key is given, or undefined. */
export function unitWithKey(form, key) {
  const found = form.elements[key];
  const first = found instanceof RadioNodeList ? found[0] : found;
  return first ? unitOf(first) : undefined;
}

/** Return the phase of the question that holds the unit; null where there are no phases (paper). */
export function phaseOf(unit) {
  const item = unit.closest(".topic")?.querySelector("[data-unit=item]");
  return unit.closest("form").dataset.source === "paper" || !item ? null : read(item, "phase");
}

const readFlags = (unit) => FLAGS.filter((flag) => read(unit, flag) === "yes");

/** Return what the unit holds now as an operation; `at` is in milliseconds into the interview. */
export function operationOf(unit, at) {
  const where = unit.closest("[data-response]")?.dataset;
  const op = unit.dataset.unit;
  return { op, response: where?.response ?? null, item: where?.item ?? null, ...CONTENTS[op](unit, at) };
}

const CONTENTS = {
  mark: (unit, at) => {
    const state = read(unit, "state");
    const phase = state === "not_reached" ? null : unit.dataset.phase || phaseOf(unit);
    return {
      probe: unit.dataset.probe, at, state, phase, example: read(unit, "example"),
      flags: readFlags(unit), text: read(unit, "text"), reason: read(unit, "why"),
    };
  },
  item: (unit, at) => ({
    at, phase: read(unit, "phase"), state: read(unit, "outcome"),
    reason: read(unit, "whynot"), flags: readFlags(unit),
  }),
  note: (unit) => {
    const { kind, stream, probe } = unit.dataset;
    const text = firstControl(unit).value;
    if (kind === undefined) return { probe: probe ?? null, text };
    return stream === undefined ? { kind, text } : { kind, stream, text };
  },
  answer: (unit) => ({
    row: unit.dataset.row, value: read(unit, "answer"), reason: read(unit, "refusal"),
  }),
  place: (_unit, at) => ({ at }),
  recording: (unit) => ({ at: read(unit, "recording") === "" ? null : Number(read(unit, "recording")) }),
};

const WRITERS = {
  mark: (unit, { state, phase, example, flags, text, reason }) => {
    unit.dataset.phase = phase ?? "";
    writeAll(unit, { state, example, text, why: reason });
    writeFlags(unit, flags);
  },
  item: (unit, { phase, state, reason, flags }) => {
    writeAll(unit, { phase, outcome: state, whynot: reason });
    writeFlags(unit, flags);
  },
  note: (unit, { text }) => {
    firstControl(unit).value = text;
  },
  answer: (unit, { value, reason }) => writeAll(unit, { answer: value ?? "", refusal: reason ?? "" }),
  recording: (unit, { at }) => setPart(unit, "recording", at === null ? "" : String(at)),
};

function writeAll(unit, texts) {
  for (const [part, text] of Object.entries(texts)) setPart(unit, part, text ?? "");
}

function writeFlags(unit, flags) {
  for (const flag of FLAGS) setPart(unit, flag, flags.includes(flag) ? "yes" : "");
}

/** Set the controls of a unit from an operation, as undoing and recovering do. Nothing is queued. */
export function writeOperation(unit, operation) {
  WRITERS[operation.op]?.(unit, operation);
}

/** Return the unit that an operation is about, or undefined; a missing row of one's own is added. */
export function findUnit(form, { op, response, item, probe, row, kind, stream }) {
  const within = findTopic(form, response, item);
  if (!within) return undefined;
  if (op === "mark" || (op === "note" && probe)) addRowsUpTo(within, probe);
  return [...within.querySelectorAll(`[data-unit="${op}"]`)].find((unit) => {
    const { dataset } = unit;
    if (item === null || item === undefined) return dataset.kind === kind && dataset.stream === stream;
    if (op === "note") return (dataset.probe ?? null) === (probe ?? null) && dataset.kind === kind;
    return dataset.probe === probe && (op !== "answer" || dataset.row === row);
  });
}

function findTopic(form, response, item) {
  if (!item) return form;
  const topics = [...form.querySelectorAll("[data-response]")];
  return topics.find(({ dataset }) => dataset.response === response && dataset.item === item);
}

function addRowsUpTo(topic, probe) {
  const [, number] = probe.split(":");
  const own = topic.querySelectorAll(".probe-other");
  if (number === undefined || own.length === 0) return;
  for (let last = own.length; last < Number(number); last += 1) addRow(topic);
}

const differs = (field) => {
  if (field.type === "button" || field.type === "submit") return false;
  if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((each) => each.selected && each.value !== "" && !each.defaultSelected);
  return field.value !== field.defaultValue;
};

/** Return a control of each unit that no longer stands as the page came: typed before this ran. */
export function touched(form) {
  const units = new Map();
  for (const field of form.elements) {
    const unit = unitOf(field);
    if (unit !== null && differs(field)) units.set(unit, field);
  }
  return [...units.values()];
}

/** Show the given texts in the controls of their names. */
export function write(form, values) {
  for (const [name, text] of Object.entries(values)) {
    const found = form.elements[name];
    if (found?.type === "checkbox") found.checked = text === "yes";
    else if (found) found.value = text;
  }
}

/** Add an empty row of the interviewer's own below the last one of a topic. */
export function addRow(topic) {
  const rows = topic.querySelectorAll(".probe-other");
  const last = rows[rows.length - 1];
  const number = Number(last.dataset.probe.split(":")[1]);
  const copy = last.cloneNode(true);
  rename(copy, `other:${number}`, `other:${number + 1}`, number);
  last.after(copy);
  return copy;
}

function rename(row, from, to, number) {
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes(from)) element.setAttribute(name, value.replaceAll(from, to));
      else if (name === "aria-label") element.setAttribute(name, value.replace(/\d+$/, number + 1));
    }
  }
  const label = row.querySelector(".visually-hidden");
  label.textContent = label.textContent.replace(/\d+$/, number + 1);
  empty(row);
}

function empty(row) {
  row.dataset.phase = "";
  for (const trouble of row.querySelectorAll(".trouble, .added-after")) trouble.remove();
  for (const radio of row.querySelectorAll("[type=radio]")) radio.checked = ["not_reached", "none"].includes(radio.value);
  for (const box of row.querySelectorAll("[type=checkbox]")) box.checked = false;
  for (const line of row.querySelectorAll("[type=text]")) line.value = "";
}
