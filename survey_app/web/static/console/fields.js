/* The sheet's controls and the operations they amount to. A unit is one mark, note or answer;
   its key is the name of its first control, which the server uses as well. */

const FIRST = { mark: "state", note: "note", answer: "answer" };

const control = (unit, part) =>
  [...unit.querySelectorAll("[name]")].find((each) => each.name.startsWith(`${part}.`));

/** Return the text of the control that is called `part` in the unit, "" if there is none. */
function read(unit, part) {
  const found = control(unit, part);
  if (found === undefined) return "";
  if (found.type !== "radio") return found.value;
  const chosen = [...unit.querySelectorAll(`[name="${CSS.escape(found.name)}"]`)].find((each) => each.checked);
  return chosen === undefined ? "" : chosen.value;
}

/** Return the unit that a control belongs to, or null. */
export const unitOf = (element) => element.closest("[data-unit]");

/** Return the key of a unit. */
export function keyOf(unit) {
  const kind = unit.dataset.unit;
  return (control(unit, FIRST[kind]) ?? control(unit, "after")).name;
}

/** Return the unit whose key is given, or undefined. */
export function unitWithKey(form, key) {
  const found = form.elements[key];
  const first = found instanceof RadioNodeList ? found[0] : found;
  return first ? unitOf(first) : undefined;
}

/** Return what the unit holds now as an operation; `at` is in milliseconds into the interview. */
export function operationOf(unit, at) {
  const { response, item } = unit.closest("[data-response]").dataset;
  const where = { op: unit.dataset.unit, response, item };
  if (where.op === "mark") {
    return {
      ...where, probe: unit.dataset.probe, at,
      state: read(unit, "state"), example: read(unit, "example"),
      text: read(unit, "text"), reason: read(unit, "why"),
    };
  }
  if (where.op === "note") {
    return { ...where, probe: unit.dataset.probe ?? null, text: read(unit, "note") || read(unit, "after") };
  }
  return { ...where, row: unit.dataset.row, value: read(unit, "answer"), reason: read(unit, "refusal") };
}

const differs = (field) => {
  if (field.type === "radio") return field.checked !== field.defaultChecked;
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
    if (found) found.value = text;
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
  for (const trouble of row.querySelectorAll(".trouble, .added-after")) trouble.remove();
  for (const radio of row.querySelectorAll("[type=radio]")) radio.checked = ["not_reached", "none"].includes(radio.value);
  for (const line of row.querySelectorAll("[type=text]")) line.value = "";
}
