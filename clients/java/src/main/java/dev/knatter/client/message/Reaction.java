package dev.knatter.client.message;

import java.util.List;

/**
 * A kind of reaction to a message.
 *
 * @param mine whether the caller is among those who reacted so
 * @param users some of them
 */
public record Reaction(String emoji, int count, boolean mine, List<String> users) {
  public Reaction {
    users = List.copyOf(users);
  }
}
