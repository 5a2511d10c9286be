package dev.knatter.chat.change;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of one process, which is wrong by some time. A hook runs whenever the process looks at it. */
final class PausingClock extends Clock {
  private volatile Duration offset;
  private volatile Runnable hook = () -> {};

  PausingClock(Duration offset) {
    this.offset = offset;
  }

  void set(Duration newOffset) {
    offset = newOffset;
  }

  void hook(Runnable run) {
    hook = run;
  }

  /** The time is taken first: a process that is suspended here goes on with an old one. */
  @Override
  public Instant instant() {
    Instant now = Clock.systemUTC().instant().plus(offset);
    hook.run();
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("only UTC");
  }
}
