package dev.knatter.chat.inbox;

import java.time.Duration;
import java.util.UUID;

/**
 * One attempt to write a message into inboxes: the position it will have there, and how long ago that was minted.
 * Only an attempt that was acknowledged in time may be forgotten; any other stays in the outbox, for the sweep to
 * enter at a fresh position.
 */
public final class WriteAttempt implements AutoCloseable {
  /** How late behind its position an inbox row may still appear: what cursors wait for. */
  public static final Duration DELTA = Duration.ofSeconds(10);

  private static final long IN_TIME_NANOS = DELTA.toNanos() / 2;

  private final OutboxPartition lane;
  private final UUID position;
  private final long mintedNanos;
  private boolean inTime;

  WriteAttempt(OutboxPartition lane, UUID position, long mintedNanos) {
    this.lane = lane;
    this.position = position;
    this.mintedNanos = mintedNanos;
  }

  public UUID position() {
    return position;
  }

  OutboxPartition lane() {
    return lane;
  }

  /** Says that the batch was acknowledged just now; whether that was in time. */
  boolean acknowledge() {
    // A monotonic clock: it goes on while a process is stopped, and nobody can set it.
    inTime = System.nanoTime() - mintedNanos <= IN_TIME_NANOS;
    return inTime;
  }

  @Override
  public void close() {
    lane.leave(position, inTime);
  }
}
