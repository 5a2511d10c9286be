package dev.knatter.shared.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A lease in Redis: one of the processes that ask for it gets it, and no other process gets it until its time is over. The
 * lease keeps processes from doing the same work again and again. Redis may lose it, so the work must also be correct when
 * two processes have the lease.
 */
public final class Lease {
  private static final Script TAKE = Script.load(Lease.class, "lease.lua");

  private final Redis redis;
  private final String key;

  public Lease(Redis redis, String name) {
    this.redis = redis;
    this.key = "knatter:{" + name + "}:lease";
  }

  /** Asks for the lease. Returns whether this process has it from now on, for the given time; empty if Redis does not answer. */
  public Optional<Boolean> take(Duration duration) {
    return redis.eval(TAKE, List.of(key), duration.toMillis()).map(reply -> reply.equals(List.of(1L)));
  }
}
