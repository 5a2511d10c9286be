package dev.knatter.bench.floor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.knatter.bench.sending.Draft;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** The product's limit and memory of bodies: its script, in one round trip to Redis, by the client as it sets it. */
final class Admission implements AutoCloseable {
  private static final String SCRIPT = script("/dev/knatter/core/limit/admit.lua");
  private static final int CAPACITY = 1_000;
  private static final int REFILL_MICROS = 16_666;
  private static final int CALL_MILLIS = 400;
  private static final int REMEMBERED_SECONDS = 3_600;

  private final RedissonClient redis;

  private Admission(RedissonClient redis) {
    this.redis = redis;
  }

  static Admission open(String url) {
    Config config = new Config();
    config.setLazyInitialization(true)
      .setUseScriptCache(true)
      .setCodec(StringCodec.INSTANCE)
      .setThreads(2)
      .setNettyThreads(2);
    config.setAddressResolverGroupFactory((_, _, _) -> DefaultAddressResolverGroup.INSTANCE);
    config.useSingleServer()
      .setConnectionMinimumIdleSize(1)
      .setConnectionPoolSize(8)
      .setSubscriptionConnectionMinimumIdleSize(0)
      .setDnsMonitoringInterval(-1)
      .setAddress(url)
      .setTimeout(CALL_MILLIS)
      .setConnectTimeout(CALL_MILLIS)
      .setRetryAttempts(0);
    return new Admission(Redisson.create(config));
  }

  /** Takes a token from the sender's bucket, and remembers the body under its id. True also where Redis is away. */
  boolean admits(UUID sender, Draft draft) {
    String key = "knatter:{" + sender + "}:";
    List<Object> keys = List.of(key + "limit:send", key + "body:" + draft.clientId());
    try {
      List<Object> answer = redis.getScript(StringCodec.INSTANCE)
        .eval(RScript.Mode.READ_WRITE, SCRIPT, RScript.ReturnType.LIST, keys, CAPACITY, REFILL_MICROS,
            draft.fingerprint(), REMEMBERED_SECONDS);
      return answer.getFirst().equals(1L);
    } catch (RedisException e) {
      return true;
    }
  }

  private static String script(String resource) {
    try (InputStream in = Objects.requireNonNull(Admission.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    redis.shutdown();
  }
}
