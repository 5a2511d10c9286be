package dev.knatter.client.follow;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import dev.knatter.client.http.Json;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.Problem;
import dev.knatter.client.message.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What the server says over a stream, as docs/asyncapi.yaml describes it. Which members there are depends on the type.
 *
 * @param sequence the number of what was told live; null of what was read from the inbox
 * @param epoch within which numbers count
 * @param cursor of the inbox, where it was read from there
 */
record Frame(String type, @Nullable Message message, @Nullable String cursor, @Nullable String epoch,
    @Nullable Long sequence, @Nullable UUID conversationId, @Nullable String username, @Nullable UUID upTo,
    @Nullable String change, @Nullable Boolean online, @Nullable Instant lastSeen,
    @Nullable Instant serverTime, @Nullable Boolean more, @Nullable String reason, @Nullable Long afterMillis,
    @Nullable Problem problem) {
  static final String HELLO = "hello";
  static final String SYNC = "sync";
  static final String BYE = "bye";
  static final String ERROR = "error";

  Frame {
    Objects.requireNonNull(type, "type");
  }

  /** @throws NoAnswerException if it is damaged */
  static Frame of(String json) {
    try {
      return Json.read(json, Frame.class);
    } catch (JacksonException e) {
      throw new NoAnswerException("A frame of the stream is damaged.", e);
    }
  }

  boolean is(String other) {
    return type.equals(other);
  }
}
