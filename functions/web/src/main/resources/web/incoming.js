/** Puts what comes from the server, frame by frame, into what the page shows. */
export class Incoming {
  #username;
  #directory;
  #loader;
  #signals;
  #unsent;
  /** The conversations in which the user has written since the page was opened. */
  #begun = new Set();
  #page;

  /**
   * @param {string} username
   * @param {{directory: import('./directory.js').Directory, loader: import('./loader.js').Loader,
   *   signals: import('./signals.js').Signals, unsent: import('./unsent.js').UnsentMessages}} known
   * @param {{become: (state: string) => void, draw: () => void, attempt: (work: () => any) => Promise<boolean>,
   *   open: () => string | undefined, list: () => Promise<void>, load: (key: string) => Promise<void>,
   *   refresh: (conversationId: string) => Promise<void>, isLookedAt: (key: string) => boolean, present: () => void}} page
   */
  constructor(username, { directory, loader, signals, unsent }, page) {
    this.#username = username;
    this.#directory = directory;
    this.#loader = loader;
    this.#signals = signals;
    this.#unsent = unsent;
    this.#page = page;
  }

  hear(frame) {
    switch (frame.type) {
      case 'state':
        this.#page.become(frame.state);
        if (frame.state === 'live') {
          this.#live();
        }
        break;
      case 'message':
      case 'edited':
      case 'deleted':
      case 'reaction':
        this.message(frame.message);
        break;
      case 'read':
        this.#read(frame);
        break;
      case 'conversation':
        this.#page.attempt(() => this.#page.refresh(frame.conversationId));
        break;
      case 'refresh':
        if (frame.lost) {
          this.#loader.timelines.forEach(timeline => timeline.doubt());
        }
        this.#live();
        break;
      case 'typing':
        this.#typed(frame);
        break;
      case 'presence':
        this.#signals.present(frame);
        break;
      default: // hello, sync, bye: the library's own
    }
    this.#page.draw();
  }

  /** Hints of the time without a connection are lost: the lists are read again, and what could not be read meanwhile. */
  #live() {
    this.#page.present();
    this.#page.attempt(() => this.#page.list());
    const open = this.#page.open();
    if (open !== undefined) {
      this.#page.attempt(() => this.#page.load(open));
    }
  }

  async message(message) {
    const key = this.#directory.keyOfMessage(message);
    const mine = message.sender === this.#username;
    if (mine && this.#unsent.items.length > 0) {
      await this.#unsent.read(); // for the id of an attempt that runs just now
    }
    const timeline = this.#loader.timeline(key);
    const isNew = timeline.find(message.id) === undefined && message.version === 1;
    const before = this.#directory.get(key);
    const unread = isNew && !mine && message.id > (before?.lastMessage?.id ?? '') && !this.#page.isLookedAt(key);
    timeline.hear(message);
    this.#signals.sent(key, message.sender);
    const known = this.#directory.note(key, message, unread);
    if (!known) {
      this.#page.attempt(() => this.#page.refresh(message.conversationId));
    }
    const begun = mine && isNew && !this.#begun.has(key);
    if (begun) {
      this.#begun.add(key);
    }
    if (!known || begun) {
      this.#page.present(); // the other person is told, and tells: only those are told to whom the user has written
    }
    this.#page.draw();
  }

  /** The outbox has changed, and may have sent a message. */
  async sent({ sent }) {
    // What is known already may be newer: somebody may have reacted to it.
    if (sent !== undefined && this.#loader.timeline(this.#directory.keyOfMessage(sent)).find(sent.id) === undefined) {
      await this.message(sent); // takes the message instead of the item, at once
    } else {
      await this.#unsent.read();
    }
    this.#page.draw();
  }

  #read({ conversationId, username, upTo }) {
    const key = this.#directory.keyOfId(conversationId);
    if (key === undefined) {
      return;
    }
    if (username !== this.#username) {
      this.#signals.read(key, username, upTo);
    } else if (upTo >= (this.#directory.get(key).lastMessage?.id ?? '')) {
      this.#directory.change(key, { unread: 0, more: undefined, readUpTo: upTo });
    } else {
      this.#page.attempt(() => this.#page.refresh(conversationId));
    }
  }

  #typed({ conversationId, username }) {
    const key = this.#directory.keyOfId(conversationId);
    if (key !== undefined && username !== this.#username) {
      this.#signals.typed(key, username, () => this.#page.draw());
    }
  }
}
