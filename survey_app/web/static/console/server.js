/* Every request of the sheet to the server: in whose name it is sent, with which token, and how
   long an answer is waited for. An answer's fresh token takes the place of the old one. */

const PATIENCE = 20000; // milliseconds until an answer counts as lost
const KEEPALIVE_LIMIT = 60000; // bytes that a browser still sends after its page is gone
const FORGED = 400;

export class Server {
  #token;

  /** `account` is the id of the person whose page this is: nothing is sent for anybody else. */
  constructor(account, token) {
    this.account = account;
    this.#token = token;
  }

  /** Post text that is JSON; return the status and the answer, 0 and {} if there was none. */
  async post(address, body = "{}") {
    const [status, answer] = await this.#ask(address, { method: "POST", body });
    if (status !== FORGED || !answer.csrf) return [status, answer];
    return this.#ask(address, { method: "POST", body });
  }

  /** Read JSON; return the status and the answer, 0 and {} if there was none. */
  read(address) {
    return this.#ask(address, {});
  }

  async #ask(address, options) {
    try {
      const response = await fetch(address, {
        ...options,
        headers: {
          "Content-Type": "application/json", Accept: "application/json",
          "X-CSRF-Token": this.#token, "X-Account": this.account, "X-Sent": String(Date.now()),
        },
        credentials: "same-origin",
        redirect: "error",
        keepalive: "body" in options && new Blob([options.body]).size < KEEPALIVE_LIMIT,
        signal: AbortSignal.timeout(PATIENCE),
      });
      const answer = await response.json();
      this.#token = answer.csrf ?? this.#token;
      return [response.status, answer];
    } catch {
      return [0, {}];
    }
  }
}
