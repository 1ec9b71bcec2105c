/* Where the interviewer is: one question at a time, told to the server while the interview runs. */

export class Places {
  #turn = 0;
  #told;

  constructor(call) {
    this.call = call;
    const { form } = call;
    this.topics = [...form.querySelectorAll(".topic")];
    this.jump = form.querySelector("#jump");
    this.toggle = form.querySelector("[data-action=jump]");
    this.#told = form.dataset.resume;
    this.current = this.topics.find((topic) => topic.dataset.place === this.#told) ?? this.topics[0];
    form.addEventListener("focusin", ({ target }) => this.#come(target.closest(".topic")));
    form.addEventListener("clock", () => this.#tell());
    this.jump.addEventListener("click", (event) => this.#follow(event));
    this.#fold(window.matchMedia("(min-width: 64rem) and (min-height: 32rem)"));
    this.#measure();
    window.addEventListener("resize", () => this.#stay());
  }

  /** Show the question to begin with; unless the address names another or a fault, write there.
      What is to be agreed to before anybody goes on comes first. */
  begin() {
    if (!this.current) return;
    this.#show();
    const fault = this.call.form.querySelector(".error-summary");
    const named = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    const consent = this.call.form.querySelector("#t-consent:has(.banner-warning)");
    if (consent && this.call.live && !fault) return consent.focus();
    if (fault || document.activeElement.closest(".topic")) return;
    const first = named?.matches(".topic") ? named : this.current;
    if (this.call.live) this.goTo(first, first !== this.topics[0] || first === named);
  }

  /** Go to the notes of a question. */
  goTo(topic, scrolling = true) {
    const notes = topic.querySelector(".notes textarea");
    if (scrolling) topic.scrollIntoView({ block: "start" });
    (this.call.live && notes ? notes : topic).focus({ preventScroll: true });
  }

  /** Go to the next question (1) or to the one before (-1). */
  step(by) {
    const next = this.topics[this.topics.indexOf(this.current) + by];
    if (next) this.goTo(next);
  }

  /** Unfold the list of questions, or fold it: what is read meanwhile stays where it is. */
  unfold() {
    const folded = this.jump.classList.toggle("is-folded");
    this.toggle.setAttribute("aria-expanded", String(!folded));
  }

  /** A window made narrower or wider keeps what one is at in sight. */
  #stay() {
    const focused = document.activeElement;
    if (focused.closest(".topic")) focused.scrollIntoView({ block: "nearest" });
  }

  #come(topic) {
    if (!topic || topic === this.current) return;
    this.current = topic;
    this.#show();
    this.#tell();
  }

  #show() {
    const { form, words } = this.call;
    for (const each of form.querySelectorAll(".topic[data-current], .jump-item[data-current]")) {
      delete each.dataset.current;
    }
    this.current.dataset.current = "";
    const entry = form.querySelector(`[data-jump="${CSS.escape(this.current.dataset.place)}"]`);
    if (entry) entry.dataset.current = "";
    if (entry && !this.jump.classList.contains("is-folded")) entry.scrollIntoView({ block: "nearest" });
    const number = this.topics.indexOf(this.current) + 1;
    this.toggle.textContent = words.place.replace("{number}", number).replace("{total}", this.topics.length);
    form.dispatchEvent(new CustomEvent("place", { detail: this.current }));
  }

  /** Tell the server, once the clock has begun; every visit under a key of its own, so that none
      takes the place of another that still waits. */
  #tell() {
    const { clock, live, mode, put } = this.call;
    const { place } = this.current.dataset;
    const counts = live && !mode.reading && ["running", "paused"].includes(clock.state);
    if (!counts || place === this.#told) return;
    this.#told = place;
    this.#turn += 1;
    const input = this.current.querySelector("[data-unit=place] input");
    input.name = `place.${this.#turn}.${place}`;
    put(input);
  }

  #follow(event) {
    const entry = event.target.closest(".jump-item");
    if (!entry) return;
    event.preventDefault();
    this.goTo(this.topics.find((topic) => topic.dataset.place === entry.dataset.jump));
    if (!this.toggle.disabled) this.unfold();
  }

  #fold(wide) {
    const settle = () => {
      this.toggle.disabled = wide.matches;
      this.jump.classList.toggle("is-folded", !wide.matches);
      this.toggle.setAttribute("aria-expanded", String(wide.matches));
    };
    wide.addEventListener("change", settle);
    settle();
  }

  /** A question that stays in sight must not lie over the row that has the focus. */
  #measure() {
    const watch = new ResizeObserver((seen) => {
      for (const { target } of seen) {
        target.parentElement.style.setProperty("--head", `${target.offsetHeight}px`);
      }
    });
    for (const topic of this.topics) watch.observe(topic.querySelector(".topic-head"));
  }
}
