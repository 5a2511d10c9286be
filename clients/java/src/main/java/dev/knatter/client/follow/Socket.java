package dev.knatter.client.follow;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.knatter.client.api.Api;
import dev.knatter.client.follow.SocketEvents.Closed;
import dev.knatter.client.follow.SocketEvents.Event;
import dev.knatter.client.follow.SocketEvents.Text;
import dev.knatter.client.follow.SocketEvents.Wish;
import dev.knatter.client.http.Json;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.Problem;
import dev.knatter.client.http.ProblemException;

/**
 * A WebSocket (RFC 6455). The server subscribes it and says {@code hello}; then this side asks by {@code sync} for what came
 * after the cursor. From then on both come: what is read and what is told live.
 */
final class Socket implements Connection {
  /**
   * The server gives a sign of life every 25 s, and so does a proxy in its name. This side pings only where these stay away,
   * because at a proxy each ping wakes a function.
   */
  private static final Duration PING_AFTER = Duration.ofSeconds(30);
  /** Neither a sign of life nor an answer to a ping. */
  private static final Duration SILENCE = Duration.ofSeconds(60);
  /** How long the answer to a reading may take. */
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final int UNAUTHENTICATED = 401;

  private final Api api;
  private final Progress progress;
  private final Visibility visibility;
  private final Clock clock;
  private final SocketEvents events = new SocketEvents();
  private volatile boolean greeted;
  private Instant heard = Instant.MIN;
  private Instant nextPing = Instant.MIN;
  /** Whether a reading goes on, and whether another one must follow it. */
  private boolean syncing;
  private Instant asked = Instant.MIN;
  private boolean again;
  /** What waits for the end of a reading. */
  private final List<String> wishes = new ArrayList<>();

  Socket(Api api, Progress progress, Visibility visibility, Clock clock) {
    this.api = api;
    this.progress = progress;
    this.visibility = visibility;
    this.clock = clock;
  }

  /** Sends a frame soon, from any thread. Returns false, and does nothing, while the server has not said hello. */
  boolean say(Map<String, Object> frame) {
    if (!greeted) {
      return false;
    }
    events.wish(Json.text(frame));
    return true;
  }

  @Override
  public Ended run() throws UnusableException {
    WebSocket socket = open();
    try {
      progress.take(hello(socket));
      greeted = true;
      visibility.connected();
      progress.connected(Way.WEBSOCKET);
      try {
        return follow(socket);
      } catch (NoAnswerException e) {
        return Ended.by(e);
      }
    } finally {
      socket.abort();
    }
  }

  private WebSocket open() throws UnusableException {
    try {
      UUID user = api.session().required().userId();
      String token = api.session().token(user);
      try {
        return open(token);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof WebSocketHandshakeException refused
            && refused.getResponse().statusCode() == UNAUTHENTICATED) {
          return open(api.session().renewed(user, token));
        }
        throw unusable(e);
      }
    } catch (ExecutionException e) {
      throw unusable(e);
    } catch (NoAnswerException | ProblemException e) {
      throw new UnusableException(e); // of the renewal
    }
  }

  private static UnusableException unusable(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String reason = cause instanceof WebSocketHandshakeException refused
        ? "the status " + refused.getResponse().statusCode()
        : cause.toString();
    return new UnusableException("The WebSocket was not opened: " + reason, cause);
  }

  private WebSocket open(String token) throws ExecutionException, UnusableException {
    // http and https become ws and wss.
    URI address = URI.create(api.transport().uri("/v1/stream").toString().replaceFirst("^http", "ws"));
    CompletableFuture<WebSocket> opening = api.transport()
      .client()
      .newWebSocketBuilder()
      .header("Authorization", "Bearer " + token)
      .buildAsync(address, events);
    try {
      return opening.get(OPENING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      giveUp(opening);
      throw new UnusableException("The WebSocket was not opened within " + OPENING.toSeconds() + " s.", e);
    } catch (InterruptedException e) {
      giveUp(opening);
      Thread.currentThread().interrupt();
      throw new NoAnswerException("The thread was interrupted.", e);
    }
  }

  private static void giveUp(CompletableFuture<WebSocket> opening) {
    opening.cancel(/* mayInterruptIfRunning= */ true);
    var unused = opening.thenAccept(WebSocket::abort); // it was opened just before
  }

  private Frame hello(WebSocket socket) throws UnusableException {
    try {
      if (events.next(OPENING) instanceof Text text) {
        socket.request(1);
        Frame frame = Frame.of(text.text());
        if (frame.is(Frame.HELLO)) {
          return frame;
        }
      }
    } catch (NoAnswerException e) {
      throw new UnusableException(e);
    }
    throw new UnusableException("The WebSocket does not begin with hello.");
  }

  private Ended follow(WebSocket socket) {
    hear();
    sync(socket);
    while (true) {
      Event event = events.next(untilNext());
      if (event instanceof Closed closed) {
        return new Ended(Duration.ZERO, closed.reason());
      }
      if (event instanceof Wish wish) {
        wishes.add(wish.text());
      } else if (event != null) {
        hear();
      }
      if (event instanceof Text text) {
        Frame frame = Frame.of(text.text());
        if (frame.is(Frame.BYE)) {
          return Ended.by(frame);
        }
        if (readingIsRefused(frame)) {
          return new Ended(Duration.ZERO, String.valueOf(frame.problem()));
        }
        take(socket, frame);
        socket.request(1);
      }
      if (clock.instant().isAfter(heard.plus(SILENCE))) {
        return new Ended(Duration.ZERO, "the connection is silent");
      }
      if (syncing && clock.instant().isAfter(asked.plus(ANSWER))) {
        return new Ended(Duration.ZERO, "a reading is not answered");
      }
      keepUp(socket);
    }
  }

  private void hear() {
    heard = clock.instant();
    nextPing = heard.plus(PING_AFTER);
  }

  /**
   * Whether the answer to {@code sync} does not come: a reading later may work. The error of a frame that was sent just before may come
   * in its place, which costs another connection. So no other frame is sent while a reading goes on.
   *
   * @throws ProblemException if the server does not know the cursor; of what this client sends, nothing else is invalid
   */
  private boolean readingIsRefused(Frame frame) {
    Problem problem = frame.problem();
    if (!syncing || !frame.is(Frame.ERROR) || problem == null) {
      return false;
    }
    if (problem.is(Problem.INVALID_REQUEST)) {
      throw new ProblemException(problem);
    }
    return problem.passes() || problem.is(Problem.INTERNAL);
  }

  private Duration untilNext() {
    Duration ping = Duration.between(clock.instant(), nextPing);
    Duration read = Connection.least(visibility.untilSync(), progress.untilReading());
    return ping.isNegative() ? Duration.ZERO : Connection.least(ping, read);
  }

  private void take(WebSocket socket, Frame frame) {
    progress.take(frame);
    if (frame.is(Frame.SYNC)) {
      syncing = Boolean.TRUE.equals(frame.more()) || again;
      again = Boolean.TRUE.equals(frame.more()) && again;
      if (syncing) {
        ask(socket);
      }
    }
  }

  private void keepUp(WebSocket socket) {
    if (!clock.instant().isBefore(nextPing)) {
      nextPing = clock.instant().plus(PING_AFTER);
      await(socket.sendPing(ByteBuffer.allocate(0)));
    }
    boolean isMissing = progress.readingIsDue();
    if (visibility.syncIsDue() || isMissing) {
      sync(socket);
    }
    if (syncing) {
      return;
    }
    wishes.forEach(text -> send(socket, text));
    wishes.clear();
    if (visibility.presenceIsDue()) {
      send(socket, Json.text(Map.of("type", "presence", "visible", true)));
    }
  }

  /** Reads from the cursor. A reading that goes on may be past the place of what is missing now, so another one follows it. */
  private void sync(WebSocket socket) {
    again = syncing;
    if (!syncing) {
      syncing = true;
      ask(socket);
    }
  }

  private void ask(WebSocket socket) {
    asked = clock.instant();
    send(socket, Json.text(Map.of("type", "sync", "cursor", progress.cursor())));
  }

  private static void send(WebSocket socket, String text) {
    await(socket.sendText(text, /* last= */ true));
  }

  private static void await(CompletableFuture<WebSocket> sent) {
    try {
      var unused = sent.get(OPENING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new NoAnswerException("The connection broke: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("The thread was interrupted.", e);
    }
  }
}
