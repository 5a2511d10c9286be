package dev.knatter.shared.store.resp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One connection, made in the background. Many callers share it: each puts its command into a queue, and whoever finds
 * nobody writing writes for all, so the more there is to send, the fewer packets it takes. Answers come in the order of
 * the commands. The first failure is the end of it, for all that is still unanswered.
 */
final class Connection implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  private final Address address;
  private final Consumer<List<?>> messages;
  private final Queue<Call> toWrite = new ConcurrentLinkedQueue<>();
  private final Queue<Call> written = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();
  private volatile @Nullable Socket socket;
  private volatile @Nullable IOException failure;

  /** A command and what will be its answer. */
  private static final class Call extends CompletableFuture<@Nullable Object> {
    private final byte[] command;

    Call(byte[] command) {
      this.command = command;
    }
  }

  private Connection(Address address, Consumer<List<?>> messages) {
    this.address = address;
    this.messages = messages;
  }

  /** Starts to connect and returns at once. */
  static Connection open(Address address) {
    return open(address, _ -> {});
  }

  /** @param messages takes what comes from channels, on the thread that reads: it must not wait for anything */
  static Connection open(Address address, Consumer<List<?>> messages) {
    Connection connection = new Connection(address, messages);
    // A thread of the system: it waits in the kernel for what it reads, which costs less than any selector.
    Thread.ofPlatform().daemon().name("redis").start(connection::run);
    return connection;
  }

  boolean broken() {
    return failure != null;
  }

  /** Sends a command; the future has what {@link Replies#next} gave for it, or an IOException. */
  CompletableFuture<@Nullable Object> call(byte[] command) {
    Call call = new Call(command);
    toWrite.add(call);
    flush();
    return call;
  }

  /**
   * Nobody waits for that answer any longer. Where the server is silent, whatever else waits for it would wait in vain,
   * too. A connection that is still being made has time-outs of its own: were it ended by whoever is the first to
   * lose patience, one that takes longer than that would never be made.
   */
  void giveUp(CompletableFuture<@Nullable Object> call) {
    call.cancel(false);
    if (socket != null) {
      close();
    }
  }

  private void run() {
    try (Socket open = address.connect()) {
      Replies replies = new Replies(new BufferedInputStream(open.getInputStream(), BUFFER));
      address.login(open, replies);
      socket = open;
      flush();
      while (failure == null) {
        take(replies.next());
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new IOException(e));
    }
  }

  private void take(@Nullable Object reply) throws IOException {
    if (reply instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof byte[] kind
        && Replies.text(kind).equals("message")) {
      messages.accept(list);
      return;
    }
    Call call = written.poll();
    if (call == null && reply instanceof Refusal refusal) {
      throw new RefusedException(refusal.code()); // as protected mode greets
    }
    if (call == null) {
      throw new IOException("Redis answers what was not asked.");
    }
    call.complete(reply);
  }

  private void flush() {
    while (!toWrite.isEmpty() && (socket != null || failure != null) && writing.tryLock()) {
      try {
        write();
      } finally {
        writing.unlock();
      }
    }
  }

  private void write() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Call call = toWrite.poll(); call != null; call = toWrite.poll()) {
      if (!call.isCancelled()) {
        written.add(call);
        all.writeBytes(call.command);
      }
    }
    Socket open = socket;
    try {
      if (open != null && failure == null) {
        open.getOutputStream().write(all.toByteArray());
      }
    } catch (IOException e) {
      fail(e);
    }
    failUnanswered();
  }

  private void fail(IOException cause) {
    if (failure == null) {
      failure = cause;
    }
    Socket open = socket;
    if (open != null) {
      closeQuietly(open);
    }
    flush();
    failUnanswered();
  }

  private static void closeQuietly(Socket open) {
    try {
      open.close();
    } catch (IOException e) {
      // It is given up anyway.
    }
  }

  /** After a failure whoever adds to a queue comes through here, so that nothing is forgotten in one. */
  private void failUnanswered() {
    IOException cause = failure;
    if (cause != null) {
      for (Call call = written.poll(); call != null; call = written.poll()) {
        call.completeExceptionally(cause);
      }
    }
  }

  /** Gives up what is unanswered. */
  @Override
  public void close() {
    fail(new IOException("The connection was closed."));
  }
}
