package dev.knatter.chat.publication;

/** The types of events that are published. The table {@code publications} stores the names of the constants. */
public enum EventType {
  /** subject: the conversation; id: the message. */
  MESSAGE_SENT("dev.knatter.message.sent.v1", "sent"),
  /** subject: the conversation; id: the message; version: the one that the edit has made. */
  MESSAGE_EDITED("dev.knatter.message.edited.v1", "edited"),
  /** subject: the conversation; id: the message. */
  MESSAGE_DELETED("dev.knatter.message.deleted.v1", "deleted"),
  /** subject and id: the user. */
  USER_REGISTERED("dev.knatter.user.registered.v1", "registered"),
  /** subject: the user; id: the erasure. */
  USER_ERASED("dev.knatter.user.erased.v1", "erased"),
  /** subject: the user; id: the session. */
  SESSION_ENDED("dev.knatter.session.ended.v1", "ended"),
  /** subject: the owner; id: of this time that the webhook was disabled. */
  WEBHOOK_DISABLED("dev.knatter.webhook.disabled.v1", "disabled"),
  /** Like the following types: subject: the group; id: made of the group and its version after the event. */
  CONVERSATION_CREATED("dev.knatter.conversation.created.v1", "conversation-created"),
  CONVERSATION_RENAMED("dev.knatter.conversation.renamed.v1", "conversation-renamed"),
  CONVERSATION_DELETED("dev.knatter.conversation.deleted.v1", "conversation-deleted"),
  MEMBER_ADDED("dev.knatter.conversation.member-added.v1", "member-added"),
  MEMBER_REMOVED("dev.knatter.conversation.member-removed.v1", "member-removed"),
  ROLE_CHANGED("dev.knatter.conversation.role-changed.v1", "role-changed"),
  /** For held connections only, like the following types. */
  RETENTION_CHANGED("retention"),
  /** subject: the conversation; id: the message. */
  MESSAGE_REACTED("reacted"),
  /** subject: the reader; id: the conversation. It is only told, and never kept. */
  MESSAGES_READ("read"),
  /** subject: the user; id: the session of the outside issuer, or the person there for all of their sessions. */
  OUTSIDE_SESSION_ENDED("outside-ended");

  private final String type;
  private final String verb;

  EventType(String type, String verb) {
    this.type = type;
    this.verb = verb;
  }

  EventType(String verb) {
    this("", verb);
  }

  /** Whether the product's sink gets these events. */
  public boolean isPublished() {
    return !type.isEmpty();
  }

  /** The attribute {@code type} of the CloudEvent; empty if there is none. */
  public String type() {
    return type;
  }

  /** Whether the events of this type concern people who hold connections. */
  public boolean isTold() {
    return this != USER_REGISTERED && this != WEBHOOK_DISABLED;
  }

  /** What the ids of these events begin with. */
  String verb() {
    return verb;
  }
}
