package dev.knatter.chat.webhook;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt, for the webhook's owner.
 *
 * @param at             when it ended
 * @param conversationId null, like messageId, if the event is about no message
 * @param attempt        the number of the attempt, from 1
 * @param status         of the receiver's answer; null if it did not answer
 * @param outcome        a sentence
 * @param latencyMs      how long it took
 * @param nextTry        when the next attempt is due; null if there is none
 */
public record DeliveryReport(Instant at, String eventId, String type, @Nullable UUID conversationId,
    @Nullable UUID messageId, int attempt, boolean delivered, @Nullable Integer status, String outcome,
    int latencyMs, @Nullable Instant nextTry) {}
