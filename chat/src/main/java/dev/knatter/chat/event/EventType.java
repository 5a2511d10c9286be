package dev.knatter.chat.event;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of events by which other systems have something done. text: the attribute {@code type}. */
public enum EventType {
  SEND("dev.knatter.message.send.v1"), ERASE("dev.knatter.user.erase.v1");

  private final String text;

  EventType(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** All of them, for a message. */
  static String texts() {
    return Stream.of(values()).map(EventType::text).collect(Collectors.joining(", "));
  }

  static Optional<EventType> of(Object text) {
    return Stream.of(values()).filter(type -> type.text.equals(text)).findFirst();
  }
}
