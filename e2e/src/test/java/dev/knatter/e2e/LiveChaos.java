package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.knatter.e2e.LiveClient.State;
import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;

/**
 * Many clients write, edit and delete in some groups, while whatever is between them breaks. At the end each of them has exactly
 * what its groups have.
 */
final class LiveChaos {
  private static final int CLIENTS = Soak.count(10, 50);
  private static final int GROUPS = Soak.count(5, 10);
  private static final int MESSAGES = Soak.count(300, 20_000);
  private static final int MEMBERS = 4;
  private static final int AT_A_TIME = 8;
  private static final int FAULTS = Soak.count(5, 50);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Deployment deployment;
  private final long seed;
  private final Supplier<URI> address;
  private final List<Runnable> faults;
  private final List<User> users = new ArrayList<>();
  private final List<LiveClient> clients = new ArrayList<>();
  private final Map<String, List<Integer>> groups = new TreeMap<>();
  /** What the store has acknowledged, by group and message. */
  private final Map<String, Map<String, State>> expected = new ConcurrentHashMap<>();
  private final AtomicInteger written = new AtomicInteger();

  /** @param faults what may happen to whatever is between the clients, besides a cut connection */
  LiveChaos(Deployment deployment, long seed, Supplier<URI> address, List<Runnable> faults) {
    this.deployment = deployment;
    this.seed = seed;
    this.address = address;
    this.faults = faults;
  }

  /** Redis is away for a moment, and has forgotten everything afterwards. */
  static void restartRedis(Deployment of) {
    of.stores().redis().cut();
    of.stores().flushRedis();
    of.stores().redis().restore();
  }

  static void killAndRestart(Pod pod) {
    pod.kill();
    pod.restart();
  }

  void run() throws Exception {
    Random random = new Random(seed);
    prepare(random);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < AT_A_TIME; i++) {
        long own = random.nextLong();
        writers.add(threads.submit(() -> write(new Random(own))));
      }
      breakThings(random, writers);
      for (Future<?> writer : writers) {
        writer.get();
      }
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(this::assertComplete);
    } finally {
      clients.forEach(LiveClient::close);
    }
  }

  private void prepare(Random random) {
    for (int i = 0; i < CLIENTS; i++) {
      User user = User.create(deployment);
      users.add(user);
      clients.add(LiveClient.start(() -> user, address));
    }
    await().atMost(PATIENCE).until(() -> clients.stream().allMatch(LiveClient::isConnected));
    for (int i = 0; i < GROUPS; i++) {
      Set<Integer> members = new HashSet<>();
      while (members.size() < Math.min(MEMBERS, CLIENTS)) {
        members.add(random.nextInt(CLIENTS));
      }
      List<Integer> all = List.copyOf(members);
      Answer created = users.get(all.getFirst())
        .exchange(Request.post("/v1/conversations")
          .json(Map.of("name", "group " + i, "members",
              all.stream().skip(1).map(member -> users.get(member).name()).toList())));
      assertThat(created.status()).as("%s", created).isEqualTo(201);
      groups.put(created.text("conversationId"), all);
      expected.put(created.text("conversationId"), new ConcurrentHashMap<>());
    }
  }

  private void write(Random random) {
    List<String> ids = List.copyOf(groups.keySet());
    for (int number = written.getAndIncrement(); number < MESSAGES; number = written.getAndIncrement()) {
      String group = ids.get(random.nextInt(ids.size()));
      List<Integer> members = Objects.requireNonNull(groups.get(group));
      int author = members.get(random.nextInt(members.size()));
      String content = "message " + number;
      String id = random.nextBoolean()
          ? sendByHttp(author, group, content)
          : sendBySocket(author, group, content);
      Map<String, State> known = Objects.requireNonNull(expected.get(group));
      known.put(id, new State(1, false, content));
      int what = random.nextInt(10);
      if (what == 0) {
        until(author, "/v1/edit", Map.of("conversationId", group, "id", id, "content", content + ", edited"));
        known.put(id, new State(2, false, content + ", edited"));
      } else if (what == 1) {
        until(author, "/v1/delete", Map.of("conversationId", group, "id", id));
        known.put(id, new State(2, true, ""));
      }
    }
  }

  private String sendByHttp(int author, String group, String content) {
    return until(author, "/v1/send",
        Map.of("conversationId", group, "content", content, "clientId", ClientIds.now()))
      .text("id");
  }

  /** Over the socket, if it answers soon; else the same send by HTTP: it is one message. */
  private String sendBySocket(int author, String group, String content) {
    String clientId = ClientIds.now();
    return clients.get(author)
      .say(clientId, group, content, Duration.ofSeconds(2))
      .map(answer -> answer.at("/message/id").asString())
      .filter(id -> !id.isEmpty())
      .orElseGet(() -> until(author, "/v1/send",
          Map.of("conversationId", group, "content", content, "clientId", clientId))
        .text("id"));
  }

  /** Repeats a request until it is done. */
  private Answer until(int author, String path, Map<String, String> body) {
    Request request = Request.post(path).json(new HashMap<>(body)).bearer(users.get(author).token());
    return await().atMost(PATIENCE)
      .pollInterval(Duration.ofMillis(50))
      .pollDelay(Duration.ZERO)
      .pollInSameThread()
      .ignoreExceptionsInstanceOf(IOException.class)
      .until(() -> Client.tryExchange(deployment.pod(path), request), answer -> answer.status() / 100 == 2);
  }

  private void breakThings(Random random, List<Future<?>> writers) {
    for (int fault = 1; fault <= FAULTS; fault++) {
      int after = MESSAGES * fault / (FAULTS + 1);
      await().atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> written.get() >= after || writers.stream().allMatch(Future::isDone));
      for (int i = 0; i < CLIENTS / 3; i++) {
        clients.get(random.nextInt(CLIENTS)).cut();
      }
      faults.get(random.nextInt(faults.size())).run();
    }
  }

  private void assertComplete() {
    for (int client = 0; client < CLIENTS; client++) {
      int member = client;
      Map<String, State> own = new TreeMap<>();
      groups.forEach((group, members) -> {
        if (members.contains(member)) {
          own.putAll(expected.getOrDefault(group, Map.of()));
        }
      });
      assertThat(clients.get(client).states()).as("seed %s, client %s", seed, client).isEqualTo(own);
    }
  }
}
