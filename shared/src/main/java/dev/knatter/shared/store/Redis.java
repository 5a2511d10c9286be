package dev.knatter.shared.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.knatter.shared.store.resp.Channels;
import dev.knatter.shared.store.resp.Command;
import dev.knatter.shared.store.resp.Refusal;
import dev.knatter.shared.store.resp.Servers;
import org.jspecify.annotations.Nullable;
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

  private final Servers servers;
  private final Channels channels;
  private final AtomicLong awayUntil = new AtomicLong(PRESENT);
  private final StoreState state = new StoreState(log, "Redis",
      "Going on without it: nothing is cached, and most rate limits let everything pass.");
  /** The command that Redis alone refuses, as a memory that is full refuses to write: that others work says nothing of it. */
  private volatile @Nullable String refused;
  private volatile boolean closed;

  private Redis(Servers servers) {
    this.servers = servers;
    this.channels = new Channels(servers::listeningPost, this::listens);
  }

  /** Starts to connect and returns at once. */
  public static Redis open(RedisSettings settings) {
    Redis redis = new Redis(settings.servers());
    Thread.ofVirtual().name("redis-hello").start(redis::greet);
    return redis;
  }

  /** Finds out at the start, and not at the first request, why Redis cannot be used. Nothing waits for it. */
  private void greet() {
    var _ = servers.tell("", Command.of("PING")).whenComplete((reply, failure) -> {
      if (failure instanceof IOException away) {
        fails(away);
      } else if (reply instanceof Refusal refusal && RedisProblem.concernsAll(refusal.code())) {
        refuses("PING", refusal.code());
      } else if (reply instanceof String) {
        works("PING");
      }
    });
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
  @SuppressWarnings("unchecked") // each is what the script returns, and the caller knows his script
  public <T> Optional<List<T>> evalBytes(Script script, List<String> keys, Object... arguments) {
    return attempt(script.name(), () -> {
      Object reply = servers.ask(keys.getFirst(), command("EVALSHA", script.name(), keys, arguments));
      if (forgotten(reply)) {
        reply = servers.ask(keys.getFirst(), command("EVAL", script.text(), keys, arguments));
      }
      return reply;
    }).map(reply -> (List<T>) reply);
  }

  /** Runs a script without waiting for it and without knowing whether it ran. */
  public void send(Script script, List<String> keys, Object... arguments) {
    if (leftAlone()) {
      return;
    }
    var _ = servers.tell(keys.getFirst(), command("EVALSHA", script.name(), keys, arguments))
      .thenAccept(reply -> {
        if (forgotten(reply)) {
          var _ = servers.tell(keys.getFirst(), command("EVAL", script.text(), keys, arguments));
        } else if (reply instanceof Refusal refusal) {
          refuses(script.name(), refusal.code());
        }
      });
  }

  /**
   * Any other command.
   *
   * @param key   which it is about; for one that is about none, any
   * @param words each {@code byte[]}, or what its text says
   * @return Long, {@code byte[]}, String (a status) or List
   */
  public Optional<Object> call(String key, Object... words) {
    return attempt(words[0].toString(), () -> servers.ask(key, Command.of(List.of(words))));
  }

  /**
   * Has the bell rung for every message on a channel, and now and then for nothing.
   *
   * @param bell must not wait for anything
   */
  public Channels.Listener listen(String channel, Runnable bell) throws InterruptedException {
    return channels.listen(channel, bell);
  }

  private static byte[] command(String name, String script, List<String> keys, Object... arguments) {
    List<Object> words = new ArrayList<>(3 + keys.size() + arguments.length);
    words.add(name);
    words.add(script);
    words.add(keys.size());
    words.addAll(keys);
    words.addAll(List.of(arguments));
    return Command.of(words);
  }

  private static boolean forgotten(@Nullable Object reply) {
    return reply instanceof Refusal refusal && refusal.is("NOSCRIPT");
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

  private interface Attempt {
    @Nullable
    Object make() throws IOException, InterruptedException;
  }

  private Optional<Object> attempt(String command, Attempt attempt) {
    if (leftAlone()) {
      return Optional.empty();
    }
    try {
      Object reply = attempt.make();
      if (reply instanceof Refusal refusal) {
        awayUntil.set(System.nanoTime() + PAUSE_NANOS);
        refuses(command, refusal.code());
        return Optional.empty();
      }
      if (awayUntil.get() != PRESENT) {
        awayUntil.set(PRESENT);
      }
      works(command);
      return Optional.ofNullable(reply);
    } catch (IOException e) {
      awayUntil.set(System.nanoTime() + PAUSE_NANOS);
      fails(e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void works(String command) {
    String other = refused;
    if (other == null || other.equals(command)) {
      refused = null;
      state.up();
    }
  }

  private void listens(@Nullable Refusal refusal) {
    if (refusal == null) {
      works("SUBSCRIBE");
    } else {
      refuses("SUBSCRIBE", refusal.code());
    }
  }

  private void refuses(String command, String code) {
    refused = RedisProblem.concernsAll(code) ? null : command;
    state.down(RedisProblem.of(code));
  }

  private void fails(IOException failure) {
    if (closed) {
      return;
    }
    refused = null;
    log.debug("Redis does not answer", failure);
    state.down(RedisProblem.of(failure));
  }

  @Override
  public void close() {
    closed = true;
    channels.close();
    servers.close();
  }
}
