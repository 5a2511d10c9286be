package dev.knatter.client.send;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import dev.knatter.client.api.Api;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.KnatterException;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.Problem;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.SessionEndedException;
import dev.knatter.client.message.Message;

/**
 * Sends what is in the outbox. Of each conversation one message at a time is on its way, and the next one follows when it is
 * answered; of different conversations, several are.
 *
 * <p>
 * A message is in the outbox before its first attempt, and its clientId as well. All its attempts have that id, until the
 * server says that it is stale.
 */
public final class Sender implements AutoCloseable {
  private static final int THREADS = 8;
  /** After so many internal errors for one message, the next one has its turn. */
  private static final int FAILURES = 10;

  private final Api api;
  private final Outbox outbox;
  private final SendListener listener;
  private final ScheduledThreadPoolExecutor executor;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Lane.Key, Lane> lanes = new HashMap<>();
  private boolean closed;

  public Sender(Api api, Outbox outbox, SendListener listener) {
    this.api = api;
    this.outbox = outbox;
    this.listener = listener;
    this.executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
      Thread thread = new Thread(task, "knatter-send");
      thread.setDaemon(true);
      return thread;
    });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Puts a message into the outbox, and sends it when it is its turn.
   *
   * @return the stored message; fails with {@link ProblemException} if the server will not take it, and with
   *     {@link SessionEndedException} if somebody must log in first: then it stays in the outbox, and is sent after that
   * @throws SessionEndedException if nobody is logged in
   */
  public CompletableFuture<Message> send(Draft draft) {
    UUID user = api.session().required().userId();
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("The client is closed.");
      }
      Pending pending = new Pending(outbox.add(user, draft));
      enqueue(pending);
      return pending.answer();
    } finally {
      lock.unlock();
    }
  }

  /** Sends what the outbox holds of who is logged in: what an earlier run has left, and what waited for a login. */
  public void resume() {
    lock.lock();
    try {
      api.session().current().ifPresent(session -> resume(session.userId()));
    } finally {
      lock.unlock();
    }
  }

  private void resume(UUID user) {
    Set<Long> known = lanes.values()
      .stream()
      .flatMap(lane -> lane.queue().stream())
      .map(pending -> pending.entry().number())
      .collect(Collectors.toSet());
    outbox.entries()
      .stream()
      .filter(entry -> entry.userId().equals(user) && !known.contains(entry.number()))
      .forEach(entry -> enqueue(new Pending(entry)));
    for (Lane lane : List.copyOf(lanes.values())) {
      if (lane.stopped() && lane.key().user().equals(user)) {
        lane.stop(false);
        run(lane, Duration.ZERO);
      }
    }
  }

  private void enqueue(Pending pending) {
    Lane lane = lanes.computeIfAbsent(Lane.Key.of(pending.entry()), Lane::new);
    lane.queue().add(pending);
    if (lane.queue().size() == 1) {
      run(lane, Duration.ZERO);
    }
  }

  private void run(Lane lane, Duration delay) {
    try {
      var unused = executor.schedule(() -> step(lane), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The client was closed. The outbox has what was not sent.
    }
  }

  /** One attempt at the first message of a lane. Of each lane, one step at a time is scheduled or runs. */
  private void step(Lane lane) {
    Pending first = first(lane);
    try {
      conclude(lane, first, attempt(first));
    } catch (SessionEndedException e) {
      stop(lane, e);
    } catch (KnatterException e) {
      again(lane, first, e.retryAfter(), e.getMessage()); // no answer, or the renewal of the session was put off
    } catch (RuntimeException e) {
      // The outbox could not be written. Without that, no request may leave.
      again(lane, first, Duration.ZERO, e.toString());
    }
  }

  private Pending first(Lane lane) {
    lock.lock();
    try {
      return lane.queue().getFirst();
    } finally {
      lock.unlock();
    }
  }

  private Outcome attempt(Pending first) {
    OutboxEntry entry = first.entry();
    UUID clientId = entry.clientId();
    if (clientId == null) {
      clientId = api.clock().mint();
      store(first, clientId);
    }
    Call call = Call.post("/v1/send", entry.draft().body(clientId)).expecting(201);
    Instant asked = api.clock().local();
    return Outcome.of(entry, clientId, asked, api.onceAs(entry.userId(), call), api.clock());
  }

  private void store(Pending first, UUID clientId) {
    OutboxEntry next = first.entry().under(clientId);
    outbox.update(next);
    first.replace(next);
  }

  private void conclude(Lane lane, Pending first, Outcome outcome) {
    if (outcome instanceof Outcome.Sent sent) {
      tell(() -> listener.sent(first.entry(), sent.message()));
      finish(lane, first);
      first.answer().complete(sent.message());
    } else if (outcome instanceof Outcome.Stale stale) {
      store(first, stale.nextId());
      again(lane, first, Duration.ZERO, "the clientId was stale");
    } else if (outcome instanceof Outcome.Unknown unknown) {
      again(lane, first, unknown.pause(), unknown.why());
    } else if (outcome instanceof Outcome.Failed failed && first.countFailure() < FAILURES) {
      again(lane, first, failed.problem().retryAfter(), failed.problem().toString());
    } else if (outcome instanceof Outcome.Failed failed) {
      refuse(lane, first, failed.problem());
    } else if (outcome instanceof Outcome.Refused refused) {
      refuse(lane, first, refused.problem());
    }
  }

  private void again(Lane lane, Pending first, Duration least, String reason) {
    Duration wait = first.backoff().next(least);
    tell(() -> listener.delayed(first.entry(), reason, wait));
    run(lane, wait);
  }

  private void refuse(Lane lane, Pending first, Problem problem) {
    tell(() -> listener.refused(first.entry(), problem));
    finish(lane, first);
    first.answer().completeExceptionally(new ProblemException(problem));
  }

  /** A listener that fails has been told all the same. */
  private static void tell(Runnable what) {
    try {
      what.run();
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /** The first message has its end; the next one has its turn. */
  private void finish(Lane lane, Pending first) {
    outbox.remove(first.entry());
    lock.lock();
    try {
      lane.queue().removeFirst();
      if (lane.queue().isEmpty()) {
        lanes.remove(lane.key());
        changed.signalAll();
      } else {
        run(lane, Duration.ZERO);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing goes on without a login. Whoever waits learns that; the messages stay. */
  private void stop(Lane lane, SessionEndedException reason) {
    List<Pending> waiting;
    lock.lock();
    try {
      if (api.session().current().filter(now -> now.userId().equals(lane.key().user())).isPresent()) {
        run(lane, Duration.ZERO); // they have logged in again meanwhile, and somebody else in between
        return;
      }
      waiting = List.copyOf(lane.queue());
      lane.stop(true);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    waiting.forEach(pending -> pending.answer().completeExceptionally(reason));
  }

  /**
   * Waits until every message has its end, or waits for a login.
   *
   * @return whether every message has its end; not those that wait for a login, also of a user who was logged in before
   */
  public boolean flush(Duration within) throws InterruptedException {
    long left = within.toNanos();
    lock.lock();
    try {
      while (lanes.values().stream().anyMatch(lane -> !lane.stopped())) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return lanes.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Stops. What was not answered stays in the outbox, and whoever waits for it learns that. */
  @Override
  public void close() {
    List<Pending> waiting;
    lock.lock();
    try {
      closed = true;
      waiting = lanes.values().stream().flatMap(lane -> lane.queue().stream()).toList();
    } finally {
      lock.unlock();
    }
    var unused = executor.shutdownNow();
    try {
      // Not while the outbox is being written.
      if (!executor.awaitTermination(api.transport().timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("A message is still on its way.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      NoAnswerException reason = new NoAnswerException("The client was closed before the answer came.");
      waiting.forEach(pending -> pending.answer().completeExceptionally(reason));
      outbox.close();
    }
  }
}
