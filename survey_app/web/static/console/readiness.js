/* Before the call: says whether this browser can keep a sealed journal. A page that has an element
   `journal-readiness` shows the sentence there; its sentences are in the element's data-words. */

import { Journal } from "./journal.js";
import { Records } from "./records.js";

/** Return "ready", or why there is no journal here: "insecure" or "off". */
export async function readReadiness() {
  if (!window.isSecureContext) return "insecure";
  if (!Journal.possible) return "off";
  try {
    (await Records.open()).close();
    return "ready";
  } catch {
    return "off";
  }
}

const place = document.getElementById("journal-readiness");
if (place) {
  const readiness = await readReadiness();
  place.textContent = JSON.parse(place.dataset.words)[readiness];
  place.dataset.readiness = readiness;
  place.hidden = false;
}
