package dev.knatter.functions.conversations;

import java.util.List;
import java.util.UUID;

/** How far other members have read. Those who have read most come first. */
public record ReceiptsAnswer(List<Receipt> receipts) {
  /** upTo: the id of the last message that the member has marked as read. */
  public record Receipt(UUID userId, String username, UUID upTo) {}
}
