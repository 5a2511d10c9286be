package dev.knatter.chat.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.knatter.chat.limit.Admitted.Left;
import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in: one script, one round trip to Redis. Every key carries the subject as its hash tag, so that in a
 * Redis Cluster the script finds all of them on one node.
 */
public final class Admission {
  private static final Script ADMIT = Script.load(Admission.class, "admit.lua");
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Redis redis;

  public Admission(Redis redis) {
    this.redis = redis;
  }

  /**
   * Takes a token from the subject's bucket.
   *
   * @param subject a user id, a valid username, a session id or a network: whoever the limit counts
   * @param memory  what to compare with what is remembered, and to remember; null for nothing
   * @throws RateLimited where the bucket is empty; nothing is remembered then
   * @throws Unavailable where Redis is away and the limit does not fail open
   */
  public Admitted admit(RateLimit limit, String subject, @Nullable RequestMemory memory) {
    Optional<List<Object>> answer = redis.eval(ADMIT, keys(limit, subject, memory), arguments(limit, memory));
    if (answer.isEmpty()) {
      if (!limit.failOpen()) {
        throw new Unavailable("Requests cannot be counted at the moment.");
      }
      return new Admitted(limit, ReplayCheck.UNKNOWN, null, true);
    }
    List<Object> values = answer.get();
    boolean admitted = (Long) values.get(0) == 1;
    Duration wait = Duration.ofMillis((Long) values.get(2));
    if (!admitted) {
      throw new RateLimited(limit.id(), wait);
    }
    return new Admitted(limit, ReplayCheck.valueOf((String) values.get(3)),
        new Left((Long) values.get(1), wait),
        (Long) values.get(4) == 1);
  }

  /**
   * Forgets what a subject has done lately, except the hashes of bodies, which it remembers for an hour.
   *
   * @param subject somebody who is gone
   */
  public void forget(String subject) {
    List<String> keys = new ArrayList<>(List.of(UserInvalidations.key(subject)));
    RateLimit.all().forEach(limit -> keys.add(bucket(limit, subject)));
    redis.delete(keys);
  }

  private static String bucket(RateLimit limit, String subject) {
    return "knatter:{" + subject + "}:limit:" + limit.id();
  }

  private static List<String> keys(RateLimit limit, String subject, @Nullable RequestMemory memory) {
    String bucket = bucket(limit, subject);
    String notice = UserInvalidations.key(subject);
    return memory == null
        ? List.of(bucket, notice)
        : List.of(bucket, notice, "knatter:{" + subject + "}:body:" + memory.id());
  }

  private static Object[] arguments(RateLimit limit, @Nullable RequestMemory memory) {
    int capacity = limit.capacity();
    long refillMicros = limit.refill().toNanos() / 1_000;
    return memory == null
        ? new Object[]{capacity, refillMicros}
        : new Object[]{capacity, refillMicros, memory.bodyHash(), REMEMBERED.toSeconds()};
  }
}
