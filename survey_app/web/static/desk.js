/**
 * Fetches the desk's tables, one after another as they come into view, and puts each in the place
 * of the link to it. Whatever does not come leaves its link as it was.
 */

const desk = document.getElementById("desk");
const waiting = [];
let working = false;

/** Start what this file does; once for each page. */
export function start() {
  if (!desk) return;
  const watcher = new IntersectionObserver(enqueueSeen, { rootMargin: "400px 0px" });
  for (const place of desk.querySelectorAll("[data-fragment]")) {
    if (place.tagName === "DETAILS") {
      place.addEventListener("toggle", () => enqueue(place), { once: true });
    } else {
      watcher.observe(place);
    }
  }
}

function enqueueSeen(entries, watcher) {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    enqueue(target);
  }
}

function enqueue(place) {
  waiting.push(place);
  work();
}

// One at a time: counting takes the machine from those who are answering.
async function work() {
  if (working) return;
  working = true;
  while (waiting.length > 0) await load(waiting.shift());
  working = false;
}

async function load(place) {
  const status = document.createElement("p");
  status.className = "hint";
  status.textContent = desk.dataset.loading;
  place.append(status);
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(place.dataset.fragment, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    show(place, await answer.text());
  } catch {
    status.textContent = desk.dataset.failed;
    status.setAttribute("role", "status");
  }
  place.removeAttribute("aria-busy");
}

function show(place, html) {
  const summary = place.querySelector("summary");
  const tables = new DOMParser().parseFromString(html, "text/html").body.childNodes;
  place.replaceChildren(...(summary ? [summary] : []), ...tables);
}

start();
