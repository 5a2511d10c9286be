package dev.knatter.embedded;

import java.time.Instant;

/** Identifies a process. Systems reuse process ids, so the start time is part of the identity. */
record ProcessIdentity(long pid, Instant start) {
  static ProcessIdentity of(long pid) {
    return ProcessHandle.of(pid)
      .flatMap(process -> process.info().startInstant())
      .map(start -> new ProcessIdentity(pid, start))
      .orElseThrow(() -> new CannotStartException(
          "Process %d, for which a store was to start, is gone.".formatted(pid)));
  }
}
