/* The jump list's coverage, counted from the sheet as it stands (as the server counts it). */

const RAISED = ["raised_unprompted", "raised_after_probe"];
const PARTS = [...RAISED, "otherwise", "not_reached"];

/** Show a topic's coverage in the jump list, and that of its section. */
export function recountTopic(form, topic, words) {
  const entry = form.querySelector(`[data-jump="${CSS.escape(topic.dataset.place)}"]`);
  const rows = [...topic.querySelectorAll("[data-unit=mark]")];
  const states = rows.map(stateOf);
  const listed = states.filter((_, index) => !rows[index].classList.contains("probe-other"));
  entry.querySelector(".jump-coverage").textContent = sayCoverage(topic, states, listed, words);
  showSection(topic.closest(".part"), entry.closest(".jump-section"), words);
}

const stateOf = (row) => row.querySelector(".states :checked")?.value ?? "not_reached";

function sayCoverage(topic, states, listed, words) {
  const raised = states.filter((state) => RAISED.includes(state)).length;
  const reached = states.filter((state) => state !== "not_reached").length;
  const open = listed.filter((state) => state === "not_reached").length;
  const outcome = topic.querySelector(".outcome");
  const counts = [[raised, words.count_raised], [reached - raised, words.count_settled], [open, words.count_open]];
  if (outcome && outcome.value !== "not_reached") {
    return [outcome.selectedOptions[0].text, ...sayCounts(counts.slice(0, 2))].join(", ");
  }
  if (listed.length === 0) return reached > 0 || isWritten(topic) ? words.noted : words.open;
  return sayCounts(counts).join(", ");
}

const sayCounts = (counts) =>
  counts.filter(([count]) => count > 0).map(([count, text]) => text.replace("{count}", count));

/** Whether anything was written or answered in a topic. */
export function isWritten(topic) {
  const fields = [...topic.querySelectorAll("[data-unit=note] [name], [data-unit=answer] [name], [name^='text.']")];
  return fields
    .filter((field) => field.type !== "radio" || field.checked)
    .some((field) => !field.name.startsWith("observer.") && field.value.trim() !== "");
}

function showSection(part, section, words) {
  const bar = section.querySelector(".coverage-bar");
  if (!bar) return;
  const states = [...part.querySelectorAll("[data-unit=mark]:not(.probe-other)")]
    .map(stateOf)
    .map((state) => (PARTS.includes(state) ? state : "otherwise"))
    .sort((one, other) => PARTS.indexOf(one) - PARTS.indexOf(other));
  [...bar.children].forEach((cell, index) => {
    cell.className = `cell cell-${states[index]}`;
  });
  const texts = [words.count_unprompted, words.count_probed, words.count_other, words.count_open];
  const counts = PARTS.map((each, index) => [states.filter((state) => state === each).length, texts[index]]);
  section.querySelector(".coverage-words").textContent = sayCounts(counts).join(", ");
}
