// @ts-check
import { Api } from './api.js';
import { Database } from './database.js';
import { Departure } from './departure.js';
import { KnatterError } from './errors.js';
import { Follower } from './follow.js';
import { Http } from './http.js';
import { signedIn, signIn } from './oidc.js';
import { Outbox } from './outbox.js';
import { Session } from './session.js';
import { Tabs } from './tabs.js';
import { ServerClock } from './time.js';

export { KnatterError, signIn };

/**
 * The paths of the functions that an app needs first, for a user who comes back. Others need the login in place of the first. Each
 * further one would slow down their start.
 */
const FIRST_NEEDED = ['/v1/refresh', '/v1/conversations', '/v1/messages', '/v1/stream/ticket'];
/** A function that was asked is not asked again within this time, in milliseconds: it is awake, or is being started. */
const AWAKE_FOR = 30_000;

/**
 * The client library for browsers. An instance is for one user at a time: log in, or resume the session of before; then send
 * (`outbox`), ask (`api`) and `follow`.
 *
 * It tells by events: `session`, when somebody has logged in or the session has ended (see `user`); `outbox`, when a message has
 * been written, sent or refused, in any tab; its `detail` then has the `number` of the message and, where it was `sent`, the
 * message as the server has stored it.
 */
export class Knatter extends EventTarget {
  #cookie;
  #tabs;
  #memory;
  #departure;
  #signOut = async () => {};
  #followers = new Set();
  /** @type {Map<string, number>} when the function of a path was woken */
  #woken = new Map();

  /**
   * @param {{url?: string, cookie?: boolean}} [options] url: the installation, empty for the page's own origin; cookie: whether a
   *   cookie that no script can read holds the refresh token, which only pages of the installation's own origin may use
   */
  constructor(options = {}) {
    super();
    const url = options.url ?? '';
    this.#cookie = options.cookie ?? url === '';
    this.#memory = 'knatter ' + (url || location.origin);
    this.#tabs = new Tabs(this.#memory);
    this.clock = new ServerClock();
    this.http = new Http(url, this.clock);
    this.api = new Api(this.http);
    this.#departure = new Departure(this.http, this.#tabs, this.#memory);
    /** @type {{userId: string, username: string, outside: boolean} | null} */
    this.user = null;
    /** @type {Database | null} */
    this.database = null;
    /** @type {Outbox | null} */
    this.outbox = null;
    addEventListener('online', () => {
      this.outbox?.hurry();
      this.#departure.end();
    });
    this.http.onBack = () => {
      this.outbox?.hurry();
      this.#followers.forEach(follower => follower.hurry());
    };
  }

  /**
   * Starts the functions that will be needed next, all at once, so that a user waits for the slowest one, and not for all in turn.
   *
   * @param {string[]} [paths] one of each function; by default those that the first screen needs, with the login where nobody can
   *   be resumed
   */
  wake(paths = this.#firstNeeded()) {
    const now = performance.now();
    for (const path of paths.filter(each => !(now - this.#woken.get(each) < AWAKE_FOR))) {
      this.#woken.set(path, now);
      fetch(this.http.url + path, { method: 'OPTIONS', credentials: 'omit' }).catch(() => {});
    }
  }

  #firstNeeded() {
    return this.#cookie && this.#remembered() !== null ? FIRST_NEEDED : ['/v1/login', ...FIRST_NEEDED.slice(1)];
  }

  /** Who has logged in last, in any tab. */
  #remembered() {
    return JSON.parse(localStorage.getItem(this.#memory) ?? 'null');
  }

  /**
   * @param {{username: string, password: string, displayName?: string, phoneNumber?: string}} account
   */
  async register(account) {
    await this.http.call('POST', '/v1/register', { open: true, once: true, body: account });
  }

  /**
   * @param {string} username
   * @param {string} password
   * @param {{name?: string}} [device]
   */
  async login(username, password, device = undefined) {
    const body = { username, password, device, ...(this.#cookie ? { cookie: true } : {}) };
    const login = () => this.http.call('POST', '/v1/login', { open: true, body });
    const tokens = await (this.#cookie ? this.#departure.login(login) : login());
    await this.#begin(tokens.userId, username.toLowerCase(), this.#renewal(tokens.refreshToken), tokens, false);
  }

  /**
   * Goes on with the session of before, also while there is no connection.
   *
   * @param {import('./oidc.js').Issuer | null} [issuer] where people can also log in; its answer may be in the page's address
   * @returns {Promise<boolean>} whether there is one; if not, ask the user to log in
   */
  async resume(issuer = null) {
    this.#departure.end();
    const outside = issuer === null ? null : await signedIn(issuer);
    if (outside !== null) {
      await this.#beginOutside(outside);
      return true;
    }
    const before = this.#remembered();
    if (before === null) {
      return false;
    }
    if (before.outside) {
      // Tokens of the issuer are in memory only. It knows who has logged in, and gives others, if it was not asked just now.
      if (issuer !== null && !before.asked) {
        await signIn(issuer, /* silent= */ true); // throws without a connection, and is tried again with the next load
        localStorage.setItem(this.#memory, JSON.stringify({ ...before, asked: true }));
      } else {
        localStorage.removeItem(this.#memory);
        await new Database(this.#memory + ' ' + before.userId).forgetKept(); // as where any session has ended
      }
      return false;
    }
    if (!this.#cookie) {
      return false;
    }
    await this.#begin(before.userId, before.username, this.#renewal(undefined), null, false);
    return true;
  }

  /** Ends the session, and forgets what this browser has kept of the user. Messages that are not sent yet are lost. */
  async logout(everywhere = false) {
    const { session } = this.http;
    const { database } = this; // also where the session turns out to have ended
    // The answer takes the cookie away. Of somebody who has logged in in another tab meanwhile it must not.
    const cookie = this.#cookie && this.#remembered()?.userId === this.user?.userId;
    try {
      await this.http.call('POST', '/v1/logout', { body: { everywhere, ...(cookie ? { cookie } : {}) } });
    } catch (error) {
      // A session that has ended needs no logout.
      if (!(error instanceof KnatterError) || error.status !== 401) {
        throw error;
      }
    }
    await this.#leave(session, database);
  }

  /**
   * Leaves this browser while there is no connection: forgets what it has kept of the user, as a logout does. The session ends as
   * soon as this page has a connection, also when it is loaded another time.
   */
  async leave() {
    const { session } = this.http;
    const { database } = this;
    if (this.#cookie && this.user?.outside === false) {
      this.#departure.begin(this.user.userId);
    }
    session?.endEverywhere();
    await database?.destroy();
  }

  /** Erases the account, and what this browser has kept of it. There is no way back. */
  async erase(password = undefined) {
    const { session } = this.http;
    const { database } = this; // the stream may tell of the end before this answer comes
    await this.api.erase(password);
    await this.#leave(session, database);
  }

  async #leave(session, database) {
    await this.#signOut();
    session?.endEverywhere();
    await database?.destroy();
  }

  /**
   * Follows the inbox from a cursor on; see Follower.
   *
   * @param {string | undefined} cursor
   * @param {(frame: any) => void} listener
   * @returns {Follower}
   */
  follow(cursor, listener) {
    const { session } = this.http; // not that of somebody who logs in later
    const { database } = this;
    const follower = new Follower(this.http, this.clock, cursor, frame => {
      if (frame.type === 'state' && frame.state === 'live') {
        this.outbox?.hurry();
      }
      listener(frame);
    }, erased => {
      session?.end();
      if (erased) {
        database?.destroy().catch(() => {}); // what no other tab has deleted
      }
    });
    this.#followers.add(follower);
    return follower;
  }

  #renewal(refreshToken) {
    let token = refreshToken;
    return async () => {
      const tokens = await this.http.call('POST', '/v1/refresh',
        { open: true, keepalive: true, body: this.#cookie ? { cookie: true } : { refreshToken: token } });
      token = tokens.refreshToken;
      return tokens;
    };
  }

  async #beginOutside(outside) {
    const session = new Session('', outside.renew, this.#tabs, () => {});
    session.use(outside);
    this.http.session = session;
    const me = await this.api.me();
    await this.#begin(me.userId, me.username, outside.renew, outside, true);
    this.#signOut = outside.out;
  }

  async #begin(userId, username, renewal, tokens, outside) {
    // Without the cookie each tab has a session of its own, and must not take tokens of another tab's.
    const tabs = this.#cookie || outside ? this.#tabs : new Tabs(this.#memory + ' ' + crypto.randomUUID());
    const session = new Session(userId, renewal, tabs, () => this.#over());
    if (tokens !== null) {
      session.use(tokens);
    }
    this.http.session = session;
    this.user = { userId, username, outside };
    this.database = new Database(this.#memory + ' ' + userId);
    this.outbox = new Outbox(this.database, this.http, this.clock, this.#tabs, userId,
      news => this.dispatchEvent(new CustomEvent('outbox', { detail: news })));
    this.outbox.start();
    // Says who was logged in. It is no secret, and lets nobody in.
    localStorage.setItem(this.#memory, JSON.stringify(this.user));
    this.dispatchEvent(new Event('session'));
  }

  #over() {
    // Somebody else may have logged in in another tab meanwhile.
    if (this.#remembered()?.userId === this.user?.userId) {
      localStorage.removeItem(this.#memory);
    }
    this.#followers.forEach(follower => follower.close());
    this.#followers.clear();
    this.outbox?.stop();
    // Somebody may have ended the session from elsewhere because others can get at this browser. What waits in the outbox stays:
    // only its author can log in to send it.
    this.database?.forgetKept().catch(() => {});
    this.user = null;
    this.outbox = null;
    this.database = null;
    this.http.session = null;
    this.dispatchEvent(new Event('session'));
  }
}
