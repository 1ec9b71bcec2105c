/**
 * What a form does more with JavaScript than without: questions show and hide as answers change,
 * a choice that stands alone unticks the others, and the error summary is read first. The server
 * decides all of it again; what is hidden keeps what was typed and is posted like the rest.
 *
 * A question is an element with data-item; data-control and data-name say how it is answered,
 * data-relevant when it is asked. Answers of earlier pages stand as JSON in #known's data-known.
 */

import { evaluate } from "./conditions.js";

const REASON_MARK = ":";

const READERS = {
  line: readText,
  paragraph: readText,
  date: readText,
  number: readNumber,
  choices: (question) => listChecked(question)[0],
  checks: readCodes,
  rows: readRows,
  ranks: readOrder,
};

/** Start what this file does; once for each page. */
export function start() {
  const questions = [...document.querySelectorAll("[data-item]")];
  for (const question of questions) removeFollowUp(question);
  showRelevant(questions);
  document.addEventListener("input", () => showRelevant(questions));
  document.addEventListener("change", (event) => untickContraries(event.target));
  // Going back, a browser fills the form in again without telling anyone.
  window.addEventListener("pageshow", () => showRelevant(questions));
  document.querySelector(".error-summary")?.focus();
}

// Its words ("If you answered yes") are for a page whose questions all show.
function removeFollowUp(question) {
  question.querySelector(".follow-up")?.remove();
}

// In the page's order, as the server fills a form: what is hidden counts as blank further down.
function showRelevant(questions) {
  const answers = readKnown();
  for (const question of questions) {
    const { item, relevant } = question.dataset;
    question.hidden = relevant !== undefined && !evaluate(JSON.parse(relevant), answers);
    answers[item] = question.hidden ? null : readAnswer(question);
  }
}

function readKnown() {
  const known = document.getElementById("known")?.dataset.known;
  return known ? JSON.parse(known) : {};
}

function readAnswer(question) {
  const read = READERS[question.dataset.control];
  return (read && read(question)) ?? null;
}

function readText(question) {
  const { value } = question.querySelector(`[name="${question.dataset.name}"]`);
  return value.trim() === "" ? null : value;
}

function readNumber(question) {
  const words = (readText(question) ?? "").trim().replace("−", "-").replace(",", ".");
  return /^[-+]?[0-9]+(\.[0-9]+)?$/.test(words) ? Number(words) : null;
}

// In the list's own order: on the page, what stands alone comes last.
function readCodes(question) {
  const chosen = listChecked(question);
  const codes = question.dataset.codes.split(" ").filter((code) => chosen.includes(code));
  return codes.length > 0 ? codes : null;
}

function readRows(question) {
  const prefix = `${question.dataset.name}-`;
  const chosen = [...question.querySelectorAll("input:checked")].filter(isCode);
  return Object.fromEntries(chosen.map(({ name, value }) => [name.slice(prefix.length), value]));
}

function readOrder(question) {
  const prefix = `${question.dataset.name}-`;
  const placed = [...question.querySelectorAll("select")].filter(({ value }) => value !== "");
  placed.sort((one, other) => one.value - other.value);
  const whole = placed.every(({ value }, index) => Number(value) === index + 1);
  return placed.length > 0 && whole ? placed.map(({ name }) => name.slice(prefix.length)) : null;
}

function listChecked(question) {
  return [...question.querySelectorAll("input:checked")].filter(isCode).map(({ value }) => value);
}

function isCode({ value }) {
  return !value.startsWith(REASON_MARK);
}

function untickContraries(ticked) {
  if (ticked.type !== "checkbox" || !ticked.checked) return;
  for (const box of ticked.closest(".choices")?.querySelectorAll("input[type=checkbox]") ?? []) {
    const contrary = "exclusive" in ticked.dataset || "exclusive" in box.dataset;
    if (box !== ticked && contrary) box.checked = false;
  }
}

start();
