package dev.knatter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.SchemaMain;

/** Applies the schema, as the schema Job does in a cluster. */
final class Schema {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private Schema() {}

  /** Applies the schema and returns when it is complete. */
  static void apply(Env env) throws InterruptedException {
    try {
      SchemaMain.apply(env);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies the schema in the background, because functions may start before an external store answers. */
  static Thread applyWhenThere(Env env, Consumer<String> progress) {
    return Thread.ofVirtual().name("schema").start(() -> {
      try {
        while (!tryApply(env)) {
          progress.accept("Cassandra at %s does not answer; trying on".formatted(
              env.require("KNATTER_CASSANDRA_CONTACT_POINTS")));
          Thread.sleep(RETRY);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private static boolean tryApply(Env env) throws InterruptedException {
    try {
      apply(env);
      return true;
    } catch (AllNodesFailedException e) {
      return false;
    }
  }
}
