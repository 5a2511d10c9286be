package dev.knatter.chat.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.account.Recipients.Recipient;
import dev.knatter.chat.limit.Admission;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.RateLimited;
import org.jspecify.annotations.Nullable;

/** Finds the people whom somebody names, to have them in a group. */
public final class Invitations {
  private final Recipients recipients;
  private final ConversationsOfUser ofUsers;
  private final Admission admission;

  public Invitations(Recipients recipients, ConversationsOfUser ofUsers, Admission admission) {
    this.recipients = recipients;
    this.ofUsers = ofUsers;
    this.admission = admission;
  }

  /**
   * The people of some names. Looking them up throws
   * <ul>
   * <li>{@link InvalidRequest} if a name is nobody's
   * <li>{@link Forbidden} if one of the people has blocked the caller, or is in too many groups
   * <li>{@link RateLimited} if the caller has tried too many names
   * </ul>
   *
   * @param pointer     names the name in the request, or, if it ends with a slash, the list of names
   * @param invalidated whether cached data about the caller may be out of date
   */
  public Invitees toGroup(UUID caller, List<String> names, String pointer, boolean invalidated) {
    return new Named(caller, names, pointer, invalidated, /* isNew= */ false);
  }

  /** The same to a group that the caller creates. So the caller must not be in too many groups, too. */
  public Invitees toNewGroup(UUID caller, List<String> names, String pointer, boolean invalidated) {
    return new Named(caller, names, pointer, invalidated, /* isNew= */ true);
  }

  private final class Named implements Invitees {
    private final UUID caller;
    private final List<String> names;
    private final String pointer;
    private final boolean invalidated;
    private final boolean isNew;
    /** Kept, because a command that was overtaken by another decides again. */
    private @Nullable List<Recipient> found;

    Named(UUID caller, List<String> names, String pointer, boolean invalidated, boolean isNew) {
      this.caller = caller;
      this.names = names;
      this.pointer = pointer;
      this.invalidated = invalidated;
      this.isNew = isNew;
    }

    @Override
    public List<String> names() {
      return names;
    }

    @Override
    public List<UUID> newcomers(Predicate<UUID> isMember) {
      if (isNew && !ofUsers.full(List.of(caller)).isEmpty()) {
        throw new Forbidden("You are in too many groups. Leave some, and try again.");
      }
      List<Recipient> all = found == null ? find() : found;
      found = all;
      List<Recipient> newcomers = all.stream().filter(each -> !isMember.test(each.userId())).toList();
      if (newcomers.stream().anyMatch(each -> each.blocks(caller))) {
        throw new Forbidden("Somebody among them has blocked you.");
      }
      List<UUID> users = newcomers.stream().map(Recipient::userId).distinct().toList();
      Set<UUID> full = ofUsers.full(users);
      if (!full.isEmpty()) {
        throw new Forbidden("The people in usernames are in too many groups.").with("usernames",
            newcomers.stream()
              .filter(each -> full.contains(each.userId()))
              .map(Recipient::username)
              .distinct()
              .toList());
      }
      return users;
    }

    /**
     * A command costs as much as a look at one profile, and as much again for each further name that is nobody's: so nobody can try
     * more names here than there.
     */
    private List<Recipient> find() {
      if (names.isEmpty()) {
        return List.of();
      }
      takeToken();
      Checks checks = new Checks();
      List<Recipient> all = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        Optional<Recipient> one = recipients.named(names.get(i), invalidated);
        checks.require(one.isPresent(), pointer.endsWith("/") ? pointer + i : pointer,
            "must be the name of a user");
        one.ifPresent(all::add);
      }
      for (int further = all.size() + 1; further < names.size(); further++) {
        takeToken();
      }
      checks.done();
      return all;
    }

    private void takeToken() {
      var _ = admission.admit(RateLimit.USERS, caller.toString(), null);
    }
  }
}
