package dev.knatter.client.webhook;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A URL to be told of messages.
 *
 * @param url https, a full DNS name
 * @param types of events; null for all
 * @param conversationId the only conversation to tell of; null for all
 */
public record NewWebhook(String url, @Nullable List<String> types, @Nullable UUID conversationId) {
  public NewWebhook(String url) {
    this(url, null, null);
  }
}
