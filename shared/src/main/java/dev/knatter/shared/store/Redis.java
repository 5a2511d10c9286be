package dev.knatter.shared.store;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.connection.ConnectionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client of Redis, which holds only what may be lost. So nothing here throws: a call that Redis does not
 * answer gives an empty result, and the caller goes on without. After a failure Redis is left alone for a second,
 * so that its absence costs one request its time-out and not every one. The log says once why Redis cannot be used, and
 * once that it can be used again.
 */
public final class Redis implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Redis.class);
  private static final long PAUSE_NANOS = 1_000_000_000L;
  private static final long PRESENT = Long.MIN_VALUE;
  /** The command, for {@link #works} and {@link #refuses}. */
  static final String SUBSCRIBE = "SUBSCRIBE";

  private final RedisConnector connector;
  private final Set<RedisListener> listeners = ConcurrentHashMap.newKeySet();
  private final AtomicLong awayUntil = new AtomicLong(PRESENT);
  private final StoreState state = new StoreState(log, "Redis",
      "Going on without it: nothing is cached, and most rate limits let everything pass.");
  /** The command that Redis alone refuses, as a memory that is full refuses to write: that others work says nothing of it. */
  private volatile @Nullable String refused;
  private volatile boolean closed;

  private Redis(RedisSettings settings) {
    connector = new RedisConnector(settings, new Connections(), this::connected);
  }

  /** Starts to connect and returns at once. */
  public static Redis open(RedisSettings settings) {
    Redis redis = new Redis(settings);
    redis.connector.start();
    return redis;
  }

  /** Whether it did what it was last asked for; empty while nothing is known. */
  public Optional<Boolean> isUp() {
    return state.isUp();
  }

  /**
   * Runs a script in one round trip, where Redis has run it before.
   *
   * @param keys      at least one; all of one hash tag
   * @param arguments each {@code byte[]}, or what its text says
   * @return what the script returns: numbers are Long, strings String
   */
  public Optional<List<Object>> eval(Script script, List<String> keys, Object... arguments) {
    return evalBytes(script, keys, arguments).map(Redis::texts);
  }

  /** The same for bytes: strings come back as {@code byte[]}. */
  public <T> Optional<List<T>> evalBytes(Script script, List<String> keys, Object... arguments) {
    return attempt(script.text(), client -> run(client, script, keys, arguments));
  }

  /** Runs a script without waiting for it and without knowing whether it ran. */
  public void send(Script script, List<String> keys, Object... arguments) {
    if (leftAlone()) {
      return;
    }
    var _ = connector.client()
      .thenCompose(client -> run(client, script, keys, arguments))
      .whenComplete((_, failure) -> {
        if (failure != null) {
          RedisProblem.code(failure).ifPresent(code -> refuses(script.text(), code));
        }
      });
  }

  /** Stores a text under a key, for a time. */
  public void set(String key, String value, Duration timeToLive) {
    attempt("SET", client -> client.<String>getBucket(key, StringCodec.INSTANCE).setAsync(value, timeToLive));
  }

  /** @param keys all of one hash tag */
  public void delete(Collection<String> keys) {
    attempt("DEL", client -> client.getKeys().deleteAsync(keys.toArray(String[]::new)));
  }

  /**
   * Has the bell rung for every message on a channel, and now and then for nothing. What is said after this returned is
   * heard, where {@link RedisListener#hears} says so.
   *
   * @param bell must not wait for anything
   */
  public RedisListener listen(String channel, Runnable bell) throws InterruptedException {
    RedisListener listener = new RedisListener(this, connector::client, channel, bell);
    listeners.add(listener);
    listener.subscribe(leftAlone() ? Duration.ZERO : RedissonConfig.PATIENCE);
    return listener;
  }

  boolean hasOpen(RedisListener listener) {
    return !closed && listeners.contains(listener);
  }

  void forget(RedisListener listener) {
    listeners.remove(listener);
  }

  /** Redisson keeps the scripts on the server: it sends a script's digest, and its text where the server does not know it. */
  private static <T> CompletableFuture<List<T>> run(RedissonClient client, Script script, List<String> keys,
      Object... arguments) {
    return client.getScript(ByteArrayCodec.INSTANCE)
      .<List<T>>evalAsync(RScript.Mode.READ_WRITE, script.text(), RScript.ReturnType.LIST,
          List.copyOf(keys), Stream.of(arguments).map(Redis::bytes).toArray())
      .toCompletableFuture();
  }

  private static byte[] bytes(Object argument) {
    return argument instanceof byte[] bytes ? bytes : argument.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<Object> texts(List<?> reply) {
    List<Object> texts = new ArrayList<>(reply.size());
    for (Object value : reply) {
      texts.add(value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value);
    }
    return texts;
  }

  private boolean leftAlone() {
    long until = awayUntil.get();
    return until != PRESENT && System.nanoTime() - until < 0;
  }

  private <T> Optional<T> attempt(String command, Function<RedissonClient, CompletionStage<T>> call) {
    if (leftAlone()) {
      return Optional.empty();
    }
    CompletableFuture<T> answer = connector.client().thenCompose(call);
    try {
      T reply = answer.get(RedissonConfig.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (awayUntil.get() != PRESENT) {
        awayUntil.set(PRESENT);
      }
      works(command);
      return Optional.ofNullable(reply);
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(false); // where there is no connection yet, it is not sent later
      awayUntil.set(System.nanoTime() + PAUSE_NANOS);
      fails(command, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Says at the start, and not at the first request, whether Redis can be used. */
  private void connected(@Nullable Throwable failure) {
    if (failure == null) {
      works("PING");
    } else {
      fails("PING", failure);
    }
  }

  /** Only a refusal tells more than what is said of connections anyway, and it counts only while other commands work. */
  void cannotSubscribe(Throwable failure) {
    if (!leftAlone() && isUp().orElse(false)) {
      RedisProblem.code(failure).ifPresent(code -> refuses(SUBSCRIBE, code));
    }
  }

  void works(String command) {
    String other = refused;
    if (other == null || other.equals(command)) {
      refused = null;
      state.up();
    }
  }

  private void refuses(String command, String code) {
    refused = RedisProblem.concernsAll(code) ? null : command;
    state.down(RedisProblem.of(code));
  }

  private void fails(String command, Throwable failure) {
    if (closed) {
      return;
    }
    // Not the messages: Redisson's hold what was sent.
    log.debug("Redis does not answer: {}",
        Causes.of(failure).stream().map(cause -> cause.getClass().getName()).toList());
    Optional<String> code = RedisProblem.code(failure);
    if (code.isPresent()) {
      refuses(command, code.get());
    } else {
      refused = null;
      state.down(RedisProblem.of(failure));
    }
  }

  /** What Redisson tells of its connections; the address is of any server, whichever connection it was. */
  @SuppressWarnings("deprecation") // these have to be there, and those in their places call them
  private final class Connections implements ConnectionListener {
    @Override
    public void onConnect(InetSocketAddress address) {
      // Listeners hear of it when they are subscribed again.
    }

    @Override
    public void onDisconnect(InetSocketAddress address) {
      listeners.forEach(RedisListener::disconnected);
    }
  }

  @Override
  public void close() {
    closed = true;
    connector.close();
  }
}
