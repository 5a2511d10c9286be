package dev.knatter.chat.pending;

import java.time.Duration;

/** The passes of a sweep. Each visits every bucket of its table once. The progress table stores their names. */
public enum SweepPass {
  /** Finishes what a killed or slow writer left. */
  SOON(Duration.ofSeconds(30)),
  /** Finishes what a store under load, or its batch log, wrote late. */
  LATER(Duration.ofMinutes(10)),
  /** Finishes what a node that was away for up to an hour brings back. */
  HOUR(Duration.ofHours(1)),
  /** Comes after the store's hint window of three hours: no row can appear any more. */
  LAST(Duration.ofHours(4));

  private final Duration delay;

  SweepPass(Duration delay) {
    this.delay = delay;
  }

  /** How long after a bucket's end the pass visits it. */
  Duration delay() {
    return delay;
  }

  public boolean last() {
    return this == LAST;
  }
}
