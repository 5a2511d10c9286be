package dev.knatter.client.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.knatter.client.api.Api;
import dev.knatter.client.follow.Connection.Ended;
import dev.knatter.client.follow.Connection.UnusableException;
import dev.knatter.client.follow.Progress.ListenerException;
import dev.knatter.client.http.Backoff;
import dev.knatter.client.http.KnatterException;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.Problem;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.people.People;
import org.jspecify.annotations.Nullable;

/**
 * Follows the inbox over one connection after the other. Each round begins with the best way, and takes the next one where
 * that does not work. Since every connection goes on from the cursor, nothing is missed between two.
 */
public final class Follower implements Following {
  private static final Duration LASTING = Duration.ofSeconds(5);

  private final Api api;
  private final Clock clock;
  private final Inbox inbox;
  private final Progress progress;
  private final Listener listener;
  private final Visibility visibility;
  private final Thread thread = new Thread(this::run, "knatter-follow");
  private volatile boolean closed;
  private volatile @Nullable Socket socket;

  private Follower(Api api, Clock clock, Inbox inbox, Progress progress, Listener listener) {
    this.api = api;
    this.clock = clock;
    this.inbox = inbox;
    this.progress = progress;
    this.listener = listener;
    this.visibility = new Visibility(clock);
  }

  /**
   * Begins.
   *
   * @param cursor of the inbox; null for what is new from now on
   * @throws KnatterException if there is no session, or no cursor of this moment
   */
  public static Follower start(Api api, Clock clock, @Nullable String cursor, Listener listener) {
    var unused = api.session().required();
    Inbox inbox = new Inbox(api);
    Follower follower = new Follower(api, clock, inbox,
        new Progress(listener, api.clock(), clock, cursor == null ? inbox.present() : cursor), listener);
    follower.thread.setDaemon(true);
    follower.thread.start();
    return follower;
  }

  private void run() {
    Backoff backoff = new Backoff(Duration.ofMillis(250));
    try {
      while (!closed) {
        Duration wait = round(backoff);
        if (!closed) {
          Thread.sleep(wait.toMillis());
        }
      }
    } catch (InterruptedException e) {
      // It was closed.
    } catch (ListenerException e) {
      listener.ended(e.failure());
    } catch (RuntimeException e) {
      if (!closed) {
        listener.ended(e);
      }
    }
  }

  /** One connection by the best way that works. Returns how long to wait before the next round. */
  private Duration round(Backoff backoff) {
    UnusableException last = null;
    for (Way way : Way.values()) {
      Instant begun = clock.instant();
      try {
        Ended ended = connection(way).run();
        if (!closed) {
          progress.disconnected(ended.reason());
        }
        if (clock.instant().isAfter(begun.plus(LASTING))) {
          backoff.reset(); // a server that ends each connection at once is asked less and less
        }
        return backoff.next(ended.pause());
      } catch (UnusableException e) {
        last = e;
      } finally {
        socket = null;
      }
      if (closed) {
        return Duration.ZERO;
      }
    }
    return failed(backoff, last);
  }

  /** No way works: the network is away, or the server refuses for a reason that does not pass. */
  private Duration failed(Backoff backoff, @Nullable UnusableException last) {
    if (last == null) {
      throw new IllegalStateException("There is no way.");
    }
    Duration least = Duration.ZERO;
    if (last.getCause() instanceof ProblemException refused) {
      Problem problem = refused.problem();
      // 401 is not final: the next renewal says whether the session has ended.
      if (problem.status() < 500 && !problem.passes() && !problem.is(Problem.UNAUTHENTICATED)) {
        throw refused;
      }
      least = problem.retryAfter();
    }
    progress.disconnected(String.valueOf(last.getMessage()));
    return backoff.next(least);
  }

  private Connection connection(Way way) {
    return switch (way) {
      case WEBSOCKET -> {
        Socket next = new Socket(api, progress, visibility, clock);
        socket = next;
        yield next;
      }
      case EVENT_STREAM -> new EventStream(api, inbox, progress, visibility, clock);
      case LONG_POLL -> new LongPoll(inbox, progress, clock);
    };
  }

  @Override
  public String cursor() {
    return progress.cursor();
  }

  /** Whether it tells nothing more. */
  public boolean ended() {
    return !thread.isAlive();
  }

  @Override
  public void visible(boolean now) {
    visibility.set(now);
    Socket open = socket;
    if (open != null && open.say(Map.of("type", "presence", "visible", now))) {
      return;
    }
    try {
      new People(api).presence(now);
    } catch (NoAnswerException | ProblemException e) {
      // Presence is no promise. The next connection says it again.
    }
  }

  @Override
  public void typing(UUID conversationId) {
    Socket open = socket;
    if (open != null) {
      var unused = open.say(Map.of("type", "typing", "conversationId", conversationId));
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    if (Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
