package dev.knatter.embedded.cassandra;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The process for which this one runs. Systems reuse process ids, so the start time is part of the identity. */
record Owner(long pid, Instant start) {
  private static final long LOOK_EVERY_MILLIS = 500;
  /** Systems compute the start time from the boot time, which changes a little when somebody sets the clock. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** Runs the action on a thread of its own, within half a second after the owner has ended for any reason. */
  void whenGone(Runnable gone) {
    Thread watch = new Thread(() -> {
      awaitEnd();
      gone.run();
    }, "owner-watch");
    watch.setDaemon(true);
    watch.start();
  }

  void awaitEnd() {
    while (isAlive()) {
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean isAlive() {
    return ProcessHandle.of(pid)
      .filter(ProcessHandle::isAlive)
      .flatMap(process -> process.info().startInstant())
      .filter(actual -> Duration.between(start, actual).abs().compareTo(TOLERANCE) <= 0)
      .isPresent();
  }
}
