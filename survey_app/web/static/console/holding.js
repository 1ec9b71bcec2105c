/* Holding: which of this browser's pages is alive, told by locks that end with their page. */

const PATIENCE = 1500; // a page that is just being closed lets go within this

/** Hold a page's name for as long as this page lives; return false if another page does. */
export function hold(client) {
  return new Promise((resolve) => {
    const patience = AbortSignal.timeout(PATIENCE);
    navigator.locks
      .request(`survey-app page ${client}`, { signal: patience }, () => {
        resolve(true);
        return new Promise(() => {});
      })
      .catch(() => resolve(false));
  });
}
