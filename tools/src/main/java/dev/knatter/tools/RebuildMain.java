package dev.knatter.tools;

import java.time.Clock;

import dev.knatter.chat.group.GroupRebuild;
import dev.knatter.chat.group.GroupRebuild.Result;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;

/**
 * {@code ./knatter rebuild}: makes the tables of members and of each user's conversations anew, from the logs of groups and from
 * the timelines. The product may run meanwhile.
 */
public final class RebuildMain {
  private static final int FAILED = 1;

  private RebuildMain() {}

  public static void main(String[] args) {
    System.exit(run(Env.system()));
  }

  /** The status with which the process ends. */
  static int run(Env env) {
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(env), Clock.systemUTC())) {
      Result result = new GroupRebuild(cassandra, Clock.systemUTC()).run();
      System.out.println("Made " + result.groups() + " groups anew, and the activity of " + result.active()
          + " conversations.");
      return 0;
    } catch (Unavailable e) {
      System.err.println(e.getMessage() + " What was done stays done: run it again.");
      return FAILED;
    }
  }
}
