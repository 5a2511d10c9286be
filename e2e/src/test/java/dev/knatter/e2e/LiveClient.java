package dev.knatter.e2e;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import dev.knatter.e2e.http.User;
import dev.knatter.testing.TestSocket;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that follows the rules of docs/asyncapi.yaml: it keeps states by id and version, and a cursor. */
final class LiveClient implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  /** A client of people syncs once a minute. */
  private static final long SYNC_SECONDS = 5;
  private static final long LATE_MILLIS = 1_000;

  private final Supplier<User> user;
  private final Supplier<URI> address;
  private final Map<String, State> states = new ConcurrentSkipListMap<>();
  private final Map<String, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);
  private volatile @Nullable TestSocket socket;
  private volatile String cursor = "";
  private String epoch = "";
  private long sequence = -1;
  private final Set<Long> missing = new HashSet<>();

  /** What a client knows of a message. */
  record State(int version, boolean deleted, String content) {
    static State of(JsonNode message) {
      return new State(message.path("version").asInt(1), message.has("deletedAt"),
          message.path("content").asString());
    }
  }

  private LiveClient(Supplier<User> user, Supplier<URI> address) {
    this.user = user;
    this.address = address;
  }

  /**
   * Connects, and connects again whenever the connection ends.
   *
   * @param user    with a session that is open
   * @param address of the stream
   */
  static LiveClient start(Supplier<User> user, Supplier<URI> address) {
    LiveClient client = new LiveClient(user, address);
    client.thread.start();
    return client;
  }

  private void run() {
    try {
      do {
        try (TestSocket open = TestSocket.open(address.get(), this::receive, "Authorization",
            "Bearer " + user.get().token())) {
          socket = open;
          while (!open.isClosed() && !closed.await(SYNC_SECONDS, TimeUnit.SECONDS)) {
            sync();
          }
        } catch (CompletionException | AssertionError e) {
          // Nobody is there now: again, a little later.
        }
        socket = null;
      } while (!closed.await(100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void receive(String text) {
    JsonNode frame = JSON.readTree(text);
    switch (frame.path("type").asString()) {
      case "hello" -> {
        epoch = frame.path("epoch").asString("");
        sequence = frame.path("sequence").asLong(-1);
        missing.clear();
        Thread.ofVirtual().start(this::sync);
      }
      case "message", "edited", "deleted", "reaction" -> {
        keep(frame.path("message"));
        number(frame);
      }
      case "sync" -> {
        cursor = frame.path("cursor").asString();
        if (frame.path("more").asBoolean()) {
          Thread.ofVirtual().start(this::sync);
        }
      }
      case "ack", "error" -> answered(frame);
      default -> number(frame);
    }
  }

  private void keep(JsonNode message) {
    State state = State.of(message);
    states.merge(message.path("id").asString(), state,
        (known, next) -> next.version() >= known.version() ? next : known);
  }

  private void number(JsonNode frame) {
    if (!frame.has("sequence")) {
      return;
    }
    long next = frame.path("sequence").asLong();
    if (!frame.path("epoch").asString().equals(epoch)) {
      missing.clear();
      epoch = frame.path("epoch").asString();
      Thread.ofVirtual().start(this::sync);
    } else if (next <= sequence) {
      missing.remove(next);
      return;
    } else if (next > sequence + 1) {
      LongStream.range(sequence + 1, next).forEach(missing::add);
      CompletableFuture.delayedExecutor(LATE_MILLIS, TimeUnit.MILLISECONDS).execute(() -> readMissing(next));
    }
    sequence = next;
  }

  /** A proxy may bring frames of several processes in another order. */
  private void readMissing(long before) {
    boolean isMissing;
    synchronized (this) {
      isMissing = missing.removeIf(number -> number < before);
    }
    if (isMissing) {
      sync();
    }
  }

  /** Asks for what was missed. If the connection breaks meanwhile, the next one does. */
  private void sync() {
    send(cursor.isEmpty() ? Map.of("type", "sync") : Map.of("type", "sync", "cursor", cursor));
  }

  private void send(Map<String, ?> frame) {
    TestSocket open = socket;
    if (open != null) {
      try {
        open.send(JSON.writeValueAsString(frame));
      } catch (CompletionException | IllegalStateException e) {
        // broken
      }
    }
  }

  private void answered(JsonNode frame) {
    CompletableFuture<JsonNode> waiting = answers.get(frame.path("clientId").asString(""));
    if (waiting != null) {
      waiting.complete(frame);
    }
  }

  /** Sends a message; empty if there is no answer in time. */
  Optional<JsonNode> say(String clientId, String conversation, String content, Duration inTime) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(clientId, answer);
    send(Map.of("type", "send", "clientId", clientId, "conversationId", conversation, "content", content));
    try {
      return Optional.of(answer.get(inTime.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      answers.remove(clientId);
    }
  }

  boolean isConnected() {
    return socket != null && !cursor.isEmpty();
  }

  /** Breaks the connection. */
  void cut() {
    TestSocket open = socket;
    if (open != null) {
      open.cut();
    }
  }

  /** What the client shows, in timeline order. */
  Map<String, State> states() {
    return new TreeMap<>(states);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
