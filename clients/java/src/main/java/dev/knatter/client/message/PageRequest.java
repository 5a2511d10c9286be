package dev.knatter.client.message;

import java.time.Duration;
import java.util.UUID;

import dev.knatter.client.http.Call;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to read.
 *
 * @param with the other user of a direct conversation
 * @param conversation a conversation of the caller; with neither, all that the caller sent and received
 * @param limit the most messages; null for 50
 * @param before a cursor, to go on towards the past
 * @param after a cursor, to go on towards the present
 * @param hold how long to wait for a message where there is none after the cursor; whole seconds, up to 25
 */
public record PageRequest(@Nullable String with, @Nullable UUID conversation, @Nullable Integer limit,
    @Nullable String before, @Nullable String after, Duration hold) {
  public static PageRequest inbox() {
    return new PageRequest(null, null, null, null, null, Duration.ZERO);
  }

  public static PageRequest with(String username) {
    return new PageRequest(username, null, null, null, null, Duration.ZERO);
  }

  public static PageRequest in(UUID conversationId) {
    return new PageRequest(null, conversationId, null, null, null, Duration.ZERO);
  }

  public PageRequest limit(int most) {
    return new PageRequest(with, conversation, most, before, after, hold);
  }

  public PageRequest before(@Nullable String cursor) {
    return new PageRequest(with, conversation, limit, cursor, null, hold);
  }

  public PageRequest after(String cursor) {
    return new PageRequest(with, conversation, limit, null, cursor, hold);
  }

  public PageRequest waiting(Duration time) {
    return new PageRequest(with, conversation, limit, before, after, time);
  }

  /** The request, for those who send it themselves. */
  public Call call() {
    return Call.get("/v1/messages")
      .query("with", with)
      .query("conversation", conversation)
      .query("limit", limit)
      .query("before", before)
      .query("after", after)
      .query("wait", hold.isZero() ? null : hold.toSeconds())
      .waiting(hold);
  }
}
