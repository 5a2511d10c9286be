import { Timeline } from './timeline.js';

const PAGE = 50;

/** Reads conversations, messages and people from the server, into what is known of them. */
export class Loader {
  /** What is known of people, by their usernames: what was kept in the browser, and what the server has said since. */
  people = new Map();
  /** The cursor of more conversations; undefined where there are none. */
  more = undefined;
  #api;
  #directory;
  #signals;
  #timelines = new Map();
  #listed = false;
  /** The names of the people for whom the server was asked. */
  #asked = new Set();

  constructor(api, directory, signals) {
    this.#api = api;
    this.#directory = directory;
    this.#signals = signals;
  }

  get timelines() {
    return this.#timelines;
  }

  /** Takes what was kept in the browser, unless something newer is here already. */
  restore({ timelines, people = [] }) {
    this.#timelines = new Map([...timelines, ...this.#timelines]);
    this.people = new Map([...people, ...this.people]);
  }

  timeline(key) {
    let timeline = this.#timelines.get(key);
    if (timeline === undefined) {
      timeline = new Timeline();
      this.#timelines.set(key, timeline);
    }
    return timeline;
  }

  /** The newest conversations; with `more`, those after the ones that are known. */
  async list(more = undefined) {
    const known = this.#directory.all(); // those that come meanwhile are not missing
    const page = await this.#api.conversations({ limit: PAGE, before: more });
    page.conversations.forEach(conversation => this.#put(conversation));
    if (more === undefined && page.next === undefined) {
      this.#directory.removeMissing(known, page.conversations);
    }
    if (more !== undefined || !this.#listed) {
      this.more = page.next;
    }
    this.#listed = true;
  }

  /** One conversation, which is removed where it is not the user's any more. */
  async conversation(id) {
    try {
      this.#put(await this.#api.conversation(id));
    } catch (error) {
      if (error.status !== 404) {
        throw error;
      }
      const key = this.#directory.keyOfId(id);
      this.#directory.remove(key);
      this.#timelines.delete(key);
    }
  }

  #put(conversation) {
    const keyBefore = this.#directory.put(conversation);
    if (keyBefore !== undefined) {
      this.#timelines.delete(keyBefore); // what somebody has said whose account is erased
    }
  }

  /** The newest messages. */
  async newest(key) {
    const timeline = this.timeline(key);
    if (!timeline.loaded) {
      await timeline.readNewest(() => this.#api.messages({ ...queryOf(key), limit: PAGE }));
    }
  }

  /** The messages before those that are known, if there are any. */
  async older(key) {
    const timeline = this.timeline(key);
    if (timeline.loaded && timeline.before !== undefined) {
      await timeline.readOlder(before => this.#api.messages({ ...queryOf(key), limit: PAGE, before }));
    }
  }

  async receipts(key) {
    const id = this.#directory.get(key)?.conversationId;
    if (id !== undefined) {
      const { receipts } = await this.#api.receipts(id);
      receipts.forEach(receipt => this.#signals.read(key, receipt.username, receipt.upTo));
    }
  }

  async person(key) {
    const name = key.slice(1);
    if (key.startsWith('@') && !this.#asked.has(name)) {
      this.people.set(name, await this.#api.user(name));
      this.#asked.add(name);
    }
  }
}

function queryOf(key) {
  return key.startsWith('@') ? { with: key.slice(1) } : { conversation: key };
}
