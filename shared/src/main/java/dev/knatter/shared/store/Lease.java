package dev.knatter.shared.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A lease in Redis: of all processes that ask for it, one gets it, and nobody else until its time is over. It makes work
 * rare. It may be lost, so nothing may go wrong when two processes have it.
 */
public final class Lease {
  private static final Script TAKE = Script.load(Lease.class, "lease.lua");

  private final Redis redis;
  private final String key;

  public Lease(Redis redis, String name) {
    this.redis = redis;
    this.key = "knatter:{" + name + "}:lease";
  }

  /** Whether this process has it from now on, for that long; empty where Redis does not say. */
  public Optional<Boolean> take(Duration duration) {
    return redis.eval(TAKE, List.of(key), duration.toMillis()).map(reply -> reply.equals(List.of(1L)));
  }
}
