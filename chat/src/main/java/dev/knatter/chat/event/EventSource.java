package dev.knatter.chat.event;

import java.util.Set;

import dev.knatter.shared.Hmac;

/**
 * One key of a source, and what may be done with it. A source may have several keys, so that a key can be replaced.
 *
 * @param name  the attribute {@code source} of its events
 * @param users usernames, or {@link #EVERYBODY}
 */
public record EventSource(String name, Hmac key, Set<CommandType> types, Set<String> users) {
  static final String EVERYBODY = "*";

  public EventSource {
    types = Set.copyOf(types);
    users = Set.copyOf(users);
  }

  boolean speaksFor(String username) {
    return users.contains(EVERYBODY) || users.contains(username);
  }

  @Override
  public String toString() {
    return "EventSource[" + name + "]";
  }
}
