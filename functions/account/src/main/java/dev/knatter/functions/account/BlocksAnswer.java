package dev.knatter.functions.account;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The people whom the caller has blocked, ordered by name. */
public record BlocksAnswer(List<Blocked> blocks) {
  public record Blocked(UUID userId, String username) {}

  static BlocksAnswer of(Map<UUID, String> names) {
    return new BlocksAnswer(names.entrySet()
      .stream()
      .map(each -> new Blocked(each.getKey(), each.getValue()))
      .sorted(Comparator.comparing(Blocked::username))
      .toList());
  }
}
