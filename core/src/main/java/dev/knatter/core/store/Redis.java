package dev.knatter.core.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client of Redis, which holds only what may be lost. So nothing here throws: a call that Redis does not
 * answer gives an empty result, and the caller goes on without. After a failure Redis is left alone for a second,
 * so that its absence costs one request its time-out and not every one. Going and coming back are each said in
 * the log once.
 */
public final class Redis implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Redis.class);
  private static final long PAUSE_NANOS = 1_000_000_000L;
  private static final long PRESENT = Long.MIN_VALUE;

  private final RedissonClient client;
  private final AtomicLong awayUntil = new AtomicLong(PRESENT);

  private Redis(RedissonClient client) {
    this.client = client;
  }

  /** Makes the client; the first call connects. */
  public static Redis open(RedisSettings settings) {
    return new Redis(RedissonClients.lazy(settings));
  }

  /** Runs a script in one round trip; the result is what the script returns: numbers are Long, strings String. */
  public <T> Optional<T> eval(Script script, List<String> keys, Object... arguments) {
    return attempt(redisson -> redisson.getScript(StringCodec.INSTANCE)
      .<T>eval(RScript.Mode.READ_WRITE,
          script.text(), RScript.ReturnType.LIST, List.<Object>copyOf(keys), arguments));
  }

  /** The same for bytes: strings come back as {@code byte[]}; arguments are {@code byte[]} or what their text says. */
  public <T> Optional<T> evalBytes(Script script, List<String> keys, Object... arguments) {
    return attempt(redisson -> redisson.getScript(ByteArrayCodec.INSTANCE)
      .<T>eval(RScript.Mode.READ_WRITE,
          script.text(), RScript.ReturnType.LIST, List.<Object>copyOf(keys), bytes(arguments)));
  }

  /** Runs a script without waiting for it and without knowing whether it ran; arguments as {@link #evalBytes}. */
  public void send(Script script, List<String> keys, Object... arguments) {
    attempt(redisson -> redisson.getScript(ByteArrayCodec.INSTANCE)
      .<Object>evalAsync(RScript.Mode.READ_WRITE,
          script.text(), RScript.ReturnType.LIST, List.<Object>copyOf(keys), bytes(arguments)));
  }

  private static Object[] bytes(Object... arguments) {
    return Stream.of(arguments)
      .map(value -> value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8))
      .toArray();
  }

  /** Any other use of the client; empty where Redis does not answer. */
  public <T> Optional<T> attempt(Function<RedissonClient, T> call) {
    long until = awayUntil.get();
    if (until != PRESENT && System.nanoTime() - until < 0) {
      return Optional.empty();
    }
    try {
      T result = call.apply(client);
      if (until != PRESENT && awayUntil.getAndSet(PRESENT) != PRESENT) {
        log.info("Redis is back.");
      }
      return Optional.ofNullable(result);
    } catch (RedisException e) {
      if (awayUntil.getAndSet(System.nanoTime() + PAUSE_NANOS) == PRESENT) {
        log.warn("Redis does not answer ({}); going on without it.", e.getClass().getSimpleName());
      }
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
