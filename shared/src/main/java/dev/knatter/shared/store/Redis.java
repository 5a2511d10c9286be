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
 * The client of Redis, which holds only data that may be lost. So no method here throws when Redis does not answer: a call
 * returns an empty result, and the caller goes on without Redis. After a failure the client does not call Redis for a
 * second, so that only one request waits for a timeout. The log says once why Redis cannot be used, and once that it can be
 * used again.
 */
public final class Redis implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Redis.class);
  private static final long PAUSE_NANOS = 1_000_000_000L;
  private static final long PRESENT = Long.MIN_VALUE;
  /** The name of the command for {@link #works} and {@link #refuses}. */
  static final String SUBSCRIBE = "SUBSCRIBE";

  private final RedisConnector connector;
  private final boolean isCluster;
  private final Set<RedisListener> listeners = ConcurrentHashMap.newKeySet();
  private final AtomicLong awayUntil = new AtomicLong(PRESENT);
  private final StoreState state = new StoreState(log, "Redis",
      "Going on without it: nothing is cached, and most rate limits let everything pass.");
  /**
   * The command that Redis refuses while it executes others, for example a write when its memory is full. As long as it is
   * set, the success of another command does not mean that Redis can be used again.
   */
  private volatile @Nullable String refused;
  private volatile boolean closed;

  private Redis(RedisSettings settings) {
    connector = new RedisConnector(settings, new Connections(), this::connected);
    isCluster = settings.isCluster();
  }

  /** Starts to connect and returns at once. */
  public static Redis open(RedisSettings settings) {
    Redis redis = new Redis(settings);
    redis.connector.start();
    return redis;
  }

  /** Whether Redis executed the last command; empty while nothing is known. */
  public Optional<Boolean> isUp() {
    return state.isUp();
  }

  /** Whether the keys of a script must have the same hash tag. Otherwise one script may use any keys. */
  public boolean isCluster() {
    return isCluster;
  }

  /**
   * Runs a script. This takes one round trip if Redis has run the script before.
   *
   * @param keys      at least one; all must have the same hash tag
   * @param arguments each is sent as it is if it is a {@code byte[]}, or else as its text
   * @return the script's result: numbers are Long, strings String; empty if Redis does not answer
   */
  public Optional<List<Object>> eval(Script script, List<String> keys, Object... arguments) {
    return evalBytes(script, keys, arguments).map(Redis::texts);
  }

  /** Runs a script and returns its strings as {@code byte[]}. */
  public <T> Optional<List<T>> evalBytes(Script script, List<String> keys, Object... arguments) {
    return attempt(script.text(), client -> run(client, script, keys, arguments));
  }

  /** Starts a script and returns at once. The caller does not learn whether it ran. */
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

  /** Stores a text under a key until the time to live has passed. */
  public void set(String key, String value, Duration timeToLive) {
    attempt("SET", client -> client.<String>getBucket(key, StringCodec.INSTANCE).setAsync(value, timeToLive));
  }

  /** @param keys all must have the same hash tag */
  public void delete(Collection<String> keys) {
    attempt("DEL", client -> client.getKeys().deleteAsync(keys.toArray(String[]::new)));
  }

  /**
   * Listens to a channel. The receiver gets every message that is sent after this method has returned, if {@link
   * RedisListener#hears} is true.
   */
  public RedisListener listen(String channel, RedisListener.Receiver receiver) throws InterruptedException {
    RedisListener listener = new RedisListener(this, connector::client, channel, receiver);
    listeners.add(listener);
    try {
      listener.subscribe(leftAlone() ? Duration.ZERO : RedissonConfig.PATIENCE);
    } catch (InterruptedException e) {
      listener.close();
      throw e;
    }
    return listener;
  }

  boolean hasOpen(RedisListener listener) {
    return !closed && listeners.contains(listener);
  }

  void forget(RedisListener listener) {
    listeners.remove(listener);
  }

  /**
   * Redisson caches scripts on the server: it sends the digest of a script, and the text only if the server does not know
   * the digest.
   */
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
      answer.cancel(false); // a call that waits for a connection must not be sent later
      awayUntil.set(System.nanoTime() + PAUSE_NANOS);
      fails(command, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Reports when the process starts, and not only with the first request, whether Redis can be used. */
  private void connected(@Nullable Throwable failure) {
    if (failure == null) {
      works("PING");
    } else {
      fails("PING", failure);
    }
  }

  /**
   * Reports a refused subscription, if other commands work. Other failures are failures of the connection, which other
   * calls report.
   */
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
    // The log has only class names, because Redisson's messages hold what was sent.
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

  /** Learns from Redisson when a connection breaks. The address names the server, but not which of its connections broke. */
  @SuppressWarnings("deprecation") // the interface still has these two methods, and its newer methods call them
  private final class Connections implements ConnectionListener {
    @Override
    public void onConnect(InetSocketAddress address) {
      // A listener learns of the new connection when Redisson subscribes it again.
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
