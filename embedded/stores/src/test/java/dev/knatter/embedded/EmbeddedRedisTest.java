package dev.knatter.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedRedisTest {
  @TempDir
  Path folder;

  @Test
  void start_inEmptyFolder_answersUntilClosed() {
    EmbeddedRedis redis = EmbeddedRedis.start(folder, 0, System.out::println);
    assertThat(ProcessHandle.of(redis.pid())).isPresent();
    redis.close();
    assertThat(ProcessHandle.of(redis.pid())).isEmpty();
  }

  @Test
  void cassandra() {
    EmbeddedCassandra cassandra = EmbeddedCassandra.start(folder, 0, ProcessHandle.current().pid(),
        System.out::println);
    assertThat(ProcessHandle.of(cassandra.pid())).isPresent();
    cassandra.close();
    assertThat(ProcessHandle.of(cassandra.pid())).isEmpty();
  }
}
