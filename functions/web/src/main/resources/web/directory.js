/** What is known of conversations and people. A conversation's key is `@name` of the other person, or the id of a group. */
export class Directory {
  #me;
  #byKey = new Map();
  #keys = new Map();

  constructor(me) {
    this.#me = me;
  }

  /** @returns the other person's name, one's own for notes to oneself; undefined for groups */
  other(conversation) {
    if (conversation.kind !== 'direct') {
      return undefined;
    }
    return conversation.members.find(name => name !== this.#me) ?? this.#me;
  }

  keyOf(conversation) {
    const other = this.other(conversation);
    return other === undefined || other === '~erased' ? conversation.conversationId : '@' + other;
  }

  /** Of a message, also of a conversation that is not known yet. */
  keyOfMessage(message) {
    const known = this.#keys.get(message.conversationId);
    if (known !== undefined || message.recipient === undefined) {
      return known ?? message.conversationId;
    }
    const other = message.sender === this.#me ? message.recipient : message.sender;
    return other === '~erased' ? message.conversationId : '@' + other;
  }

  keyOfId(conversationId) {
    return this.#keys.get(conversationId);
  }

  get(key) {
    return this.#byKey.get(key);
  }

  /**
   * What the server has answered. A message, a change of one or a read mark may have come since it was read there.
   *
   * @returns {string | undefined} the key that it had until now, where it has another one: the other person's account was erased
   */
  put(conversation) {
    const key = this.keyOf(conversation);
    const keyBefore = this.#keys.get(conversation.conversationId);
    const known = this.#byKey.get(key);
    const { lastMessage } = isLater(known?.lastMessage, conversation.lastMessage) ? known : conversation;
    const counted = known !== undefined && ((known.lastMessage?.id ?? '') > (conversation.lastMessage?.id ?? '')
      || (known.readUpTo ?? '') > (conversation.readUpTo ?? ''));
    const { unread, more, readUpTo } = counted ? known : conversation;
    this.#byKey.set(key, { ...conversation, lastMessage, unread, more, readUpTo });
    this.#keys.set(conversation.conversationId, key);
    if (keyBefore === undefined || keyBefore === key) {
      return undefined;
    }
    this.#byKey.delete(keyBefore);
    return keyBefore;
  }

  /** Some members of a conversation have changed. */
  change(key, changes) {
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      this.#byKey.set(key, { ...known, ...changes });
    }
  }

  /** Removes those that are not the user's any more. */
  removeMissing(known, found) {
    const ids = new Set(found.map(conversation => conversation.conversationId));
    known.filter(conversation => !ids.has(conversation.conversationId))
      .forEach(conversation => this.remove(this.keyOf(conversation)));
  }

  remove(key) {
    const known = this.#byKey.get(key);
    this.#byKey.delete(key);
    this.#keys.delete(known?.conversationId);
  }

  /** The newest activity first. */
  all() {
    return [...this.#byKey.values()].sort((a, b) => activity(b) - activity(a));
  }

  /** A message has come: it may be the conversation's newest, and unread. Returns false where the conversation is not known. */
  note(key, message, unread) {
    const known = this.#byKey.get(key);
    if (known === undefined) {
      return false;
    }
    this.change(key, {
      ...(!isLater(known.lastMessage, message) ? { lastMessage: message } : {}),
      ...(unread ? { unread: Math.min(100, (known.unread ?? 0) + 1), more: known.unread >= 100 || undefined } : {}),
    });
    return true;
  }
}

/** Whether the one is a later message than the other, or a later state of it. */
function isLater(one, other) {
  return one !== undefined && (other === undefined || one.id > other.id || one.id === other.id && one.version > other.version);
}

function activity(conversation) {
  return Date.parse(conversation.lastMessage?.sentAt ?? conversation.createdAt ?? '') || 0;
}
