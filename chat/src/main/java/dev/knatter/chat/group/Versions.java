package dev.knatter.chat.group;

import java.util.Optional;
import java.util.Set;

import dev.knatter.shared.DomainError.PreconditionFailed;

/**
 * The versions of a group on which a caller insists (If-Match, RFC 9110 §13.1.1).
 *
 * @param wanted empty for every version
 */
public record Versions(Optional<Set<Integer>> wanted) {
  public static final Versions ANY = new Versions(Optional.empty());

  public static Versions of(Set<Integer> wanted) {
    return new Versions(Optional.of(Set.copyOf(wanted)));
  }

  /** @throws PreconditionFailed if the group has another version */
  void require(int version) {
    if (wanted.isPresent() && !wanted.get().contains(version)) {
      throw new PreconditionFailed(version);
    }
  }
}
