const AGAIN_AFTER = 10_000;

/** Tells the server how far the user has read, one mark at a time. */
export class Marks {
  #api;
  #username;
  #after = 0;

  constructor(api, username) {
    this.#api = api;
    this.#username = username;
  }

  /**
   * The user sees a conversation up to its newest message.
   *
   * @returns {Promise<string | undefined>} up to where it was marked; undefined where it was not
   */
  async seen(conversation, messages) {
    const upTo = messages.findLast(message => message.sender !== this.#username)?.id;
    if (conversation === undefined || upTo === undefined || Date.now() < this.#after
        || upTo <= (conversation.readUpTo ?? '') && !conversation.unread) {
      return undefined;
    }
    this.#after = Infinity; // one at a time
    try {
      await this.#api.read(conversation.conversationId, upTo);
      this.#after = 0;
      return upTo;
    } catch {
      this.#after = Date.now() + AGAIN_AFTER;
      return undefined;
    }
  }
}
