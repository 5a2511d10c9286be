/** How many messages of a conversation stay known while it is not open, and are kept in the browser. */
const KEPT = 100;
const DAY = 86_400_000;

/** Whether the server still has a message where messages live for so many days; undefined: for ever. */
export function lives(message, days) {
  return days === undefined || Date.parse(message.sentAt) > Date.now() - days * DAY;
}

/** The messages of one conversation as far as they are known: an unbroken row up to the newest. */
export class Timeline {
  /** Sorted by their ids, which is their order. */
  messages = [];
  /** The cursor of the messages before; undefined where there are none, or before the newest page is read. */
  before = undefined;
  /** Whether its newest page was read since the page was opened. */
  loaded = false;
  #reads = 0;
  /** The states of messages that were heard of while a page was being read. */
  #heard = new Map();

  /** The server has told of a message. */
  hear(message) {
    if (this.#reads > 0 && !(this.#heard.get(message.id)?.version > message.version)) {
      this.#heard.set(message.id, message);
    }
    this.#merge(message);
    if (!this.loaded && this.messages.length > KEPT) {
      this.messages.shift();
    }
  }

  /** @param {() => Promise<{messages: object[], next?: string}>} ask for the newest page */
  readNewest(ask) {
    return this.#read(ask, page => {
      // What is older than the page is read again when somebody scrolls there: some of it may be gone by now.
      const oldest = page.messages.at(-1)?.id;
      this.messages = this.messages.filter(message => oldest !== undefined && message.id > oldest);
      this.before = undefined; // that of the older ones
      page.messages.forEach(message => this.#merge(message));
      this.before = page.next;
      this.loaded = true;
    });
  }

  /** @param {(before: string) => Promise<{messages: object[], next?: string}>} ask for the page before */
  readOlder(ask) {
    const before = this.before;
    return this.#read(() => ask(before), page => {
      if (this.before === before) { // else the newest page was read anew meanwhile
        this.before = undefined; // the page is beyond what is known
        page.messages.forEach(message => this.#merge(message));
        this.before = page.next;
      }
    });
  }

  /** Takes a page, and then again what was heard of since it was asked for: the page may be older. */
  async #read(ask, take) {
    this.#reads++;
    try {
      take(await ask());
      this.#heard.forEach(message => this.#merge(message));
    } finally {
      this.#reads--;
      if (this.#reads === 0) {
        this.#heard.clear();
      }
    }
  }

  /** A state of a message: the one with the highest version counts, and of two with the same the one that came last. */
  #merge(message) {
    if (this.before !== undefined && this.messages.length > 0 && message.id < this.messages[0].id) {
      return; // between it and the others some are not known; its own page will hold it
    }
    const at = this.#position(message.id);
    const known = this.messages[at];
    if (known?.id !== message.id) {
      this.messages.splice(at, 0, message);
    } else if (message.version >= known.version) {
      this.messages[at] = message;
    }
  }

  /** Some changes may be missing: its newest page is to be read again. */
  doubt() {
    this.loaded = false;
  }

  /** Forgets all but the newest ones. The rest is read again when somebody opens it. */
  trim() {
    if (this.messages.length > KEPT && this.#reads === 0) {
      this.messages = this.messages.slice(-KEPT);
      this.before = undefined;
      this.loaded = false;
    }
  }

  find(id) {
    const found = this.messages[this.#position(id)];
    return found?.id === id ? found : undefined;
  }

  /**
   * What is kept in the browser: the newest ones only.
   *
   * @param {number | undefined} days how long messages live there
   */
  kept(days) {
    return this.messages.slice(-KEPT).filter(message => lives(message, days));
  }

  static of(messages) {
    const timeline = new Timeline();
    timeline.messages = messages;
    return timeline;
  }

  #position(id) {
    let low = 0;
    let high = this.messages.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.messages[middle].id < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
