package dev.knatter.chat.webhook;

import java.net.URI;
import java.util.Set;
import java.util.UUID;

import dev.knatter.shared.Digest;
import org.jspecify.annotations.Nullable;

/** A webhook before it is created. Its parts have been checked; they are as in {@link Webhook}. */
public record NewWebhook(URI url, Set<String> types, @Nullable UUID conversationId,
    @Nullable UUID sessionId) {

  /** A SHA-256. Two requests are the same if their hashes are equal. */
  byte[] hash() {
    Digest digest = new Digest().add(url.toString()).add(conversationId).add(sessionId);
    types.stream().sorted().forEach(digest::add);
    return digest.bytes();
  }
}
