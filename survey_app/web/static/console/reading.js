/* Reading: a sheet that another window writes. Its controls rest, it follows what is saved there,
   and what was typed here and is not at the server yet stays in sight. */

import { addRow, keyOf } from "./fields.js";

const PERIOD = 3000;
const OWN_ROW = /^state\.(.+)\.other:(\d+)$/;

/** Let a form's controls rest, or work again; `open(control)` says which ones always work. */
export class Rest {
  #resting = new Set();

  constructor(form, open) {
    this.form = form;
    this.open = open;
  }

  turn(on) {
    if (!on) return this.#wake();
    for (const control of this.form.elements) {
      // What has no name holds nothing: what such a button does, it does not do while reading.
      if (control.name === "" || control.type === "hidden" || control.disabled || control.readOnly) continue;
      if (this.open(control)) continue;
      control[wayOf(control)] = true;
      this.#resting.add(control);
    }
  }

  #wake() {
    for (const control of this.#resting) control[wayOf(control)] = false;
    this.#resting.clear();
  }
}

/** A text at rest can still be selected and copied. */
const wayOf = (control) =>
  control.matches("textarea, input:not([type=radio], [type=checkbox])") ? "readOnly" : "disabled";

/** Asks the server again and again how the sheet stands. */
export class Following {
  #timer = null;

  constructor(server, address, hear) {
    Object.assign(this, { server, address, hear });
  }

  turn(on) {
    clearInterval(this.#timer);
    this.#timer = on ? setInterval(() => this.look(), PERIOD) : null;
  }

  async look() {
    const [status, answer] = await this.server.read(this.address);
    this.hear(status, answer);
  }
}

/** Show the server's texts by control but in units whose key is held; return the units that changed. */
export function showValues(form, values, holds) {
  for (const name of Object.keys(values)) makeRow(form, name);
  const units = [...form.querySelectorAll("[data-unit]:not([data-unit=place])")];
  return units.filter((unit) => !holds(keyOf(unit)) && showUnit(unit, values));
}

function makeRow(form, name) {
  const [, place, number] = OWN_ROW.exec(name) ?? [];
  if (place === undefined || form.elements[name]) return;
  const topic = form.querySelector(`[data-place="${CSS.escape(place)}"]`);
  while (topic?.querySelector(".probe-other") && !form.elements[name] && number < 100) addRow(topic);
}

function showUnit(unit, values) {
  const own = [...unit.querySelectorAll("[name]")].filter((each) => each.closest("[data-unit]") === unit);
  if (unit.dataset.unit === "mark") unit.dataset.phase = values[keyOf(unit).replace("state.", "marked.")] ?? "";
  return own.map((control) => showControl(control, values[control.name])).includes(true);
}

/** Set a control; without a text it stands on its first choice, or empty. */
function showControl(control, text) {
  if (control.type === "radio") {
    const first = control.closest("[data-unit]").querySelector(`[name="${CSS.escape(control.name)}"]`);
    return set(control, "checked", control.value === (text ?? first.value));
  }
  if (control.type === "checkbox") return set(control, "checked", text === control.value);
  if (control.options) return set(control, "value", text ?? control.options[0].value);
  return set(control, "value", text ?? "");
}

function set(control, property, value) {
  if (control[property] === value) return false;
  control[property] = value;
  return true;
}
