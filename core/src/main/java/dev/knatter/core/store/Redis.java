package dev.knatter.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.knatter.core.store.resp.Channels;
import dev.knatter.core.store.resp.Command;
import dev.knatter.core.store.resp.Refusal;
import dev.knatter.core.store.resp.Servers;
import org.jspecify.annotations.Nullable;
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

  private final Servers servers;
  private final Channels channels;
  private final AtomicLong awayUntil = new AtomicLong(PRESENT);

  private Redis(Servers servers) {
    this.servers = servers;
    this.channels = new Channels(servers::listeningPost);
  }

  /** Starts to connect and returns at once. */
  public static Redis open(RedisSettings settings) {
    return new Redis(settings.servers());
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
    return attempt(() -> {
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
    return attempt(() -> servers.ask(key, Command.of(List.of(words))));
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

  private Optional<Object> attempt(Attempt attempt) {
    if (leftAlone()) {
      return Optional.empty();
    }
    try {
      Object reply = attempt.make();
      if (reply instanceof Refusal refusal) {
        throw new IOException(refusal.text());
      }
      if (awayUntil.get() != PRESENT && awayUntil.getAndSet(PRESENT) != PRESENT) {
        log.info("Redis is back.");
      }
      return Optional.ofNullable(reply);
    } catch (IOException e) {
      if (awayUntil.getAndSet(System.nanoTime() + PAUSE_NANOS) == PRESENT) {
        log.warn("Redis does not answer; going on without it.");
        log.debug("Redis does not answer", e);
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    channels.close();
    servers.close();
  }
}
