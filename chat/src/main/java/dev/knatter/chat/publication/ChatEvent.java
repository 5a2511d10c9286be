package dev.knatter.chat.publication;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An event to publish.
 *
 * @param time  when it happened
 * @param data  what becomes the event's JSON: texts, numbers, booleans, UUIDs, times, and lists of these; ids and metadata
 * @param state what the event is about, as whoever made it true holds it in memory; null if the destination has to read it
 */
public record ChatEvent(EventReference reference, Instant time, Map<String, Object> data,
    @Nullable Object state) {
  /** The member of {@code data} that holds what a user wrote. A sink leaves it out unless the operator wants it. */
  public static final String CONTENT = "content";

  /** An event whose destination has to read what it is about. */
  public ChatEvent(EventReference reference, Instant time, Map<String, Object> data) {
    this(reference, time, data, null);
  }

  /** An event of which the reference says all. */
  public ChatEvent(EventReference reference, Instant time) {
    this(reference, time, reference.data());
  }
}
