package dev.knatter.chat.publication;

/** The types of events that are published. The table {@code publications} stores the names of the constants. */
public enum EventType {
  /** subject: the conversation; id: the message. */
  MESSAGE_SENT("dev.knatter.message.sent.v1", "sent"),
  /** subject and id: the user. */
  USER_REGISTERED("dev.knatter.user.registered.v1", "registered"),
  /** subject: the user; id: the erasure. */
  USER_ERASED("dev.knatter.user.erased.v1", "erased"),
  /** subject: the user; id: the session. */
  SESSION_ENDED("dev.knatter.session.ended.v1", "ended"),
  /** subject: the owner; id: of this time that the webhook was disabled. */
  WEBHOOK_DISABLED("dev.knatter.webhook.disabled.v1", "disabled");

  private final String type;
  private final String verb;

  EventType(String type, String verb) {
    this.type = type;
    this.verb = verb;
  }

  /** The attribute {@code type} of the CloudEvent. */
  public String type() {
    return type;
  }

  /** What the ids of these events begin with. */
  String verb() {
    return verb;
  }
}
