/** The messages that are not sent yet, or that the server has refused, as the page shows them. */
export class UnsentMessages {
  items = [];
  #knatter;
  #directory;
  #messages;

  /**
   * @param {import('knatter').Knatter} knatter
   * @param {import('./directory.js').Directory} directory
   * @param {(key: string) => object[]} messages that are there, of a conversation
   */
  constructor(knatter, directory, messages) {
    this.#knatter = knatter;
    this.#directory = directory;
    this.#messages = messages;
  }

  async read() {
    this.items = await this.#knatter.outbox?.items() ?? [];
  }

  /** Of a conversation, without those that are there already. */
  of(key) {
    return this.items.filter(item => keyOf(item) === key && !this.#isThere(key, item));
  }

  /** The message may be heard of before its own request is answered. Both ids hold the same time. */
  #isThere(key, item) {
    const time = item.clientId?.slice(0, 13);
    return time !== undefined && this.#messages(key).some(message => message.sender === this.#knatter.user?.username
        && message.id.startsWith(time) && message.content === item.content);
  }

  /** The direct conversations that begin with one of them. */
  get begun() {
    const names = new Set(this.items.map(item => item.to)
      .filter(name => name !== undefined && this.#directory.get('@' + name) === undefined));
    return [...names].map(name => ({ conversationId: '@' + name, kind: 'direct', members: [name] }));
  }

  /** Those that were refused in groups that are not in the list: the user may have left them. */
  get strays() {
    return this.items.filter(item => item.state !== 'waiting' && item.conversationId !== undefined
        && this.#directory.keyOfId(item.conversationId) === undefined);
  }

  /** Stores a message in this browser, which sends it from then on. */
  async add(key, content, replyTo) {
    const target = key.startsWith('@') ? { to: key.slice(1) } : { conversationId: key };
    await this.#knatter.outbox.add({ ...target, content, replyTo });
  }

  retry(item) {
    return this.#knatter.outbox.retry(item);
  }

  discard(item) {
    return this.#knatter.outbox.discard(item);
  }
}

function keyOf(item) {
  return item.to === undefined ? item.conversationId : '@' + item.to;
}
