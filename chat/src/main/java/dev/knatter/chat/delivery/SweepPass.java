package dev.knatter.chat.delivery;

import java.time.Duration;

/** The passes of the sweep. Each visits every bucket of the outbox once. The progress table stores their names. */
enum SweepPass {
  /** Delivers what a killed or slow writer left. */
  SOON(Duration.ofSeconds(30)),
  /** Delivers what a store under load, or its batch log, wrote late. */
  LATER(Duration.ofMinutes(10)),
  /** Delivers what a node that was away for up to an hour brings back. */
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

  boolean last() {
    return this == LAST;
  }
}
