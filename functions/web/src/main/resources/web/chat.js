import { Directory } from './directory.js';
import { Incoming } from './incoming.js';
import { Keeper, keepable } from './keeper.js';
import { Loader } from './loader.js';
import { Marks } from './marks.js';
import { Signals } from './signals.js';
import { explain, texts } from './texts.js';
import { UnsentMessages } from './unsent.js';

const TYPING_EVERY = 3000;
const PRESENT_EVERY = 2 * 60_000;

/** What the page shows of a user's chat, and what the user does there. The views read it, and draw again when it has changed. */
export class Chat {
  user;
  state = 'connecting';
  open = undefined;
  /** Messages that are not sent yet. */
  unsent;
  notice = '';
  drafts = new Map();
  /** Of groups, as far as they were read. */
  members = new Map();
  #knatter;
  #changed;
  #directory;
  #loader;
  #signals = new Signals();
  #keeper;
  #follower;
  #incoming;
  #marks;
  #typedAt = 0;
  #timer;
  #outbox = event => this.#incoming.sent(event.detail);
  #visibility = () => {
    this.#present();
    this.#keeper.saveNow();
  };
  #closed = false;

  /**
   * @param {import('knatter').Knatter} knatter somebody is logged in
   * @param {() => void} changed draws
   */
  constructor(knatter, changed) {
    this.#knatter = knatter;
    this.#changed = changed;
    this.user = knatter.user;
    this.#directory = new Directory(this.user.username);
    this.#loader = new Loader(knatter.api, this.#directory, this.#signals);
    this.#marks = new Marks(knatter.api, this.user.username);
    this.unsent = new UnsentMessages(knatter, this.#directory, key => this.timeline(key).messages);
    this.#incoming = this.#newIncoming();
    this.#keeper = new Keeper(knatter.database,
      () => ({ ...keepable(this.#directory, this.#loader, this.open), cursor: this.#follower?.cursor }));
    knatter.addEventListener('outbox', this.#outbox);
    document.addEventListener('visibilitychange', this.#visibility);
    this.#timer = setInterval(() => this.#present(), PRESENT_EVERY);
  }

  #newIncoming() {
    const known = { directory: this.#directory, loader: this.#loader, signals: this.#signals, unsent: this.unsent };
    return new Incoming(this.user.username, known, {
      become: state => {
        this.state = state;
      },
      draw: () => this.#draw(),
      attempt: work => this.#inBackground(work),
      open: () => this.open,
      list: () => this.#list(),
      load: key => this.#load(key),
      refresh: conversationId => this.#refresh(conversationId),
      isLookedAt: key => this.#isLookedAt(key),
      present: () => this.#present(),
    });
  }

  /** @param {string | undefined} key of the conversation to open */
  async begin(key) {
    const cursor = await this.#restore().catch(() => this.tell(texts.notRead)); // all of it is read from the server then
    if (this.#closed) {
      return;
    }
    this.#follower = this.#knatter.follow(cursor, frame => this.#incoming.hear(frame));
    if (key !== undefined && this.open === undefined) {
      this.show(key);
    }
    await this.#inBackground(() => this.#list());
  }

  /** Shows what this browser has kept. Returns the cursor to go on from; undefined where nothing was kept. */
  async #restore() {
    const kept = await this.#keeper.read();
    if (kept !== undefined) {
      kept.conversations.forEach(conversation => this.#directory.put(conversation));
      this.#loader.restore(kept);
    }
    await this.unsent.read();
    return kept?.cursor;
  }

  close() {
    this.#closed = true;
    this.#knatter.removeEventListener('outbox', this.#outbox);
    document.removeEventListener('visibilitychange', this.#visibility);
    clearInterval(this.#timer);
    this.#keeper.close();
    this.#follower?.close();
  }

  get api() {
    return this.#knatter.api;
  }

  // What the views show

  /** Also those that begin with a message which is not sent yet. */
  get conversations() {
    return [...this.unsent.begun, ...this.#directory.all()];
  }

  keyOf(conversation) {
    return this.#directory.keyOf(conversation);
  }

  other(conversation) {
    return this.#directory.other(conversation);
  }

  conversation(key) {
    return this.#directory.get(key);
  }

  get moreConversations() {
    return this.#loader.more;
  }

  get people() {
    return this.#loader.people;
  }

  timeline(key) {
    return this.#loader.timeline(key);
  }

  typing(key) {
    return this.#signals.typing(key);
  }

  presence(username) {
    return this.#signals.presence(username);
  }

  /** How many others have read it. */
  readers(key, message) {
    return this.#signals.readers(key, message);
  }

  #list(more = undefined) {
    return this.#reread(() => this.#loader.list(more));
  }

  #refresh(conversationId) {
    return this.#reread(() => this.#loader.conversation(conversationId));
  }

  /** Afterwards the open conversation may be gone, or have another key: that of somebody whose account was erased. */
  async #reread(work) {
    const { open } = this;
    const id = this.conversation(open)?.conversationId;
    await work();
    const key = this.#directory.keyOfId(id);
    if (id !== undefined && key !== open && this.open === open) {
      this.show(key);
    }
  }

  // What the user does

  /** Opens a conversation by its key; undefined closes. */
  show(key) {
    this.open = key;
    const hash = key === undefined ? '' : '#/' + key;
    if (location.hash !== hash) {
      history.pushState(null, '', hash === '' ? location.pathname : hash);
    }
    if (key !== undefined) {
      this.#inBackground(() => this.#load(key));
    }
    this.#draw();
  }

  async #load(key) {
    try {
      await this.#loader.newest(key);
    } catch (error) {
      const known = this.conversation(key);
      if (error.status !== 404 || known === undefined) {
        throw error;
      }
      await this.#refresh(known.conversationId); // says whether it is gone
      return;
    }
    this.#draw();
    await Promise.all([this.#loader.receipts(key), this.#loader.person(key)]);
  }

  /** Reads older messages. Returns whether that worked. */
  older(key) {
    return this.#inBackground(() => this.#loader.older(key));
  }

  moreList() {
    return this.act(() => this.#list(this.moreConversations));
  }

  /** Returns whether the message is stored in this browser, which sends it from then on. */
  async send(key, content, replyTo) {
    try {
      await this.unsent.add(key, content, replyTo);
      return true;
    } catch {
      this.tell(texts.notStored);
      return false;
    }
  }

  /** Does what the user asks for, and says it where that fails. Returns whether it worked. */
  act(work) {
    return this.#run(work, () => true);
  }

  /** The same for what the page does by itself. That there is no connection is in the banner already. */
  #inBackground(work) {
    return this.#run(work, error => error.type !== 'offline' || this.state === 'live');
  }

  async #run(work, isTold) {
    try {
      await work();
      this.#draw();
      return true;
    } catch (error) {
      if (this.#closed || error.status === 401) {
        return false;
      }
      if (error.type === undefined) {
        throw error;
      }
      if (error.status === 404 && this.open?.startsWith('@') && !this.conversation(this.open)) {
        const name = this.open.slice(1);
        if (this.unsent.of(this.open).length === 0) {
          this.show(undefined); // else what was refused can be discarded there
        }
        this.tell(texts.unknownUser(name));
      } else if (isTold(error)) {
        this.tell(explain(error));
      }
      return false;
    }
  }

  edit(message, content) {
    return this.act(async () => this.#incoming.message(await this.api.edit(message.conversationId, message.id, content)));
  }

  react(message, emoji, remove) {
    return this.act(() => this.api.react(message.conversationId, message.id, emoji, remove));
  }

  async changed(conversationId) {
    await this.act(() => this.#refresh(conversationId));
  }

  /** The user types. Others are told now and then, and the function that will send it starts. */
  type(key) {
    this.#knatter.wake(['/v1/send']);
    const conversationId = this.conversation(key)?.conversationId;
    if (conversationId !== undefined && Date.now() > this.#typedAt + TYPING_EVERY) {
      this.#typedAt = Date.now();
      this.#follower?.send({ type: 'typing', conversationId });
    }
  }

  #isLookedAt(key) {
    return this.open === key && document.visibilityState === 'visible';
  }

  /** What others wrote in the open conversation is seen, up to its newest. */
  async seen(key) {
    const upTo = this.#isLookedAt(key)
      ? await this.#marks.seen(this.conversation(key), this.timeline(key).messages) : undefined;
    if (upTo !== undefined) {
      this.#directory.change(key, { unread: 0, more: undefined, readUpTo: upTo });
      this.#draw();
    }
  }

  #present() {
    const visible = document.visibilityState === 'visible';
    if (this.#follower !== undefined && !this.#follower.send({ type: 'presence', visible }) && this.state === 'live') {
      this.api.presence(visible).catch(() => {}); // it is told again in two minutes
    }
    if (visible && this.open !== undefined) {
      this.#draw();
    }
  }

  tell(notice) {
    this.notice = notice;
    this.#draw();
    setTimeout(() => {
      if (this.notice === notice) {
        this.notice = '';
        this.#draw();
      }
    }, 8000);
  }

  #draw() {
    if (!this.#closed) {
      this.#changed();
      this.#keeper.save();
    }
  }
}
