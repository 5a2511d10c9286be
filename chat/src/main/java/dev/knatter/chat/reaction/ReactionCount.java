package dev.knatter.chat.reaction;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a reader sees of one kind of reaction to a message, before the names are known.
 *
 * @param count how many users have it
 * @param mine  whether the reader is one of them
 * @param first those who are named
 */
public record ReactionCount(String emoji, int count, boolean mine, List<UUID> first) {
  /** @param names usernames by user id; erased users are missing */
  public ReactionView view(Map<UUID, String> names) {
    return new ReactionView(emoji, count, mine,
        first.stream().filter(names::containsKey).map(names::get).toList());
  }
}
