/* The panel of keys: it takes no focus and lies over nothing. */

export class Help {
  constructor({ form }) {
    this.form = form;
    this.panel = form.querySelector("#keys");
    this.button = form.querySelector("[data-action=keys]");
  }

  /** Show the keys, or hide them. */
  toggle() {
    this.panel.hidden = !this.panel.hidden;
    // For the styles: to ask of every field whether the panel is there costs 20 ms a letter.
    this.form.dataset.keys = this.panel.hidden ? "" : "shown";
    this.button.setAttribute("aria-expanded", String(!this.panel.hidden));
    const focused = document.activeElement;
    if (focused.closest(".topic")) focused.scrollIntoView({ block: "nearest" });
  }
}
