package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.knatter.embedded.EmbeddedRedis;
import dev.knatter.shared.Env;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class RedisListenerTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  @TempDir
  Path folder;

  private final Redis redis = Redis.open(RedisSettings.from(Env.of(stores.env())));

  @BeforeEach
  void awaitRedis() {
    await().untilAsserted(() -> assertThat(redis.isUp()).contains(true));
  }

  @AfterEach
  void close() {
    stores.redis().restore();
    redis.close();
  }

  /** Publishes a message and returns how many clients received it. */
  private static String say(String channel) throws Exception {
    return RawRedis.send(stores.redisProcess(), "PUBLISH " + channel + " something");
  }

  @Test
  void message_ringsAllWhoListenThere_andNobodyElse() throws Exception {
    AtomicInteger one = new AtomicInteger();
    AtomicInteger two = new AtomicInteger();
    AtomicInteger elsewhere = new AtomicInteger();
    List<RedisListener> listeners = List.of(redis.listen("here", one::incrementAndGet),
        redis.listen("here", two::incrementAndGet), redis.listen("there", elsewhere::incrementAndGet));
    await().until(() -> listeners.stream().allMatch(RedisListener::hears));
    one.set(0);
    two.set(0);
    elsewhere.set(0); // a bell has already run if its listener was subscribed late

    assertThat(say("here")).isEqualTo("1");
    await().until(() -> one.get() == 1 && two.get() == 1);
    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void lastOneToLeave_endsTheSubscription() throws Exception {
    AtomicInteger rung = new AtomicInteger();
    RedisListener one = redis.listen("left", rung::incrementAndGet);
    RedisListener other = redis.listen("left", rung::incrementAndGet);
    await().until(() -> one.hears() && other.hears());
    one.close();
    rung.set(0);
    assertThat(say("left")).isEqualTo("1");
    await().until(() -> rung.get() == 1);
    other.close();
    await().until(() -> say("left").equals("0"));
  }

  @Test
  void connectionCut_isMadeAnew_andEverybodyIsRung() throws Exception {
    AtomicInteger rung = new AtomicInteger();
    RedisListener listener = redis.listen("cut", rung::incrementAndGet);
    stores.redis().cut();
    await().until(() -> !listener.hears());
    int cut = rung.get();
    stores.redis().restore();

    await().until(() -> listener.hears() && rung.get() > cut);
    int before = rung.get();
    assertThat(say("cut")).isEqualTo("1");
    await().until(() -> rung.get() > before);
  }

  @Test
  void anotherConnectionBroke_isHeardAgain() throws Exception {
    AtomicInteger rung = new AtomicInteger();
    RedisListener listener = redis.listen("kept", rung::incrementAndGet);
    assertThat(say("kept")).isEqualTo("1");
    await().until(() -> rung.get() == 1);
    assertThat(RawRedis.send(stores.redisProcess(), "CLIENT KILL TYPE normal SKIPME yes")).isNotEqualTo("0");
    await().until(() -> !listener.hears());
    await().until(() -> rung.get() == 2); // the second call reports the broken connection
    await().until(listener::hears);
    assertThat(say("kept")).isEqualTo("1");
  }

  @Test
  void listenerWhileThereIsNoConnection_hearsLater_andIsRung() throws Exception {
    stores.redis().cut();
    AtomicInteger rung = new AtomicInteger();
    RedisListener listener = redis.listen("later", rung::incrementAndGet);
    assertThat(listener.hears()).isFalse();
    stores.redis().restore();

    await().until(() -> listener.hears() && rung.get() >= 1);
    int before = rung.get();
    assertThat(say("later")).isEqualTo("1");
    await().until(() -> rung.get() > before);
  }

  @Test
  void listenerThatIsClosedBetweenTwoAttempts_doesNotSubscribe() throws Exception {
    RawRedis.send(stores.redisProcess(), "ACL SETUSER default resetchannels");
    try {
      RedisListener listener = redis.listen("given-up", () -> {});
      await()
        .untilAsserted(() -> assertThat(redis.isUp()).as("the subscription was refused").contains(false));
      listener.close();
    } finally {
      RawRedis.send(stores.redisProcess(), "ACL SETUSER default allchannels");
    }
    await().during(Duration.ofMillis(1_500)).until(() -> say("given-up").equals("0"));
  }

  @Test
  void connectionThatSaysNothingAnyMore_isFoundOut() throws Exception {
    RedisListener listener = redis.listen("stalled", () -> {});
    stores.redis().stall();
    await().until(() -> !listener.hears());
    stores.redis().restore();
    await().atMost(Duration.ofSeconds(30)).until(listener::hears); // a connection attempt that has just begun must end first
  }

  /** As many channels as a busy process has, where each waiting user has one. */
  @Test
  void manyChannels_areHeard_alsoAfterTheProcessWasKilled() throws Exception {
    int many = 2_000;
    AtomicInteger rung = new AtomicInteger();
    try (EmbeddedRedis first = EmbeddedRedis.start(folder.resolve("first"), 0, _ -> {});
        Redis client = Redis.open(RedisSettings.from(Env.of(Map.of("KNATTER_REDIS_URL", first.url()))))) {
      await().untilAsserted(() -> assertThat(client.isUp()).contains(true));
      List<RedisListener> listeners = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        listeners.add(client.listen("many-" + i, rung::incrementAndGet));
      }
      await().until(() -> listeners.stream().allMatch(RedisListener::hears));
      assertThat(ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly()).isTrue();
      await().until(() -> listeners.stream().noneMatch(RedisListener::hears));
      try (EmbeddedRedis second = EmbeddedRedis.start(folder.resolve("second"), first.port(), _ -> {})) {
        await().until(() -> listeners.stream().allMatch(RedisListener::hears));
        rung.set(0);
        for (int i = 0; i < many; i += 100) {
          assertThat(RawRedis.send(second, "PUBLISH many-" + i + " something")).isEqualTo("1");
        }
        await().until(() -> rung.get() == many / 100);
        listeners.forEach(RedisListener::close);
        await().until(() -> RawRedis.send(second, "PUBLISH many-0 something").equals("0"));
      }
    }
  }
}
