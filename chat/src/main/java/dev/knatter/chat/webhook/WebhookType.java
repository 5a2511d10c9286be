package dev.knatter.chat.webhook;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What webhooks can tell of. */
public enum WebhookType {
  MESSAGE_SENT("dev.knatter.message.sent.v1", "sent-"),
  /** A message may be edited several times, so the version that an edit has made is a part of the event's id. */
  MESSAGE_EDITED("dev.knatter.message.edited.v1", "edited-"),
  MESSAGE_DELETED("dev.knatter.message.deleted.v1", "deleted-");

  private final String text;
  private final String idPrefix;

  WebhookType(String text, String idPrefix) {
    this.text = text;
    this.idPrefix = idPrefix;
  }

  /** The type of the CloudEvent. */
  public String text() {
    return text;
  }

  /** What the ids of such events begin with. */
  String idPrefix() {
    return idPrefix;
  }

  public static Optional<WebhookType> of(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
  }

  /** The texts of all types, sorted. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(WebhookType::text).sorted().toList();
  }
}
