package dev.knatter.functions.messages;

import java.time.Duration;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The query of a read, not checked yet.
 *
 * @param with         a username: reads the direct conversation with that user
 * @param conversation an id: reads that conversation. Without either, the caller's inbox is read
 * @param limit        1 to 100 messages; 50 if absent
 * @param before       a cursor
 * @param after        a cursor
 * @param wait_        0 to 25 seconds, 0 if absent; only counts with after
 */
public record MessagesQuery(@Nullable String with, @Nullable String conversation, @Nullable Integer limit,
    @Nullable String before, @Nullable String after, @JsonProperty("wait") @Nullable Integer wait_) {
  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_WAIT = 25;

  /** Checks everything and returns the id of the conversation, if one is given. */
  @Nullable
  UUID check() {
    Checks checks = new Checks();
    checks.require(with == null || conversation == null, "/conversation",
        "must not be given together with with");
    checks.require(before == null || after == null, "/after", "must not be given together with before");
    checks.require(limit == null || (limit >= 1 && limit <= MAX_LIMIT), "/limit", "must be 1 to 100");
    checks.require(wait_ == null || (wait_ >= 0 && wait_ <= MAX_WAIT), "/wait",
        "must be 0 to 25 seconds");
    UUID id = checks.uuid(conversation, "/conversation");
    checks.done();
    return id;
  }

  int size() {
    return limit == null ? DEFAULT_LIMIT : limit;
  }

  boolean waits() {
    return after != null && !waitTime().isZero();
  }

  Duration waitTime() {
    return Duration.ofSeconds(wait_ == null ? 0 : wait_);
  }
}
