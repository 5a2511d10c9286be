package dev.knatter.chat.limit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;

/**
 * Limits how many inbox rows one group may cause, by a token bucket: {@value #ROWS} at once, and so many again each second. It fails
 * open: while Redis is away, nothing is limited.
 */
public final class FanOutLimit {
  /** Rows a second. A group of 10,000 members may so have two messages a second, and one of 64 members 312. */
  public static final int ROWS = 20_000;

  /** Names the limit in answers. */
  public static final String ID = "fan-out";
  /** How long an empty bucket takes to fill up. */
  public static final Duration WINDOW = Duration.ofSeconds(1);

  private static final Script TAKE = Script.load(FanOutLimit.class, "fan-out.lua");

  private final Redis redis;

  public FanOutLimit(Redis redis) {
    this.redis = redis;
  }

  /**
   * Takes the rows of one message.
   *
   * @param rows at most {@value #ROWS}
   * @throws RateLimited if the group has caused too many; then nothing is taken
   */
  public void require(UUID group, int rows) {
    Optional<List<Object>> answer = redis.eval(TAKE, List.of("knatter:{" + group + "}:" + ID), rows, ROWS);
    long wait = answer.map(values -> (Long) values.getFirst()).orElse(0L);
    if (wait > 0) {
      throw new RateLimited(ID, Duration.ofMillis(wait));
    }
  }
}
