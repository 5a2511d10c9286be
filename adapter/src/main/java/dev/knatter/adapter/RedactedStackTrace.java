package dev.knatter.adapter;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A stack trace without the exceptions' messages: drivers and parsers quote values in them, and no log may hold a token or the
 * content of a message.
 */
final class RedactedStackTrace {
  private RedactedStackTrace() {}

  static String of(Throwable failure) {
    StringBuilder trace = new StringBuilder();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (@Nullable
    Throwable at = failure; at != null && seen.add(at); at = at.getCause()) {
      trace.append(trace.isEmpty() ? "" : "\nCaused by: ").append(at.getClass().getName());
      for (StackTraceElement frame : at.getStackTrace()) {
        trace.append("\n\tat ").append(frame);
      }
    }
    return trace.toString();
  }
}
