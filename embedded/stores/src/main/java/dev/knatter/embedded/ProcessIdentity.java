package dev.knatter.embedded;

import java.time.Instant;

/** Which process exactly: ids are given out again, so that the start belongs to it. */
record ProcessIdentity(long pid, Instant start) {
  static ProcessIdentity of(long pid) {
    return ProcessHandle.of(pid)
      .flatMap(process -> process.info().startInstant())
      .map(start -> new ProcessIdentity(pid, start))
      .orElseThrow(() -> new CannotStartException(
          "Process %d, for which a store was to start, is gone.".formatted(pid)));
  }
}
