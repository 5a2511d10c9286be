package dev.knatter.embedded.cassandra;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The process for which this one runs. Ids are given out again, so that its start is part of its identity. */
record Owner(long pid, Instant start) {
  private static final long LOOK_EVERY_MILLIS = 500;
  /** Systems derive the start from the boot time, which moves a little when the clock is set. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** Calls back, on a thread of its own, within half a second of the owner's end, however it ended. */
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
