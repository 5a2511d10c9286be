package dev.knatter.client.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What became of a test event.
 *
 * @param status the receiver's answer; null where there was none
 * @param outcome the same in words
 */
public record TestDelivery(boolean delivered, @Nullable Integer status, String outcome, long latencyMs) {}
