package dev.knatter.chat.group;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import dev.knatter.shared.DomainError;

/**
 * The people whom a command wants to have in a group. They are looked up only when the command is allowed and has not been done
 * before: who may not add people learns nothing of names, and a repeated command is answered whatever has become of them.
 */
public interface Invitees {
  /** How the command names them: the same command names the same. */
  List<String> names();

  /**
   * The user ids of those who are no members yet.
   *
   * @throws DomainError if one of them does not exist, or cannot be added
   */
  List<UUID> newcomers(Predicate<UUID> isMember);

  /** People of known ids. */
  static Invitees of(List<UUID> users) {
    return new Invitees() {
      @Override
      public List<String> names() {
        return users.stream().map(UUID::toString).toList();
      }

      @Override
      public List<UUID> newcomers(Predicate<UUID> isMember) {
        return users.stream().filter(isMember.negate()).toList();
      }
    };
  }
}
