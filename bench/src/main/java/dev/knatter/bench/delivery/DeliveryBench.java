package dev.knatter.bench.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.knatter.bench.generator.Latencies;
import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.MessageAnswer;
import dev.knatter.bench.setup.Packages;
import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;

/**
 * {@code ./knatter bench delivery}: how long after its 201 a message is with those who wait for it, and what it costs to ask
 * where there is nothing new.
 */
public final class DeliveryBench {
  /** All writers together write no more than a conversation is laid out for. */
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(10);
  /** A message that has not arrived by then counts as missed. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int RECENT = 20;

  private final DeliveryOptions options;
  private final TestUsers users;
  private final RequestFactory requests;
  private final FunctionProcess send;
  private final FunctionProcess messages;
  private final Map<String, List<Latencies>> results = new LinkedHashMap<>();
  private int next;

  private DeliveryBench(DeliveryOptions options, TestUsers users, RequestFactory requests,
      FunctionProcess send,
      FunctionProcess messages) {
    this.options = options;
    this.users = users;
    this.requests = requests;
    this.send = send;
    this.messages = messages;
  }

  public static void run(DeliveryOptions options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    try (BenchEnvironment bench = BenchEnvironment.open(List.of(), progress)) {
      progress.accept("Writing the messages that will be read");
      TestUsers users = bench.people();
      try (FunctionProcess send = bench.start("send", Packages.product("send").command(), Map.of());
          FunctionProcess messages = bench.start("messages", Packages.product("messages").command(),
              Map.of())) {
        new DeliveryBench(options, users, new RequestFactory(bench.env(), users), send, messages)
          .measure(progress);
      }
    }
  }

  private void measure(Consumer<String> progress) throws Exception {
    for (int round = -1; round < options.rounds(); round++) {
      progress.accept(round < 0 ? "Warming up" : "Round %d of %d".formatted(round + 1, options.rounds()));
      if (round == 0) {
        results.clear();
      }
      for (int writers : options.writers()) {
        deliver(writers);
      }
      poll();
    }
    results.forEach((name, rounds) -> System.out.printf("%-58s %s%n", name, text(rounds)));
  }

  private static String text(List<Latencies> rounds) {
    return "p50 %s ms, p99 %s ms, longest %s ms".formatted(spread(rounds, 0.5), spread(rounds, 0.99),
        spread(rounds, 1));
  }

  private static String spread(List<Latencies> rounds, double share) {
    return Spread.of(rounds.stream().map(round -> round.millis(share)).toList()).text(1);
  }

  private void note(String name, Latencies latencies) {
    results.computeIfAbsent(name, _ -> new ArrayList<>()).add(Latencies.all(List.of(latencies)));
  }

  /** The next pair of users; each pair is used once. */
  private TestUsers.Pair pair() {
    return users.writing().get(next++ % users.writing().size());
  }

  private void deliver(int writers) throws Exception {
    TestUsers.Pair pair = pair();
    Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    int count = options.messages() / writers * writers;
    try (Follower conversation = follower(pair.other(), "&with=" + pair.one().name());
        Follower inbox = follower(pair.other(), "");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long end = System.nanoTime() + PATIENCE.plus(BETWEEN_MESSAGES.multipliedBy(2L * count)).toNanos();
      List<Future<?>> running = new ArrayList<>();
      for (Follower follower : List.of(conversation, inbox)) {
        running.add(threads.submit(() -> {
          follower.until(() -> follower.arrivals().size() >= count || System.nanoTime() > end);
          return null;
        }));
      }
      for (int writer = 0; writer < writers; writer++) {
        boolean first = writer % 2 == 0;
        running.add(threads.submit(() -> {
          write(first ? pair.one() : pair.other(), first ? pair.other() : pair.one(), count / writers,
              writers,
              acknowledged);
          return null;
        }));
      }
      for (Future<?> each : running) {
        each.get();
      }
      String by = writers + (writers == 1 ? " writer" : " writers");
      note("waiting in the conversation, " + by, lateness(acknowledged, conversation));
      note("waiting at the inbox, " + by, lateness(acknowledged, inbox));
    }
  }

  private Follower follower(Person reader, String where) throws IOException {
    return new Follower(messages.port(), requests.token(reader), where);
  }

  private void write(Person from, Person to, int count, int writers, Map<String, Long> acknowledged)
      throws IOException {
    try (HttpConnection connection = new HttpConnection(send.port())) {
      for (int i = 0; i < count; i++) {
        int status = connection.exchange(requests.send(from, to));
        if (status != 201) {
          throw new IOException(status + " " + connection.body());
        }
        acknowledged.put(MessageAnswer.id(connection.body()), System.nanoTime());
        LockSupport.parkNanos(
            ThreadLocalRandom.current().nextLong(2L * writers * BETWEEN_MESSAGES.toNanos()));
      }
    }
  }

  private static Latencies lateness(Map<String, Long> acknowledged, Follower follower) {
    Latencies lateness = new Latencies();
    acknowledged.forEach((id, at) -> {
      Long arrived = follower.arrivals().get(id);
      lateness.add(arrived == null ? PATIENCE.toNanos() : Math.max(0, arrived - at));
    });
    return lateness;
  }

  /** Asks where there is nothing new: in a conversation that has been quiet, and in one that was busy just now. */
  private void poll() throws IOException {
    TestUsers.Pair quiet = users.reading().get(next++);
    try (Follower follower = follower(quiet.one(), "&with=" + quiet.other().name())) {
      note("nothing new, in a conversation without recent messages", polls(follower));
    }
    TestUsers.Pair busy = pair();
    write(busy.other(), busy.one(), RECENT, 1, new ConcurrentHashMap<>());
    try (Follower follower = follower(busy.one(), "&with=" + busy.other().name())) {
      note("nothing new, where there were " + RECENT + " just now", polls(follower));
    }
  }

  private Latencies polls(Follower follower) throws IOException {
    Latencies polls = new Latencies();
    for (int i = 0; i < options.polls(); i++) {
      long start = System.nanoTime();
      follower.poll(0);
      polls.add(System.nanoTime() - start);
    }
    return polls;
  }
}
