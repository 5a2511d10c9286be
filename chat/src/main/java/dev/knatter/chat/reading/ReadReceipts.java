package dev.knatter.chat.reading;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.account.ReceiptChoices;
import dev.knatter.chat.conversation.Membership;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.group.ConversationSummary;
import dev.knatter.shared.store.Cassandra;

/**
 * Shows members of a conversation how far the others have read. Large groups have no receipts. A member who has
 * opted out neither shows receipts nor sees any.
 */
public final class ReadReceipts {
  /** How many members a conversation may have. */
  public static final int MAX_MEMBERS = 64;

  private final Memberships memberships;
  private final ReadMarks marks;
  private final ReceiptChoices choices;

  /** Up to which message a member has read. */
  public record Receipt(UUID user, UUID upTo) {}

  public ReadReceipts(Cassandra cassandra, Memberships memberships) {
    this.memberships = memberships;
    this.marks = new ReadMarks(cassandra);
    this.choices = new ReceiptChoices(cassandra);
  }

  /** The receipts that a member sees of the other members. Those who have read most come first. */
  public List<Receipt> of(UUID reader, ConversationSummary conversation) {
    if (conversation.memberCount() > MAX_MEMBERS) {
      return List.of();
    }
    Set<UUID> members = new HashSet<>(memberships.members(conversation.id()).users());
    members.add(reader); // who may have joined since that list was read
    Set<UUID> willing = choices.willing(members);
    if (!willing.remove(reader)) {
      return List.of();
    }
    UUID floor = conversation.floor();
    Map<UUID, UUID> read = marks.ofUsers(conversation.id(), willing);
    List<Receipt> receipts = new ArrayList<>();
    read.forEach((user, upTo) -> {
      if (Membership.sees(floor, upTo)) {
        receipts.add(new Receipt(user, upTo));
      }
    });
    receipts.sort((one, other) -> other.upTo().compareTo(one.upTo()));
    return receipts;
  }
}
