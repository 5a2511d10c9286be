// @ts-check

/** Waits so long; ends early, without an error, when the signal is aborted. */
export function pause(millis, signal = undefined) {
  return new Promise(resolve => {
    if (signal?.aborted) {
      resolve(undefined);
      return;
    }
    const timer = setTimeout(done, millis);
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve(undefined);
    }
    signal?.addEventListener('abort', done);
  });
}

/** The wait before an attempt after so many failures: it doubles up to 30 seconds, and differs from client to client. */
export function backoff(failures) {
  return Math.min(30_000, 500 * 2 ** Math.min(failures, 6)) * (0.5 + Math.random() / 2);
}

/**
 * The server's clock, as its answers tell it. Ids of messages are minted from it, for the clock of a device may be wrong.
 *
 * A time that an answer names was true at some moment between the request and the answer. So it only moves this clock if what the
 * clock says cannot be right: a slow answer does not set it back, or the next id would be earlier than those before.
 */
export class ServerClock {
  #ahead = 0;
  #minted = 0;

  /** @returns milliseconds since 1970, as the server counts them */
  now() {
    return Date.now() + this.#ahead;
  }

  /**
   * Takes the time that an answer names.
   *
   * @param {string | null | undefined} time RFC 3339, with milliseconds
   * @param {number} [asked] what the device's clock said before the request was sent, where that is known
   */
  observe(time, asked = -Infinity) {
    const at = Date.parse(time ?? '');
    if (!Number.isNaN(at)) {
      this.#between(at, at, asked);
    }
  }

  /** The same for the header Date, which is cut to seconds. */
  observeDate(/** @type {string | null} */ date, /** @type {number} */ asked) {
    const at = Date.parse(date ?? '');
    if (!Number.isNaN(at)) {
      this.#between(at, at + 1000, asked);
    }
  }

  #between(earliest, latest, asked) {
    this.#ahead = Math.min(Math.max(this.#ahead, earliest - Date.now()), latest - asked);
  }

  /** Takes an id that the server has minted: what is minted here from now on is later. */
  adopt(/** @type {string} */ id) {
    this.#minted = Math.max(this.#minted, parseInt(id.replace('-', '').slice(0, 12), 16));
  }

  /** An id of this moment, later than those before: messages that are sent one after the other sort in that order. */
  mint() {
    const now = this.now();
    // A clock that was far ahead and is right now must not go on with times of the future.
    this.#minted = this.#minted - now < 1000 ? Math.max(now, this.#minted + 1) : now;
    return uuid7(this.#minted);
  }
}

/** A UUID of version 7 (RFC 9562 §5.7) of that time, in milliseconds. */
function uuid7(/** @type {number} */ millis) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint16(0, Math.floor(millis / 2 ** 32));
  new DataView(bytes.buffer).setUint32(2, millis % 2 ** 32);
  bytes[6] = bytes[6] & 0x0f | 0x70;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
