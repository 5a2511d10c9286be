package dev.knatter.chat.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A webhook.
 *
 * @param id             for a webhook of a session, the session's id
 * @param types          the types of events that it tells of; empty for all, also those of later releases
 * @param conversationId the only conversation that it tells of; null for all of the user
 * @param sessionId      the session with which it ends; null if it ends with none
 * @param oldSecrets     secrets that were replaced, by the time until which they sign too
 * @param disabledReason why nothing is delivered; null as long as it is enabled
 */
public record Webhook(UUID userId, UUID id, URI url, Set<String> types, @Nullable UUID conversationId,
    @Nullable UUID sessionId, WebhookSecret secret,
    SortedMap<Instant, WebhookSecret> oldSecrets, Instant createdAt, @Nullable Instant disabledAt,
    @Nullable String disabledReason) {

  public Webhook {
    types = Set.copyOf(types);
    oldSecrets = new TreeMap<>(oldSecrets);
  }

  public boolean isEnabled() {
    return disabledReason == null;
  }

  /** The types of events that it tells of, sorted. */
  public List<String> typeTexts() {
    return types.isEmpty() ? WebhookType.texts() : types.stream().sorted().toList();
  }

  boolean tellsOf(WebhookEvent event) {
    return isEnabled() && (types.isEmpty() || types.contains(event.type().text()))
        && (conversationId == null || conversationId.equals(event.conversationId()));
  }

  /** The secrets that sign at a time: the present one, and those that were replaced less than a day before. */
  public List<WebhookSecret> signers(Instant now) {
    List<WebhookSecret> signers = new ArrayList<>(List.of(secret));
    signers.addAll(stillSigning(now).values());
    return signers;
  }

  Map<Instant, WebhookSecret> stillSigning(Instant now) {
    return oldSecrets.tailMap(now);
  }

  /** Leaves the URL and the secrets out, because the text may be logged. */
  @Override
  public String toString() {
    return "Webhook[" + id + "]";
  }
}
