package dev.knatter.chat.event;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of events by which other systems have something done. text: the attribute {@code type}. */
public enum CommandType {
  SEND("dev.knatter.message.send.v1"), ERASE("dev.knatter.user.erase.v1");

  private final String text;

  CommandType(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** All of them, for a message. */
  static String texts() {
    return Stream.of(values()).map(CommandType::text).collect(Collectors.joining(", "));
  }

  static Optional<CommandType> of(Object text) {
    return Stream.of(values()).filter(type -> type.text.equals(text)).findFirst();
  }
}
