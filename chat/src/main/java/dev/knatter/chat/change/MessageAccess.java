package dev.knatter.chat.change;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Membership;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.limit.FanOutLimit;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.RateLimited;

/** Finds whom a change of a message has to reach, for a user who wants to make it, and so has to be able to read the message. */
final class MessageAccess {
  private final Memberships memberships;
  private final FanOutLimit limit;
  private final Recipients recipients;

  MessageAccess(Memberships memberships, FanOutLimit limit, Recipients recipients) {
    this.memberships = memberships;
    this.limit = limit;
    this.recipients = recipients;
  }

  /**
   * Whom a change has to reach that all members learn of.
   *
   * @throws NotFound    if the user may not read the message: for them it does not exist
   * @throws RateLimited if the group has caused too many inbox rows
   */
  Audience requireForAll(MessageName name, UUID user) {
    Audience audience = find(name, user);
    return admit(audience, audience.size());
  }

  /** The same for a change that the other members of a large group do not learn of. */
  Audience require(MessageName name, UUID user) {
    Audience audience = find(name, user);
    return admit(audience, audience.conversation().members().size());
  }

  /**
   * The present members whom an audience lacks. Who is not among them joins later than what the caller has stored, and so reads it.
   * Nobody if the group is large: then its members do not learn of the change.
   */
  List<UUID> joinedSince(Audience known) {
    if (known.isLarge()) {
      return List.of();
    }
    List<UUID> joined = new ArrayList<>(memberships.present(known).conversation().members());
    joined.removeAll(known.conversation().members());
    return joined;
  }

  /**
   * Checks that the other member of a direct conversation wants to hear of the user.
   *
   * @param invalidated whether cached data about the user may be out of date
   * @throws Forbidden if the other member has blocked the user
   */
  void requireNotBlocked(UUID user, Audience audience, boolean invalidated) {
    UUID other = audience.conversation().recipientOf(user);
    if (other != null && recipients.of(other, invalidated)
      .filter(recipient -> recipient.blocks(user))
      .isPresent()) {
      throw new Forbidden("The recipient has blocked the sender.");
    }
  }

  private Audience admit(Audience audience, int rows) {
    if (Conversation.isGroup(audience.id())) {
      limit.require(audience.id(), rows);
    }
    return audience;
  }

  private Audience find(MessageName name, UUID user) {
    Membership member = memberships.require(name.conversationId(), user);
    if (!member.sees(name.id())) {
      throw ChangeLog.unknown();
    }
    return existing(memberships.audience(member), user);
  }

  /**
   * Of a direct conversation the user, and the other member only if they exist: nobody would ever delete what is entered for
   * somebody whose erasure is finished.
   */
  private Audience existing(Audience all, UUID user) {
    UUID other = all.conversation().recipientOf(user);
    return other == null || other.equals(user) || recipients.of(other, false).isPresent()
        ? all
        : Audience.of(new Conversation(all.id(), Conversation.DIRECT, List.of(user)));
  }
}
