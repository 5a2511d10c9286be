package dev.knatter.chat.inbox;

/**
 * A change of a message that its members' inboxes have to learn of.
 *
 * @param version the change was made if the message has at least this version
 */
public record Change(ChangeKind kind, int version) {}
