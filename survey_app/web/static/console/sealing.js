/* Sealing: AES-GCM with 256 bits by the browser itself, a fresh 96-bit start for each record. The
   key is the server's; here it is held in memory alone and cannot be read out again. */

const START = 12; // bytes, as NIST SP 800-38D recommends for GCM

const bytesOf = (text) => new TextEncoder().encode(text);

/** Return the bytes of a base64url text. */
function decode(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

export class Seal {
  #key;

  /** Return a seal with the key, given as base64url. */
  static async from(text) {
    const seal = new Seal();
    seal.#key = await crypto.subtle.importKey("raw", decode(text), "AES-GCM", false, ["encrypt", "decrypt"]);
    return seal;
  }

  /** Return a value sealed for one place: nowhere else can it be opened. */
  async close(value, place) {
    const iv = crypto.getRandomValues(new Uint8Array(START));
    const algorithm = { name: "AES-GCM", iv, additionalData: bytesOf(place) };
    return { iv, sealed: await crypto.subtle.encrypt(algorithm, this.#key, bytesOf(JSON.stringify(value))) };
  }

  /** Return what was sealed for the place; fails for anything else. */
  async open({ iv, sealed }, place) {
    const algorithm = { name: "AES-GCM", iv, additionalData: bytesOf(place) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, this.#key, sealed)));
  }
}

/** Return the text that ties a sealed record to its interview, its page and its number. */
export const placeOf = ({ interview, client, number }) => `${interview}\n${client}\n${number}`;
