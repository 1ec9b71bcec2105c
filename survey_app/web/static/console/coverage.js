/* The jump list's coverage, counted from the sheet as it stands (as the server counts it). */

const RAISED = new Set(["raised_unprompted", "raised_after_probe"]);

/** Show a topic's coverage in the jump list. */
export function showCoverage(topic, entry, words) {
  const rows = [...topic.querySelectorAll("[data-unit=mark]")];
  const states = rows.map((row) => row.querySelector(".states :checked")?.value ?? "not_reached");
  const listed = states.filter((_, index) => !rows[index].classList.contains("probe-other"));
  entry.querySelector(".jump-coverage").textContent = sayCoverage(topic, states, listed, words);
  entry.querySelectorAll(".dot").forEach((dot, index) => {
    dot.className = `dot dot-${listed[index]}`;
  });
}

function sayCoverage(topic, states, listed, words) {
  const raised = states.filter((state) => RAISED.has(state)).length;
  const reached = states.filter((state) => state !== "not_reached").length;
  const open = listed.filter((state) => state === "not_reached").length;
  if (listed.length === 0) return reached > 0 || isWritten(topic) ? words.noted : words.open;
  const counts = [[raised, words.count_raised], [reached - raised, words.count_settled], [open, words.count_open]];
  return counts.filter(([count]) => count > 0).map(([count, text]) => text.replace("{count}", count)).join(", ");
}

function isWritten(topic) {
  const fields = [...topic.querySelectorAll("textarea, [type=text], [type=date], select")];
  const closed = [...topic.querySelectorAll(".closed [type=radio]:checked")];
  return [...fields, ...closed].some((field) => field.value.trim() !== "");
}
