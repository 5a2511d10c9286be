package dev.knatter.guard;

import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs unexpected exceptions once, under a reference that the answer contains. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static String report(Exception failure) {
    String reference = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    log.error("A function failed, reference {}: {}", reference, trace(failure));
    return reference;
  }

  /** The classes and stack frames, without messages, because drivers and parsers quote values in theirs. */
  private static String trace(Exception failure) {
    StringBuilder text = new StringBuilder();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    @Nullable
    Throwable at = failure;
    while (at != null && seen.add(at)) {
      text.append(text.isEmpty() ? "" : "\nCaused by: ").append(at.getClass().getName());
      for (StackTraceElement frame : at.getStackTrace()) {
        text.append("\n\tat ").append(frame);
      }
      at = at.getCause();
    }
    return text.toString();
  }
}
