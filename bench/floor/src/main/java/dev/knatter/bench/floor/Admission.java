package dev.knatter.bench.floor;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.bench.sending.Draft;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.RedisSettings;
import dev.knatter.shared.store.Script;

/** The product's limit and memory of bodies: its script, in one round trip to Redis, by its client. */
final class Admission implements AutoCloseable {
  private static final Script SCRIPT = Script.load(dev.knatter.chat.limit.Admission.class, "admit.lua");
  private static final int CAPACITY = 1_000;
  private static final int REFILL_MICROS = 16_666;
  private static final int REMEMBERED_SECONDS = 3_600;

  private final Redis redis;

  private Admission(Redis redis) {
    this.redis = redis;
  }

  static Admission open(String url) {
    return new Admission(
        Redis.open(RedisSettings.from(Env.of(Map.of("KNATTER_REDIS_URL", url)))));
  }

  /** Takes a token from the sender's bucket, and remembers the body under its id. True also where Redis is away. */
  boolean admits(UUID sender, Draft draft) {
    String key = "knatter:{" + sender + "}:";
    List<String> keys = List.of(key + "limit:send", key + "notice", key + "body:" + draft.clientId());
    return redis.eval(SCRIPT, keys, CAPACITY, REFILL_MICROS, draft.fingerprint(), REMEMBERED_SECONDS)
      .map(answer -> answer.getFirst().equals(1L))
      .orElse(true);
  }

  @Override
  public void close() {
    redis.close();
  }
}
