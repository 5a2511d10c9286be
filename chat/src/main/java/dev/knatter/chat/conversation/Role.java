package dev.knatter.chat.conversation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a member of a group may do there. The tables store {@link #text}. */
public enum Role {
  /** May do everything, and alone may delete the group. A group has exactly one owner. */
  OWNER,
  /** May rename the group, add members, and remove those who are plain members. */
  MODERATOR,
  /** May read, send and leave. */
  MEMBER;

  /** The role in the API and in the tables. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a text; empty for any other text. */
  public static Optional<Role> of(String text) {
    return Stream.of(values()).filter(role -> role.text().equals(text)).findFirst();
  }
}
