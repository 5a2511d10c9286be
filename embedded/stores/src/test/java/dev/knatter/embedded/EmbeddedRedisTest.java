package dev.knatter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedRedisTest {
  @TempDir
  Path folder;

  @Test
  void close_whenRunning_endsTheProcess() {
    EmbeddedRedis redis = EmbeddedRedis.start(folder, 0, _ -> {});
    assertThat(ProcessHandle.of(redis.pid())).isPresent();
    redis.close();
    assertThat(ProcessHandle.of(redis.pid())).isEmpty();
  }

  @Test
  void start_twice_runsSideBySide() {
    try (EmbeddedRedis one = EmbeddedRedis.start(folder, 0, _ -> {});
        EmbeddedRedis other = EmbeddedRedis.start(folder.resolve("other"), 0, _ -> {})) {
      assertThat(one.url()).isNotEqualTo(other.url());
    }
  }

  @Test
  void start_onAPortInUse_namesThePort() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(folder, 0, _ -> {})) {
      assertThatThrownBy(() -> EmbeddedRedis.start(folder, redis.port(), _ -> {}))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("port " + redis.port());
    }
  }

  @Test
  void owner_killed_takesRedisAlong() throws Exception {
    Launched owner = Launched.start("redis", folder);
    owner.awaitStarted();
    assertThat(owner.children()).isNotEmpty();
    owner.kill();
    owner.awaitNobodyLeft();
  }

  @Test
  void owner_killedHalfWay_leavesNobody() throws Exception {
    Launched owner = Launched.start("redis", folder);
    owner.awaitChild();
    owner.kill();
    owner.awaitNobodyLeft();
  }
}
