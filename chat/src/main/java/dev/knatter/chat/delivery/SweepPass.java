package dev.knatter.chat.delivery;

import java.time.Duration;

/** The visits that every bucket of the outbox gets. */
enum SweepPass {
  /** Soon: what a killed or slow writer left. */
  SOON(Duration.ofSeconds(30)),
  /** What a store under load, or its batch log, brought late. */
  LATER(Duration.ofMinutes(10)),
  /** What a node that was away for an hour brought. */
  HOUR(Duration.ofHours(1)),
  /** Above the store's hint window of three hours: whatever can land has landed. */
  LAST(Duration.ofHours(4));

  private final Duration behind;

  SweepPass(Duration behind) {
    this.behind = behind;
  }

  /** How long after a bucket's end it is visited. */
  Duration behind() {
    return behind;
  }

  boolean last() {
    return this == LAST;
  }
}
