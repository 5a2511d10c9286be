package dev.knatter.shared.store;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import org.jspecify.annotations.Nullable;

/** Collects a failure, its cause, the cause of that, and so on. The driver keeps the causes of its failures by node. */
final class Causes {
  private Causes() {}

  static Set<Throwable> of(Throwable failure) {
    Set<Throwable> all = Collections.newSetFromMap(new IdentityHashMap<>());
    add(failure, all);
    return all;
  }

  private static void add(@Nullable Throwable failure, Set<Throwable> all) {
    if (failure == null || !all.add(failure)) {
      return;
    }
    add(failure.getCause(), all);
    for (Throwable suppressed : failure.getSuppressed()) {
      add(suppressed, all);
    }
    if (failure instanceof AllNodesFailedException everywhere) {
      for (List<Throwable> errors : everywhere.getAllErrors().values()) {
        errors.forEach(error -> add(error, all));
      }
    }
  }
}
