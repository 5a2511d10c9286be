// @ts-check
import { KnatterError } from './errors.js';
import { backoff, pause } from './time.js';

/** After so many internal errors for one message, the next one has its turn. */
const INTERNAL_ERRORS = 10;

/**
 * @typedef {object} Item a message that is not sent yet
 * @property {number} number in the order of writing
 * @property {string} [to]
 * @property {string} [conversationId]
 * @property {string} content
 * @property {string} [contentType]
 * @property {string} [replyTo]
 * @property {string} [clientId] minted at the first attempt, and stored before the request leaves
 * @property {'waiting' | 'refused' | 'unsure'} state unsure: it may have been sent, and be gone (`expired`). Ask its author
 * @property {string} [reason] the type of the problem; `internal` where the server has failed ten times
 * @property {number} writtenAt milliseconds since 1970, as the server counts them
 */

/**
 * The messages that are not sent yet. What is added is stored first, and survives the tab. Of all tabs one sends: in order for
 * each conversation, each message until the server has answered it, and none twice.
 */
export class Outbox {
  #database;
  #http;
  #clock;
  #tabs;
  #tell;
  #stopping = new AbortController();
  #poke = new AbortController();
  /** By their conversations: what is being sent, by promises that end with it. */
  #sending = new Map();
  /** How often the server has failed, by the numbers of messages. */
  #internalErrors = new Map();
  #channel;

  /**
   * @param {import('./database.js').Database} database
   * @param {import('./http.js').Http} http
   * @param {import('./time.js').ServerClock} clock
   * @param {import('./tabs.js').Tabs} tabs
   * @param {string} userId
   * @param {(news: {sent?: any, number?: number}) => void} tell something has changed: in any tab
   */
  constructor(database, http, clock, tabs, userId, tell) {
    this.#database = database;
    this.#channel = 'outbox ' + userId;
    this.#http = http;
    this.#clock = clock;
    this.#tabs = tabs;
    this.#tell = tell;
    tabs.on(this.#channel, news => this.#hear(news));
  }

  /** Begins to send, as soon as no other tab does. */
  start() {
    this.#tabs.alone(this.#channel, () => this.#lead(), this.#stopping.signal).catch(error => {
      if (!this.#stopping.signal.aborted) {
        throw error;
      }
    });
  }

  stop() {
    this.#stopping.abort();
    this.#goOn();
  }

  /** @returns {Promise<Item[]>} */
  items() {
    return this.#database.outbox();
  }

  /**
   * @param {{to?: string, conversationId?: string, content: string, contentType?: string, replyTo?: string}} message
   * @returns {Promise<Item>} when it is stored
   */
  async add(message) {
    const item = { ...message, state: /** @type {const} */ ('waiting'), writtenAt: this.#clock.now() };
    const number = await this.#database.add(item);
    this.#changed({});
    return { ...item, number };
  }

  /** Tries a refused one again. An unsure one gets another id: its author wants it, though it may be there twice. */
  async retry(/** @type {Item} */ item) {
    const { reason: _, ...again } = item;
    if (item.state === 'unsure') {
      delete again.clientId;
    }
    await this.#database.replace({ ...again, state: 'waiting' });
    this.#changed({});
  }

  /** Takes back one that waits, or drops one that was refused. What is on its way just now may still arrive. */
  async discard(/** @type {Item} */ item) {
    await this.#database.remove(item.number);
    this.#changed({});
  }

  /** Ends all waits, also in the tab that sends: the line may be back. A tab in the background would wait long. */
  hurry() {
    this.#tabs.tell(this.#channel);
    this.#goOn();
  }

  #goOn() {
    this.#poke.abort();
    this.#poke = new AbortController();
  }

  #changed(news) {
    this.#tabs.tell(this.#channel, news);
    this.#hear(news);
  }

  #hear(news) {
    // Afterwards somebody else may be logged in, whom it does not concern.
    if (!this.#stopping.signal.aborted) {
      this.#tell(news);
      this.#goOn();
    }
  }

  async #lead() {
    while (!this.#stopping.signal.aborted) {
      const poked = this.#poke.signal;
      // Where the browser's store fails the messages are still there, and the next round tries again.
      for (const item of await this.#waiting().catch(() => [])) {
        const target = targetOf(item);
        if (!this.#sending.has(target)) {
          this.#sending.set(target, this.#sendAll(target).catch(() => {}).finally(() => this.#sending.delete(target)));
        }
      }
      await pause(60_000, poked);
    }
    await Promise.all(this.#sending.values()); // before another tab begins: it would mint another id for the same message
  }

  async #waiting() {
    return (await this.items()).filter(item => item.state === 'waiting');
  }

  /** One conversation's, one after the other. */
  async #sendAll(target) {
    for (let failures = 0; !this.#stopping.signal.aborted;) {
      const poked = this.#poke.signal;
      const item = (await this.#waiting()).find(each => targetOf(each) === target);
      if (item === undefined) {
        return;
      }
      const { wait, asked } = await this.#attempt(item, failures);
      failures = wait === 0 ? 0 : failures + 1;
      if (wait > 0) {
        await pause(wait, asked ? this.#stopping.signal : poked); // what the server asks for is not cut short
      }
    }
  }

  /**
   * @returns {Promise<{wait: number, asked?: boolean}>} milliseconds to wait before it is tried again, 0 where it is dealt with; and
   *   whether the server asks for that, or has failed
   */
  async #attempt(item, failures) {
    if (item.clientId === undefined) {
      item = { ...item, clientId: this.#clock.mint() };
      if (!await this.#database.replace(item)) {
        return { wait: 0 }; // it was discarded
      }
    }
    if (this.#stopping.signal.aborted) {
      return { wait: 0 }; // the session that would send it now may be somebody else's
    }
    const { number, to, conversationId, content, contentType, replyTo, clientId } = item;
    try {
      const message = await this.#http.call('POST', '/v1/send',
        { once: true, body: { to, conversationId, content, contentType, replyTo, clientId } });
      const changed = message?.version > 1; // by its author, on another device, after an earlier attempt has stored it
      if (message?.content !== content && !changed || millis(message?.id) !== millis(clientId)) {
        return { wait: backoff(failures) }; // a proxy has answered with what another request was answered
      }
      await this.#database.remove(number);
      this.#changed({ number, sent: message });
      return { wait: 0 };
    } catch (error) {
      if (!(error instanceof KnatterError)) {
        throw error;
      }
      return this.#failed(item, error, failures);
    }
  }

  async #failed(item, error, failures) {
    if (error.type === 'stale-client-id' && error.problem.clientId) {
      // It was not sent under the old id and never will be: that is the one case in which another id is safe.
      this.#clock.adopt(error.problem.clientId);
      await this.#database.replace({ ...item, clientId: error.problem.clientId });
      return { wait: 1 };
    }
    const internal = error.type === 'internal';
    if (internal ? this.#failsAgain(item.number) : error.passing || error.status === 401) {
      // The server has answered: a line that is back is no reason to ask sooner.
      return error.retryAfterMillis > 0 ? { wait: error.retryAfterMillis, asked: true }
        : { wait: backoff(failures), asked: internal };
    }
    const state = error.type === 'expired' ? 'unsure' : 'refused';
    await this.#database.replace({ ...item, state, reason: error.type });
    this.#changed({});
    return { wait: 0 };
  }

  /** Counts an internal error. Returns whether the message is tried once more without its author. */
  #failsAgain(number) {
    const errors = (this.#internalErrors.get(number) ?? 0) + 1;
    if (errors < INTERNAL_ERRORS) {
      this.#internalErrors.set(number, errors);
      return true;
    }
    this.#internalErrors.delete(number);
    return false;
  }
}

/** The time in a UUID of version 7, as text. */
function millis(/** @type {string} */ id) {
  return String(id).slice(0, 13);
}

function targetOf(item) {
  return item.conversationId ?? '@' + item.to;
}
