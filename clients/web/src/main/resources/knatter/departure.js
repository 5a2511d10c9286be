// @ts-check
import { KnatterError } from './errors.js';

/**
 * Ends a session that somebody has left without a connection, as soon as there is one: only the server can take its cookie away.
 * Until then whoever uses this browser could still have tokens of it.
 */
export class Departure {
  #http;
  #tabs;
  #memory;

  /**
   * @param {import('./http.js').Http} http
   * @param {import('./tabs.js').Tabs} tabs
   * @param {string} memory
   */
  constructor(http, tabs, memory) {
    this.#http = http;
    this.#tabs = tabs;
    this.#memory = memory + ' left';
  }

  /** The session of the cookie is to be ended, if it is still this user's. */
  begin(/** @type {string} */ userId) {
    localStorage.setItem(this.#memory, userId);
  }

  /** Ends the session if one was left. Without a connection it stays for the next attempt. */
  end() {
    return this.#tabs.alone('left', async () => {
      const left = localStorage.getItem(this.#memory);
      if (left === null) {
        return;
      }
      try {
        const { accessToken, userId } = await this.#http.call('POST', '/v1/refresh', { open: true, body: { cookie: true } });
        if (userId === left) { // or somebody else has logged in in another tab, and the cookie is theirs
          await this.#http.call('POST', '/v1/logout', { open: true, body: { everywhere: false, cookie: true },
            headers: { Authorization: 'Bearer ' + accessToken } });
        }
      } catch (error) {
        if (!(error instanceof KnatterError) || error.status !== 401) {
          return;
        }
      }
      localStorage.removeItem(this.#memory);
    });
  }

  /**
   * Logs in, and not while a session is being ended: that would take the new cookie away.
   *
   * @param {() => Promise<any>} login its answer has another cookie
   */
  login(login) {
    return this.#tabs.alone('left', async () => {
      const tokens = await login();
      localStorage.removeItem(this.#memory);
      return tokens;
    });
  }
}
