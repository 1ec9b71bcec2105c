/* Never lose a word: the journal, the one who writes, signing in again and the lifeboat, together. */

import { keyOf, unitOf } from "./fields.js";
import { hold } from "./holding.js";
import { Journal } from "./journal.js";
import { Lease } from "./lease.js";
import { download, pack, unpack } from "./lifeboat.js";
import { Notices } from "./notices.js";
import { Presence } from "./presence.js";
import { Following, Rest, showValues } from "./reading.js";
import { bringBack } from "./recovery.js";
import { Signing } from "./signing.js";

const IDLE = 5000; // milliseconds after which a finished interview's empty journal is ended

export class Safety {
  #keyDue = true; // whether the journal has still to be opened
  #ending = null;
  #wasOut = false;
  #freed = false; // whether the server has still to be asked who writes, now that another page is gone
  #looked = false; // whether the journal was searched for what others left
  #known; // the newest revision this page has heard of

  /** `shown(units)` hears which units now show something else, `told(answer)` what presence says,
      `turned(reading)` whether this window only reads from now on. */
  constructor({ form, root, queue, server, shown, told, turned }) {
    Object.assign(this, { form, root, queue, server, shown, told, turned, data: root.dataset });
    this.observing = this.data.role === "observer";
    this.#known = queue.revision;
    this.notices = new Notices(root, JSON.parse(this.data.words));
    this.journal = new Journal({
      interview: this.data.interview, account: this.data.account, client: queue.client,
      tell: () => this.#tellJournal(),
    });
    this.lease = new Lease(this.data.interview, { turn: (mine) => this.#turn(mine), freed: () => this.#askFreed() });
    this.rest = new Rest(form, (control) => this.observing && control.name.startsWith("observer."));
    this.following = new Following(server, this.data.state, (status, answer) => this.#follow(status, answer));
    this.#listen();
  }

  /** Whether somebody else writes, or this person only reads along. */
  get reading() {
    return this.observing || !this.lease.mine;
  }

  /** Bring back what was left, then let the sender go and take the sheet if it is free. */
  async begin(sender) {
    this.sender = sender;
    if (this.observing) this.#turn(false);
    hold(this.queue.client);
    await this.#openJournal({ first: true });
    sender.open();
    this.presence = new Presence({
      server: this.server, address: this.data.presence,
      body: () => ({ client: this.queue.client, watch: this.reading && !this.#freed, alone: this.lease.alone }),
      hear: (status, answer) => this.#hearPresence(status, answer),
    });
    if (!this.observing) await this.lease.begin();
    this.presence.beat();
  }

  /** The queue has changed: bring the journal to it. */
  keep() {
    if (Journal.possible && this.journal.state === "closed" && !this.#keyDue && this.queue.size > 0) {
      this.#keyDue = true;
      this.#openJournal({ first: false });
    }
    this.journal.keep(this.queue.slots());
    this.root.dataset.kept = "";
    this.journal.settled().then(() => {
      this.root.dataset.kept = this.journal.state === "open" ? "yes" : "";
    });
    if (this.queue.size === 0) this.#planEnd();
  }

  /** Hear from the sender how saving goes. */
  hear(kind, answer, { leaving }) {
    if (kind === "saved") this.#heedRevision(answer.revision, 1);
    else if (kind === "signed_out") this.#askToSignIn({});
    else if (kind === "other_account") this.#askToSignIn(answer);
    this.#showOffline(kind);
    if (leaving && kind !== "saved") this.notices.show("finishing", "finishing");
    else this.notices.hide("finishing");
  }

  /** The person stays on the sheet: nothing waits to leave. */
  stay() {
    this.notices.hide("finishing");
  }

  /** Show what somebody else has changed, heard of by a revision that is not this page's own. */
  #heedRevision(revision, own) {
    const missed = revision > this.#known + own;
    this.#known = Math.max(this.#known, revision);
    if (missed && !this.reading) this.following.look();
  }

  async #openJournal({ first }) {
    if (!Journal.possible) {
      this.#keyDue = false;
      return this.notices.show("journal", window.isSecureContext ? "journal_off" : "journal_insecure");
    }
    if (first && this.data.finished && !(await this.journal.hasRecords())) {
      this.#keyDue = false;
      return undefined;
    }
    const [status, answer] = await this.server.post(this.data.journalKey);
    if (answer.error === "withdrawn") return this.journal.discard();
    if (status !== 200) return this.notices.show("journal", "journal_later");
    this.#keyDue = false;
    this.notices.hide("journal");
    this.#looked = true;
    await this.journal.open(answer.key);
    if (this.journal.state === "open") await this.recover({ first });
    else this.#looked = false; // once it can be read after all
    return this.keep();
  }

  /** Bring back what pages that are gone have left; the first page to open goes on as the one gone. */
  async recover({ first }) {
    this.#looked = true;
    let brought = 0;
    const found = await this.journal.findLeft();
    while (this.journal.busy) await this.journal.settled(); // what is being written is written as this page
    for (const [index, left] of found.entries()) {
      brought += this.#show(left);
      if (first && index === 0) {
        this.journal.adopt(left);
        this.queue.restore(left);
        this.form.elements.client.value = left.client;
      } else {
        this.journal.inherit(left);
        this.queue.inherit(left);
      }
    }
    this.#tellBrought(brought);
  }

  #show(left) {
    const { units, count } = bringBack(this.form, this.queue, left);
    this.shown(units);
    return count;
  }

  #tellBrought(count) {
    this.notices.hide("back");
    if (count > 0) this.notices.show("back", count === 1 ? "back_one" : "back_many", { count });
  }

  #tellJournal() {
    if (this.journal.state === "failed") return this.notices.show("journal", "journal_failed");
    this.notices.hide("journal");
    return this.#looked || this.journal.state === "closed" ? undefined : this.recover({ first: false });
  }

  #showOffline(kind) {
    if (this.queue.size === 0 || kind !== "retrying") return this.notices.hide("offline");
    return this.notices.show("offline", this.journal.state === "open" ? "offline_sealed" : "offline_bare");
  }

  #planEnd() {
    clearTimeout(this.#ending);
    if (!this.data.finished || this.journal.state !== "open") return;
    this.#ending = setTimeout(() => this.#end(), IDLE);
  }

  async #end() {
    if (this.queue.size > 0 || this.queue.unsettled.size > 0) return;
    const shared = await this.journal.isShared();
    await this.journal.end();
    if (!shared) await this.server.post(this.data.journalForget);
    if (this.queue.size > 0) this.keep(); // typed while the journal was ended
  }

  #hearPresence(status, answer) {
    if (status === 401) return this.#askToSignIn({});
    if (answer.error === "other_account") return this.#askToSignIn(answer);
    if (status !== 200) return undefined;
    this.signing.close();
    this.told(answer);
    if (answer.lease) this.#heed(answer.lease);
    this.#heedRevision(answer.revision, 0);
    if (this.#keyDue) this.#openJournal({ first: false });
    if (this.#wasOut) this.sender.send();
    this.#wasOut = false;
    return undefined;
  }

  #askToSignIn({ name }) {
    this.#wasOut = true;
    this.signing.ask({ name });
  }

  #heed({ mine, holder }) {
    const freed = this.#freed;
    this.#freed = false;
    this.holder = holder;
    if (mine && !this.lease.mine) this.#takeUp(freed);
    else this.lease.set(mine);
  }

  #turn(mine) {
    const reading = this.observing || !mine;
    this.rest.turn(reading);
    this.following.turn(reading);
    this.form.dataset.reading = reading ? "yes" : "";
    this.turned(reading);
    if (!reading) this.notices.hide("reading");
    else if (this.observing) this.notices.show("observing", "observing");
    else this.notices.show("reading", "reading", { name: this.holder ?? this.data.accountName });
  }

  #follow(status, answer) {
    if (status === 401) this.#askToSignIn({});
    if (status !== 200) return undefined;
    if (answer.revision < this.#known) return this.following.look(); // asked before what was saved since
    const typed = this.#typedKey();
    this.shown(showValues(this.form, answer.values, (key) => key === typed || this.queue.holds(key)));
    this.#known = answer.revision;
    this.queue.renew(answer.revision, typed);
    this.told(answer);
    if (this.reading) this.rest.turn(true); // rows that have just come rest as well
    return undefined;
  }

  /** The key of what the writer is typing in: it is not changed under the hands, and what is typed
      there next is compared with what others wrote. */
  #typedKey() {
    const field = document.activeElement;
    const typing = !this.reading && this.form.contains(field) && field.matches("textarea, [type=text]");
    const unit = typing ? unitOf(field) : null;
    return unit ? keyOf(unit) : null;
  }

  /** Ask for the sheet, at the next beat too where the server cannot be reached. */
  #askFreed() {
    this.#freed = true;
    this.presence.beat();
  }

  /** Go on as the one who writes, from what is stored and what the page before this one has left.
      Who did not ask for it, as the other page is gone, may stand in a field: it is filled before
      it is theirs, since nothing changes under the hands of whoever types. */
  async #takeUp(unasked) {
    if (unasked) await this.following.look();
    this.lease.set(true);
    await this.lease.take();
    await this.following.look();
    await this.recover({ first: false });
    this.keep();
    this.sender.send();
  }

  async #saveLifeboat() {
    this.notices.hide("boat");
    const { interview, account, code } = this.data;
    if (this.journal.seal === null) return this.notices.show("boat", "boat_without_key");
    download(await pack({ interview, account, queue: this.queue, seal: this.journal.seal }), `lifeboat-${code}.json`);
    return this.notices.show("boat", "boat_saved");
  }

  async #readLifeboat(file) {
    this.notices.hide("boat");
    const { interview, account } = this.data;
    if (this.journal.seal === null) await this.#openJournal({ first: false });
    if (this.journal.seal === null) return this.notices.show("boat", "boat_without_key");
    try {
      const left = await unpack(await file.text(), { interview, account, seal: this.journal.seal });
      this.#tellBrought(this.#show(left));
      this.queue.inherit(left);
      this.keep();
      this.sender.send();
      return this.notices.show("boat", "boat_read");
    } catch (error) {
      return this.notices.show("boat", error.message in this.notices.words ? error.message : "boat_damaged");
    }
  }

  #listen() {
    this.signing = new Signing({
      root: this.root, server: this.server, address: this.data.signIn, notices: this.notices,
      done: () => this.presence?.beat(),
    });
    document.addEventListener("click", (event) => {
      const action = event.target.closest("[data-action]")?.dataset.action;
      if (action === "take-over") this.presence.beat({ take: true, watch: false });
      if (action === "save-lifeboat") this.#saveLifeboat();
    });
    document.querySelector("[data-lifeboat]")?.addEventListener("change", async ({ target }) => {
      if (target.files.length > 0) await this.#readLifeboat(target.files[0]);
      target.value = "";
    });
    window.addEventListener("pagehide", () => this.#leave());
    window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
  }

  #leave() {
    if (this.reading || !this.presence) return;
    this.server.post(this.data.presence, JSON.stringify({ client: this.queue.client, release: true }));
  }
}
