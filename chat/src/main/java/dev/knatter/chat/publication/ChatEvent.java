package dev.knatter.chat.publication;

import java.time.Instant;
import java.util.Map;

/**
 * An event to publish.
 *
 * @param time when it happened
 * @param data what becomes the event's JSON: texts, numbers, booleans, UUIDs and times; ids and metadata
 */
public record ChatEvent(EventReference reference, Instant time, Map<String, Object> data) {
  /** The member of {@code data} that holds what a user wrote. A sink leaves it out unless the operator wants it. */
  public static final String CONTENT = "content";

  /** An event of which the reference says all. */
  public ChatEvent(EventReference reference, Instant time) {
    this(reference, time, reference.data());
  }
}
