package dev.knatter.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Owns a store until it ends: it prints the store's process id and address, and ends when it reads a byte. */
final class LaunchMain {
  private LaunchMain() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "cassandra" -> {
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(folder, 0, ProcessHandle.current().pid(),
            System.err::println);
        System.out.println(cassandra.pid() + " " + cassandra.contactPoint());
      }
      case "redis" -> {
        EmbeddedRedis redis = EmbeddedRedis.start(folder, 0, System.err::println);
        System.out.println(redis.pid() + " " + redis.url());
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    var _ = System.in.read();
  }
}
