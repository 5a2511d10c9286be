// @ts-check
import { KnatterError } from './errors.js';
import { backoff, pause } from './time.js';

const TIMEOUT = 40_000;
const ATTEMPTS = 4;
const LONGEST_PAUSE = 10_000;

/**
 * Sends requests. One that may be repeated is tried again where the server says that it cannot answer now: a function that has
 * just been started, say.
 */
export class Http {
  #url;
  #clock;
  #away = false;

  /**
   * @param {string} url of the installation, without a path; empty for the page's own
   * @param {import('./time.js').ServerClock} clock
   */
  constructor(url, clock) {
    this.#url = url;
    this.#clock = clock;
    /** @type {import('./session.js').Session | null} */
    this.session = null;
    /** Is called when an answer comes after a time without. */
    this.onBack = () => {};
  }

  get url() {
    return this.#url;
  }

  /**
   * @param {string} method
   * @param {string} path with its query
   * @param {{body?: object, open?: boolean, once?: boolean, stream?: boolean, keepalive?: boolean, headers?: Record<string, string>,
   *   signal?: AbortSignal}} [options] open: without a token; once: never repeated; stream: the answer may take as long as it likes;
   *   keepalive: it goes on when the page is closed
   * @returns {Promise<any>} the body of a success; undefined where there is none
   * @throws {KnatterError}
   */
  async call(method, path, options = {}) {
    const response = await this.response(method, path, options);
    if (response.status === 204 || response.headers.get('Content-Length') === '0') {
      return undefined;
    }
    const body = await response.json().catch(() => {
      throw KnatterError.offline();
    });
    this.#clock.observe(body.serverTime);
    return body;
  }

  /** The same, with the answer as it comes. */
  async response(method, path, options = {}) {
    // One session from the first attempt to the last: somebody else may log in meanwhile, and this is not theirs to send.
    const session = options.open ? null : this.#session();
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      const token = session === null ? '' : await session.token();
      try {
        return await this.#attempt(method, path, options, token);
      } catch (error) {
        if (!(error instanceof KnatterError)) {
          throw error;
        }
        if (error.type === 'unauthenticated' && session !== null && !renewed) {
          renewed = true;
          await session.renew(token);
        } else {
          await this.#mayRepeat(error, attempt, options);
        }
      }
    }
  }

  async #mayRepeat(error, attempt, options) {
    const wait = error.retryAfterMillis || backoff(attempt);
    if (options.once || !error.passing || error.status === 0 || attempt >= ATTEMPTS || wait > LONGEST_PAUSE) {
      throw error;
    }
    await pause(wait, options.signal);
  }

  async #attempt(method, path, options, token) {
    const headers = { ...options.headers };
    if (token) {
      headers.Authorization = 'Bearer ' + token;
    }
    if (options.body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    const timeout = options.stream ? [] : [AbortSignal.timeout(TIMEOUT)];
    const signals = [...timeout, ...(options.signal ? [options.signal] : [])];
    const asked = Date.now();
    let response;
    try {
      response = await fetch(this.#url + path, {
        method,
        headers,
        body: options.body === undefined ? undefined : JSON.stringify(options.body),
        credentials: 'same-origin',
        cache: 'no-store',
        keepalive: options.keepalive ?? false,
        signal: signals.length > 0 ? AbortSignal.any(signals) : undefined,
      });
    } catch (error) {
      if (options.signal?.aborted) {
        throw error;
      }
      this.#away = true;
      throw KnatterError.offline();
    }
    if (this.#away) {
      this.#away = false;
      this.onBack();
    }
    this.#clock.observeDate(response.headers.get('Date'), asked);
    if (!response.ok) {
      const error = await KnatterError.of(response);
      this.#clock.observe(error.problem.serverTime, asked);
      throw error;
    }
    return response;
  }

  #session() {
    if (this.session === null) {
      throw new KnatterError('unauthenticated', 401);
    }
    return this.session;
  }
}
