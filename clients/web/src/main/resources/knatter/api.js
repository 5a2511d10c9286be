// @ts-check
import { KnatterError } from './errors.js';

const text = encodeURIComponent;

/** A query of those parameters that have a value. */
function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return given.length > 0 ? '?' + new URLSearchParams(given.map(([name, value]) => [name, String(value)])) : '';
}

/**
 * The operations of docs/openapi.yaml, by what they do. Each returns the body of the answer, or nothing, and throws a KnatterError.
 * Messages are sent by the outbox.
 */
export class Api {
  #http;

  /** @param {import('./http.js').Http} http */
  constructor(http) {
    this.#http = http;
  }

  messages(parameters) {
    return this.#http.call('GET', '/v1/messages' + query(parameters));
  }

  edit(conversationId, id, content) {
    return this.#http.call('POST', '/v1/edit', { body: { conversationId, id, content } });
  }

  delete(conversationId, id) {
    return this.#http.call('POST', '/v1/delete', { body: { conversationId, id } });
  }

  react(conversationId, id, emoji, remove = false) {
    return this.#http.call('POST', '/v1/react', { body: { conversationId, id, emoji, remove } });
  }

  read(conversationId, upTo) {
    return this.#http.call('POST', '/v1/read', { body: { conversationId, upTo } });
  }

  conversations(parameters = {}) {
    return this.#http.call('GET', '/v1/conversations' + query(parameters));
  }

  conversation(id) {
    return this.#http.call('GET', '/v1/conversations/' + id);
  }

  createGroup(group) {
    return this.#change('POST', '/v1/conversations', group);
  }

  changeGroup(id, change) {
    return this.#change('PATCH', '/v1/conversations/' + id, change);
  }

  deleteGroup(id) {
    return this.#change('DELETE', '/v1/conversations/' + id);
  }

  members(id, parameters = {}) {
    return this.#http.call('GET', `/v1/conversations/${id}/members` + query(parameters));
  }

  addMembers(id, usernames) {
    return this.#change('POST', `/v1/conversations/${id}/members`, { usernames });
  }

  changeRole(id, username, role) {
    return this.#change('PATCH', `/v1/conversations/${id}/members/${text(username)}`, { role });
  }

  /** Also for leaving, under one's own name. */
  removeMember(id, username) {
    return this.#change('DELETE', `/v1/conversations/${id}/members/${text(username)}`);
  }

  mute(id, muted) {
    return this.#http.call(muted ? 'PUT' : 'DELETE', `/v1/conversations/${id}/mute`);
  }

  receipts(id) {
    return this.#http.call('GET', `/v1/conversations/${id}/receipts`);
  }

  user(username) {
    return this.#http.call('GET', '/v1/users/' + text(username));
  }

  userByPhone(phoneNumber) {
    return this.#http.call('POST', '/v1/users/lookup', { body: { phoneNumber } });
  }

  me() {
    return this.#http.call('GET', '/v1/me');
  }

  changeMe(change) {
    return this.#http.call('PATCH', '/v1/me', { body: change });
  }

  changePassword(current, next) {
    return this.#http.call('PUT', '/v1/me/password', { body: { current, new: next } });
  }

  /** There is no way back. */
  erase(password) {
    return this.#http.call('POST', '/v1/me/erase', { body: password === undefined ? {} : { password } });
  }

  blocks() {
    return this.#http.call('GET', '/v1/blocks');
  }

  block(username, blocked) {
    return this.#http.call(blocked ? 'PUT' : 'DELETE', '/v1/blocks/' + text(username));
  }

  sessions() {
    return this.#http.call('GET', '/v1/sessions');
  }

  endSession(id) {
    return this.#http.call('DELETE', '/v1/sessions/' + id);
  }

  presence(visible) {
    return this.#http.call('POST', '/v1/presence', { body: { visible } });
  }

  /**
   * Everything that is stored about the user, as lines of JSON. An answer without its `end` was cut: it goes on after the last
   * cursor, until there is one. Some messages may then come again; know them by `id`.
   *
   * @returns {AsyncGenerator<string>}
   */
  async *export() {
    for (let after = undefined, ended = false; !ended;) {
      const response = await this.#http.response('GET', '/v1/me/export' + query({ after }), { stream: true });
      const before = after;
      for await (const line of lines(response.body)) {
        const entry = parsed(line);
        if (entry === undefined) {
          continue;
        }
        yield line + '\n';
        after = entry.type === 'cursor' ? entry.after : after;
        ended ||= entry.type === 'end';
      }
      if (!ended && after === before) {
        throw KnatterError.offline();
      }
    }
  }

  /** The same change, however often its request is sent. */
  #change(method, path, body = undefined) {
    return this.#http.call(method, path, { body, headers: { 'Idempotency-Key': '"' + crypto.randomUUID() + '"' } });
  }
}

/** The lines that have arrived whole. They end where the connection breaks. */
async function* lines(/** @type {ReadableStream<Uint8Array>} */ body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ value: '', done: true }));
      if (done) {
        return;
      }
      const whole = (rest + value).split('\n');
      rest = whole.pop() ?? '';
      yield* whole;
    }
  } finally {
    reader.cancel().catch(() => {}); // nobody reads on
  }
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // of something between that has ended a cut answer in its own way
  }
}
