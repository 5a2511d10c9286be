package dev.knatter.functions.outbox;

import org.jspecify.annotations.Nullable;

/** Parts of the work that do not wait for each other's success. */
final class Parts {
  private Parts() {}

  /** Runs each of them, also if one before has failed. Then throws the first failure, so that the event comes again. */
  static void runAll(Runnable... parts) {
    @Nullable
    RuntimeException failure = null;
    for (Runnable part : parts) {
      try {
        part.run();
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
