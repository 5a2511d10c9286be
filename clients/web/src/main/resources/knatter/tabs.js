// @ts-check

/**
 * What the tabs of one browser tell each other, and what only one of them does at a time (Web Locks). Nothing of it is stored:
 * what is told is heard by the tabs that are open.
 */
export class Tabs {
  #name;
  #channel;
  #listeners = new Map();

  /** @param {string} name of an installation and a user, as far as known */
  constructor(name) {
    this.#name = name;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = event => this.#listeners.get(event.data.type)?.(event.data);
  }

  /** @param {string} type @param {(news: any) => void} listener */
  on(type, listener) {
    this.#listeners.set(type, listener);
  }

  /** Tells the other tabs, and not this one. */
  tell(type, news = {}) {
    this.#channel.postMessage({ ...news, type });
  }

  /**
   * Runs the work when no other tab does, and lets no other tab until it has ended.
   *
   * @template T
   * @param {string} what
   * @param {() => Promise<T>} work
   * @param {AbortSignal} [signal] gives up waiting
   * @returns {Promise<T>}
   */
  alone(what, work, signal = undefined) {
    return navigator.locks.request(this.#name + ' ' + what, signal ? { signal } : {}, work);
  }
}
