package dev.knatter.chat.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.knatter.chat.limit.Admitted.Remaining;
import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests by rate limits, with one Redis script in one round trip. Every key has the subject as its hash tag,
 * so that in a Redis Cluster all keys of one call are on one node.
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
   * @param subject whom the limit counts: a user id, a username in its stored form, a session id or a network
   * @param request the request to compare with the remembered one and to remember; null to do neither
   * @throws RateLimited if the bucket is empty; then nothing is remembered
   * @throws Unavailable if Redis is away and the limit does not fail open
   */
  public Admitted admit(RateLimit limit, String subject, @Nullable RequestFingerprint request) {
    Optional<List<Object>> answer = redis.eval(ADMIT, keys(limit, subject, request),
        arguments(limit, request));
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
        new Remaining((Long) values.get(1), wait),
        (Long) values.get(4) == 1);
  }

  /**
   * Deletes what Redis knows of an erased user, except the hashes of bodies, which expire after an hour.
   *
   * @param subject the user's id or name
   */
  public void forget(String subject) {
    List<String> keys = new ArrayList<>(List.of(UserInvalidations.key(subject)));
    RateLimit.all().forEach(limit -> keys.add(bucket(limit, subject)));
    redis.delete(keys);
  }

  private static String bucket(RateLimit limit, String subject) {
    return "knatter:{" + subject + "}:limit:" + limit.id();
  }

  private static List<String> keys(RateLimit limit, String subject, @Nullable RequestFingerprint request) {
    String bucket = bucket(limit, subject);
    String mark = UserInvalidations.key(subject);
    return request == null
        ? List.of(bucket, mark)
        : List.of(bucket, mark, "knatter:{" + subject + "}:body:" + request.id());
  }

  private static Object[] arguments(RateLimit limit, @Nullable RequestFingerprint request) {
    int capacity = limit.capacity();
    long refillMicros = limit.refill().toNanos() / 1_000;
    return request == null
        ? new Object[]{capacity, refillMicros}
        : new Object[]{capacity, refillMicros, request.bodyHash(), REMEMBERED.toSeconds()};
  }
}
