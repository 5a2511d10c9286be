// @ts-check

const OPENING = 15_000;
const ANSWER = 20_000;

/**
 * Follows by a WebSocket (RFC 6455). Browsers can put no token into its request, so a ticket that is good once opens it.
 *
 * @param {import('./follow.js').Follower} follower
 * @param {(connection: object) => void} opened
 * @returns {Promise<number>} milliseconds to wait before the next connection, when this one has ended
 */
export async function websocket(follower, opened) {
  const { ticket } = await follower.http.call('POST', '/v1/stream/ticket', { signal: follower.signal });
  follower.signal.throwIfAborted();
  const url = new URL(follower.http.url + '/v1/stream', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('ticket', ticket);
  const socket = new WebSocket(url);
  return new Promise((resolve, reject) => new Connection(follower, socket, opened, resolve, reject));
}

class Connection {
  #follower;
  #socket;
  #opened;
  #resolve;
  #reject;
  #greeted = false;
  #wait = 0;
  #watchdog;
  /** Whether a reading goes on, and whether another one must follow it. */
  #syncing = false;
  #again = false;
  #close = () => this.close();

  constructor(follower, socket, opened, resolve, reject) {
    this.#follower = follower;
    this.#socket = socket;
    this.#opened = opened;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#watch(OPENING);
    socket.onmessage = event => this.#heard(JSON.parse(event.data));
    socket.onclose = () => this.#ended();
    follower.signal.addEventListener('abort', this.#close);
  }

  send(frame) {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Reads from the cursor. A reading that goes on may be past the place of what is missing now, so another one follows it. */
  sync() {
    if (this.#syncing) {
      this.#again = true;
    } else {
      this.#ask();
    }
  }

  /** A connection that does not answer is dead. */
  #ask() {
    if (this.send({ type: 'sync', cursor: this.#follower.cursor })) {
      this.#syncing = true;
      this.#watch(ANSWER);
    }
  }

  close() {
    this.#socket.close();
    this.#ended();
  }

  #watch(millis) {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(this.#close, millis);
  }

  #heard(frame) {
    this.#follower.frame(frame);
    switch (frame.type) {
      case 'hello':
        this.#greeted = true;
        this.#opened(this);
        this.sync();
        break;
      case 'sync':
        clearTimeout(this.#watchdog);
        this.#syncing = false;
        if (frame.more || this.#again) {
          this.#again &&= frame.more;
          this.#ask();
        } else {
          this.#follower.live();
        }
        break;
      case 'bye':
        this.#wait = this.#follower.bye(frame);
        this.close();
        break;
      case 'error':
        if (this.#syncing && frame.clientId === undefined && frame.problem.type.endsWith(':invalid-request')
            && this.#follower.cursor !== undefined) {
          this.#follower.forget();
          this.#ask();
        }
        break;
      default: // the follower's
    }
  }

  #ended() {
    clearTimeout(this.#watchdog);
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#follower.signal.removeEventListener('abort', this.#close);
    if (this.#greeted || this.#follower.signal.aborted) {
      this.#resolve(this.#wait);
    } else {
      this.#reject(new Error('The WebSocket was not opened.'));
    }
  }
}
