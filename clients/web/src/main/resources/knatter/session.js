// @ts-check
import { KnatterError } from './errors.js';

/** How long before its end a token is renewed: of one that lives for a minute only, half of that. */
const EARLY = 60_000;

/**
 * A session and its access token, which is in memory only. Of all requests and tabs one renews it, and the others take the token
 * that it gets.
 */
export class Session {
  #renewal;
  #tabs;
  #ended;
  #token = '';
  #expiresAt = 0;
  #renewAt = 0;
  #renewing = null;
  #over = false;

  /**
   * @param {string} userId
   * @param {() => Promise<{accessToken: string, expiresIn: number, userId?: string}>} renewal asks for the next token; throws a
   *   KnatterError, of status 401 where the session has ended
   * @param {import('./tabs.js').Tabs} tabs
   * @param {() => void} ended is called once
   */
  constructor(userId, renewal, tabs, ended) {
    this.userId = userId;
    this.#renewal = renewal;
    this.#tabs = tabs;
    this.#ended = ended;
    tabs.on('token', news => {
      if (news.userId === userId && news.expiresAt > this.#expiresAt) {
        this.#take(news.token, news.expiresAt, news.renewAt);
      }
    });
    tabs.on('over', news => news.userId === userId && this.end());
  }

  /** @param {{accessToken: string, expiresIn: number}} tokens */
  use(tokens) {
    const lifetime = tokens.expiresIn * 1000;
    const expiresAt = Date.now() + lifetime;
    this.#take(tokens.accessToken, expiresAt, expiresAt - Math.min(EARLY, lifetime / 2));
    this.#tabs.tell('token', { userId: this.userId, token: this.#token, expiresAt: this.#expiresAt,
      renewAt: this.#renewAt });
  }

  #take(token, expiresAt, renewAt) {
    this.#token = token;
    this.#expiresAt = expiresAt;
    this.#renewAt = renewAt;
  }

  /** @returns {Promise<string>} a token that is good for another minute, say */
  async token() {
    if (Date.now() > this.#renewAt) {
      await this.renew(this.#token);
    }
    return this.#token;
  }

  /** Gets another token than this one, which is refused or will soon be. */
  renew(/** @type {string} */ refused) {
    if (this.#over) {
      return Promise.reject(new KnatterError('unauthenticated', 401));
    }
    this.#renewing ??= this.#tabs.alone('renewal', () => this.#renew(refused)).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #renew(refused) {
    if (this.#token !== refused && Date.now() < this.#renewAt) {
      return; // another tab was first
    }
    try {
      const tokens = await this.#renewal();
      // Somebody else may have logged in in another tab: the cookie is theirs.
      if (tokens.userId !== undefined && tokens.userId !== this.userId) {
        throw new KnatterError('unauthenticated', 401);
      }
      this.use(tokens);
    } catch (error) {
      if (error instanceof KnatterError && error.type === 'unauthenticated') {
        this.end();
      }
      if (error instanceof KnatterError && error.type === 'internal') {
        // It says nothing about the request that needs the token, which may well be good.
        throw new KnatterError('unavailable', error.status, error.problem, error.retryAfterMillis);
      }
      throw error;
    }
  }

  /** Ends it in this tab. The server has ended it, or is about to. */
  end() {
    if (!this.#over) {
      this.#over = true;
      this.#take('', 0, 0);
      this.#ended();
    }
  }

  /** Ends it in all tabs. */
  endEverywhere() {
    this.#tabs.tell('over', { userId: this.userId });
    this.end();
  }
}
