package dev.knatter.e2e.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.knatter.embedded.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each way in which the product can end, and what is there when it starts again. Once it is killed with its store in the same
 * moment, while many write; more often with {@code -Dknatter.soak}.
 */
final class RestartTest {
  private static final int KILLS = 1;
  private static final Duration SOAK = Duration.ofSeconds(Integer.getInteger("knatter.soak", 0));
  private static final int WRITERS = 8;
  private static final int MESSAGES = 100;
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
  private static final Pattern TOKEN = Pattern.compile("\"accessToken\":\"([^\"]+)\"");
  private static final String ADA = "{\"username\": \"ada\", \"password\": \"correct horse\"}";
  private static final String NOTE = "{\"to\": \"ada\", \"content\": \"note\"}";

  @TempDir
  Path data;

  @Test
  void restart_afterEachEnd_hasTheDataUntilItIsToldToForget() throws Exception {
    int port = Ports.free();
    try (DevProcess first = DevProcess.start(data, port, Map.of()).awaitReady()) {
      assertThat(first.output()).contains("http://127.0.0.1:" + port, "Ctrl-C", "curl");
      assertThat(first.post("/v1/register", ADA)).isEqualTo(201);
      try (DevProcess second = DevProcess.start(data, Ports.free(), Map.of())) {
        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.output()).contains("already running", "pid " + first.pid(),
            "http://127.0.0.1:" + port);
      }
      first.terminate();
      assertThat(first.awaitExit()).isZero();
      assertThat(first.leftBehind()).isEmpty();
    }

    Set<String> answered = killWithItsStore(port);
    try (DevProcess again = DevProcess.start(data, port, Map.of()).awaitReady()) {
      assertThat(stored(again, login(again))).containsAll(answered);
      again.kill();
      again.awaitNobodyLeft();
    }

    try (DevProcess fresh = DevProcess.start(data, port, Map.of(), "--fresh").awaitReady()) {
      assertThat(fresh.post("/v1/register", ADA)).isEqualTo(201);
      fresh.interrupt();
      assertThat(fresh.awaitExit()).isZero();
      assertThat(fresh.leftBehind()).isEmpty();
    }
  }

  /** Returns the ids of the messages that were answered. */
  private Set<String> killWithItsStore(int port) throws Exception {
    long end = System.nanoTime() + SOAK.toNanos();
    Set<String> answered = new HashSet<>();
    for (int kills = 0; kills < KILLS || System.nanoTime() < end; kills++) {
      try (DevProcess dev = DevProcess.start(data, port, Map.of()).awaitReady()) {
        assertThat(dev.post("/v1/register", ADA)).isEqualTo(409);
        String token = login(dev);
        assertThat(stored(dev, token)).as("after %d kills", kills).containsAll(answered);
        answered.addAll(killWhileWriting(dev, token));
      }
    }
    return answered;
  }

  private static String login(DevProcess dev) throws Exception {
    Matcher token = TOKEN.matcher(dev.post("/v1/login", ADA, "").body());
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  /** The ids of the messages that were answered with 201 before everything was killed. */
  private static Set<String> killWhileWriting(DevProcess dev, String token) throws Exception {
    Set<String> answered = ConcurrentHashMap.newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        threads.execute(() -> writeUntilKilled(dev, token, answered));
      }
      await().pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofMinutes(1))
        .until(() -> answered.size() >= MESSAGES);
      dev.killWithItsStores();
    }
    return answered;
  }

  private static void writeUntilKilled(DevProcess dev, String token, Set<String> answered) {
    try {
      while (true) {
        var answer = dev.post("/v1/send", NOTE, token);
        Matcher id = ID.matcher(answer.body());
        if (answer.statusCode() == 201 && id.find()) {
          answered.add(id.group(1));
        }
      }
    } catch (IOException e) {
      // Killed: nobody knows of this one.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Set<String> stored(DevProcess dev, String token) throws Exception {
    Set<String> ids = new HashSet<>();
    String before = "";
    while (true) {
      var page = dev.get("/v1/messages?with=ada&limit=100" + before, token);
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      ID.matcher(page.body()).results().forEach(id -> ids.add(id.group(1)));
      Matcher next = NEXT.matcher(page.body());
      if (!next.find()) {
        return ids;
      }
      before = "&before=" + next.group(1);
    }
  }
}
