package dev.knatter.client.webhook;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What to change of a webhook. What is null stays.
 *
 * @param types of events; empty for all
 * @param state {@code enabled}, for one that was disabled
 */
public record WebhookChange(@Nullable String url, @Nullable List<String> types, @Nullable String state) {}
