package dev.knatter.chat.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Members;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.inbox.Change;
import dev.knatter.chat.inbox.ChangeKind;
import dev.knatter.chat.message.FanOut;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.message.TimeToLive;
import dev.knatter.chat.pending.Intent;
import dev.knatter.shared.Chunks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters messages of large groups in the inboxes of all members, in the background of the process that has stored them. Each
 * chunk of members is a commit with an outbox row of its own, and may be repeated. If the process ends before the last
 * chunk, the row of the first commit stays, and the sweep does all of it again.
 *
 * <p>The members are read after the message is stored, or at most {@link Memberships#FRESH} before. Who joins later gets the message
 * from the catch-up of their joining.
 */
public final class ChunkedFanOut implements FanOut, AutoCloseable {
  /** How many messages this process enters at the same time. More are left to the sweep, so that memory has a bound. */
  private static final int MAX_RUNNING = 500;
  /** How many chunks this process commits at the same time. */
  private static final int MAX_COMMITS = 8;
  private static final long STOP_SECONDS = 5;
  private static final Logger log = LoggerFactory.getLogger(ChunkedFanOut.class);

  private final Memberships memberships;
  private final MessageReentry messages;
  private final Notifier notifier;
  private final Semaphore running = new Semaphore(MAX_RUNNING);
  private final Semaphore commits = new Semaphore(MAX_COMMITS, /* fair= */ true);

  public ChunkedFanOut(Memberships memberships, MessageReentry messages, Notifier notifier) {
    this.memberships = memberships;
    this.messages = messages;
    this.notifier = notifier;
  }

  @Override
  public void start(Message message, @Nullable Change change, Audience audience, Intent row) {
    if (!running.tryAcquire()) {
      row.close();
      return;
    }
    Thread.ofVirtual().name("fan-out").start(() -> {
      try (row) {
        enter(message, change == null ? null : change.kind(), audience.conversation().members());
        row.settle();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | RuntimeException e) {
        log.info("A message for many members is left to the sweep: {}", e.toString());
      } finally {
        running.release();
      }
    });
  }

  private void enter(Message message, @Nullable ChangeKind kind, List<UUID> known)
      throws InterruptedException, ExecutionException {
    UUID group = message.conversationId();
    notifier.conversationChanged(group, List.of()); // a reader who finds an entry must not get an older cached page
    // Who joins reads all messages as they are then. A cached list could lack somebody who has read one before it was changed.
    Members members = kind == null ? memberships.members(group) : memberships.presentMembers(group);
    List<UUID> others = new ArrayList<>(members.users());
    others.removeAll(known);
    TimeToLive timeToLive = messages.timeToLive(message); // once, and not for each chunk
    List<Future<?>> entered = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<UUID> chunk : Chunks.of(others, Conversation.MAX_MEMBERS)) {
        commits.acquire();
        entered.add(threads.submit(() -> {
          try {
            messages.enterFor(chunk, message, kind, timeToLive);
            notifier.wake(group, chunk);
          } finally {
            commits.release();
          }
        }));
      }
    }
    for (Future<?> each : entered) {
      each.get();
    }
  }

  /** Gives what is running a few seconds. The sweep does the rest. */
  @Override
  public void close() {
    try {
      if (!running.tryAcquire(MAX_RUNNING, STOP_SECONDS, TimeUnit.SECONDS)) {
        log.info("Messages for many members are left to the sweep.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
