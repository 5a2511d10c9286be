package dev.knatter.chat.webhook;

import java.net.URI;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A change of a webhook. What is null does not change.
 *
 * @param types  empty for all types
 * @param enable whether the webhook is to be enabled again
 */
public record WebhookChange(@Nullable URI url, @Nullable Set<String> types, boolean enable) {}
