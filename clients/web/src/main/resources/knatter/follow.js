// @ts-check
import { KnatterError } from './errors.js';
import { Gaps } from './gaps.js';
import { poll } from './poll.js';
import { events } from './sse.js';
import { backoff, pause } from './time.js';
import { websocket } from './websocket.js';

/** The ways to the server, the best first. */
const WAYS = [websocket, events, poll];
const FAILURES_OF_A_WAY = 2;
/** How long a lesser way is used before the best one is tried again: twice as long after each attempt that fails, and an hour at most. */
const LESSER = 5 * 60_000;
const LONGEST_LESSER = 60 * 60_000;
/** How long a connection must have been open to count as one that works. */
const LIVED = 10_000;
/** How often a client that is looked at asks whether it has missed something. */
const SYNC_EVERY = 60_000;
/** In a large group, the inbox has a message some seconds after it was told: what a gap asks for is read once more after that. */
const ENTERED = 5000;

/**
 * Follows all that a user receives and sends, from a cursor of the inbox on, until it is closed: by WebSocket, else by server-sent
 * events, else by long polls. After each broken connection it goes on at the last cursor, so there are no gaps. Something may come
 * twice: keep of each message the highest version.
 *
 * The listener gets the frames of docs/asyncapi.yaml, and `{type: 'state', state}`: `connecting`, `live` (all that came
 * before has been told) or `offline`. `{type: 'refresh'}` says that hints may have been lost: read the list of conversations anew. Where
 * no hints come it is told now and then. With `lost: true`, the cursor of this moment is the first one, because there was none, or one
 * of another installation or key: read everything anew, for what was read before may lack what came just before this moment.
 */
export class Follower {
  /** @type {string | undefined} */
  #cursor;
  #listener;
  #closing = new AbortController();
  #hurry = new AbortController();
  #gaps = new Gaps();
  #late;
  #onceMore;
  #way = 0;
  /** Whether the best way is tried again while a lesser one works. */
  #probing = false;
  #lesser = LESSER;
  #lesserUntil = 0;
  #state = '';
  #connection = null;
  #timer;
  #wake = () => this.#look();

  /**
   * @param {import('./http.js').Http} http
   * @param {import('./time.js').ServerClock} clock
   * @param {string | undefined} cursor undefined for the present
   * @param {(frame: any) => void} listener
   * @param {(erased: boolean) => void} ended the session has ended; whether because there is no account any more
   */
  constructor(http, clock, cursor, listener, ended) {
    this.http = http;
    this.clock = clock;
    this.#cursor = cursor;
    this.#listener = listener;
    this.ended = ended;
    this.#timer = setInterval(() => visible() && this.#connection?.sync(), SYNC_EVERY);
    addEventListener('online', this.#wake);
    document.addEventListener('visibilitychange', this.#wake);
    this.#run();
  }

  /** The cursor to go on from another time. */
  get cursor() {
    return this.#cursor;
  }

  get state() {
    return this.#state;
  }

  /** For the ways: is aborted when this is closed, which ends their connections. */
  get signal() {
    return this.#closing.signal;
  }

  /**
   * Sends a frame where the way can.
   *
   * @param {object} frame
   * @returns {boolean} whether it was sent
   */
  send(frame) {
    return this.#connection?.send(frame) ?? false;
  }

  close() {
    this.#closing.abort();
    this.#hurry.abort();
    clearInterval(this.#timer);
    clearTimeout(this.#late);
    clearTimeout(this.#onceMore);
    removeEventListener('online', this.#wake);
    document.removeEventListener('visibilitychange', this.#wake);
  }

  /** Somebody looks, or the line is back: a connection that only seems to live is found by asking. */
  #look() {
    if (visible()) {
      this.#connection?.sync();
      this.hurry();
    }
  }

  /** Ends the wait before the next attempt: the line may be back. */
  hurry() {
    this.#hurry.abort();
    this.#hurry = new AbortController();
  }

  async #run() {
    this.#become('connecting');
    for (let failures = 0; !this.signal.aborted;) {
      if (this.shouldRise) {
        this.#way = 0;
        this.#probing = true;
      }
      const hurry = this.#hurry.signal;
      let wait = 0;
      let opened = Infinity;
      let reached = true;
      try {
        wait = await WAYS[this.#way](this, connection => {
          this.#connection = connection;
          opened = Date.now();
          if (this.#way === 0) {
            this.#probing = false;
            this.#lesser = LESSER;
          }
        });
      } catch (error) {
        if (this.signal.aborted) {
          return;
        }
        reached = this.#failed(error, failures);
        wait = error instanceof KnatterError ? error.retryAfterMillis : 0;
      }
      this.#connection = null;
      if (this.signal.aborted) {
        return;
      }
      failures = Date.now() > opened + LIVED ? 0 : failures + 1;
      this.#become(reached ? 'connecting' : 'offline');
      await pause(wait + backoff(failures), hurry);
    }
  }

  /** @returns whether the server was reached */
  #failed(error, failures) {
    if (error instanceof KnatterError && error.type === 'unauthenticated') {
      this.ended(false);
      return true;
    }
    if (!(error instanceof KnatterError)) {
      console.warn('Knatter could not follow:', error);
    }
    const unknown = error instanceof KnatterError && (error.status === 404 || error.status === 405);
    const reached = !(error instanceof KnatterError) || error.status > 0;
    if (unknown || reached && (this.#probing || failures + 1 >= FAILURES_OF_A_WAY)) {
      if (this.#probing) {
        this.#probing = false;
        this.#lesser = Math.min(2 * this.#lesser, LONGEST_LESSER);
      }
      this.#way = unknown ? WAYS.length - 1 : Math.min(this.#way + 1, WAYS.length - 1);
      this.#lesserUntil = Date.now() + this.#lesser;
    }
    return reached;
  }

  #become(state) {
    if (state !== this.#state) {
      this.#state = state;
      this.#listener({ type: 'state', state });
    }
  }

  /** For the ways: all that came before has been told. */
  live() {
    this.#become('live');
  }

  /** For the ways: whether a lesser one has been used for long enough. */
  get shouldRise() {
    return this.#way > 0 && Date.now() > this.#lesserUntil;
  }

  /** For the ways: a frame has come. */
  frame(frame) {
    this.#gaps.heard(frame);
    if (frame.type === 'hello') {
      this.clock.observe(frame.serverTime);
    }
    // Frames that nobody has read from the inbox have no cursor: those before them may have been lost.
    const lost = frame.cursor !== undefined && this.#cursor === undefined;
    this.#cursor = frame.cursor ?? this.#cursor;
    this.#listener(frame);
    if (lost) {
      this.#listener({ type: 'refresh', lost });
    }
    this.#readMissing();
  }

  /** Reads what is missing when it is time, now or later. */
  #readMissing() {
    clearTimeout(this.#late);
    if (this.#gaps.areDue()) {
      this.#listener({ type: 'refresh' });
      this.#connection?.sync();
      clearTimeout(this.#onceMore);
      this.#onceMore = setTimeout(() => this.#connection?.sync(), ENTERED);
    } else if (this.#gaps.wait !== undefined && !this.signal.aborted) {
      this.#late = setTimeout(() => this.#readMissing(), this.#gaps.wait);
    }
  }

  /** For the ways: the server ends the connection. Returns the milliseconds to wait before the next one. */
  bye(frame) {
    if (frame.reason === 'revoked' || frame.reason === 'erased') {
      this.ended(frame.reason === 'erased');
    }
    return frame.afterMillis ?? (frame.reason === 'too-many' ? 60_000 : 0);
  }

  /** For the ways: the server does not know the cursor. When there is another one, everything is to be read anew. */
  forget() {
    this.#cursor = undefined;
  }

  /** For the ways: goes on by one request, from the last cursor. */
  async catchUp(query = '') {
    const page = await this.http.call('GET',
      `/v1/messages?after=${await this.#needCursor()}&limit=100${query}`, { signal: this.signal })
      .catch(error => {
        if (error.type === 'invalid-request') {
          this.forget();
        }
        throw error;
      });
    for (const message of page.messages) {
      const type = message.deletedAt ? 'deleted' : message.editedAt ? 'edited' : 'message';
      this.#listener({ type, message });
    }
    this.#cursor = page.next;
    this.#listener({ type: 'sync', cursor: page.next, more: page.messages.length > 0 });
    return page.messages.length;
  }

  async #needCursor() {
    if (this.#cursor === undefined) {
      const page = await this.http.call('GET', '/v1/messages?limit=1', { signal: this.signal });
      this.frame({ type: 'sync', cursor: page.previous, more: false });
    }
    return this.#cursor;
  }
}

function visible() {
  return document.visibilityState === 'visible';
}
