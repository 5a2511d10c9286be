package dev.knatter.client.message;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A page of messages: newest first, or oldest first where it was asked for with {@code after}.
 *
 * @param next goes on in the direction of the request; null at the end of the past
 * @param previous of a page without {@code after}, where a walk towards the present begins: at its newest row
 */
public record Page(List<Message> messages, @Nullable String next, @Nullable String previous,
    Instant serverTime) {
  public Page {
    messages = List.copyOf(messages);
    Objects.requireNonNull(serverTime, "serverTime");
  }
}
