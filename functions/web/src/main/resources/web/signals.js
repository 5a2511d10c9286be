const TYPING_FOR = 6000;
const ONLINE_FOR = 5 * 60_000;

/** What others do now, and how far they have read: told by the server, and not kept. */
export class Signals {
  #typing = new Map();
  #presence = new Map();
  #receipts = new Map();

  /** @param {() => void} over is called when somebody's typing is over */
  typed(key, username, over) {
    this.#typing.set(key, (this.#typing.get(key) ?? new Map()).set(username, Date.now() + TYPING_FOR));
    setTimeout(over, TYPING_FOR + 100);
  }

  /** Whoever has sent does not type any more. */
  sent(key, username) {
    this.#typing.get(key)?.delete(username);
  }

  typing(key) {
    const now = Date.now();
    return [...this.#typing.get(key) ?? []].filter(([, until]) => until > now).map(([name]) => name);
  }

  present(presence) {
    this.#presence.set(presence.username, { ...presence, until: Date.now() + ONLINE_FOR });
  }

  presence(username) {
    const presence = this.#presence.get(username);
    return presence?.online && presence.until < Date.now() ? { ...presence, online: false } : presence;
  }

  read(key, username, upTo) {
    const receipts = this.#receipts.get(key) ?? new Map();
    this.#receipts.set(key, receipts);
    if (upTo > (receipts.get(username) ?? '')) {
      receipts.set(username, upTo);
    }
  }

  /** How many have read a message. */
  readers(key, message) {
    return [...this.#receipts.get(key)?.values() ?? []].filter(upTo => upTo >= message.id).length;
  }
}
