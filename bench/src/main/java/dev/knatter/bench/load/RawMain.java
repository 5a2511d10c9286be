package dev.knatter.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import dev.knatter.bench.generator.ClosedLoop;
import dev.knatter.bench.generator.LoadDuration;
import dev.knatter.bench.generator.MeasurementListener;
import dev.knatter.bench.generator.Outcome;
import dev.knatter.bench.generator.RoundRobin;
import dev.knatter.bench.generator.Worker;
import dev.knatter.bench.setup.OpenSession;
import dev.knatter.bench.setup.RawStatements;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.chat.account.Passwords;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/**
 * Parts of requests alone, in a JVM like that of a function and with the very clients that functions open. Reads a line
 * a load from its input; prints a line when the measured part begins and one with the outcome. Ends with its input.
 */
final class RawMain {
  /** How each line of ours begins. */
  static final String ANSWER = "raw: ";

  private final Env env;
  private final Stores stores;
  private final RawStatements statements;
  private final TestUsers users;
  private final Uuid7 ids = new Uuid7(Clock.systemUTC());
  private final int lane = ThreadLocalRandom.current().nextInt();

  private final Passwords passwords = Passwords.sized(Runtime.getRuntime());
  private List<OpenSession> sessions = List.of();

  private RawMain(Env env, Stores stores, TestUsers users) {
    this.env = env;
    this.stores = stores;
    this.statements = RawStatements.of(stores.cassandra());
    this.users = users;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Env env = Env.system();
    try (Stores stores = Stores.open(env, Clock.systemUTC());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      RawMain raw = new RawMain(env, stores, new TestUsers(Long.parseLong(args[0])));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        say(raw.run(line).encode());
      }
    }
  }

  /** @param line part, scenario, connections, and both times of the pace in milliseconds */
  private Outcome run(String line) throws InterruptedException {
    try (Scanner words = new Scanner(line)) {
      Part part = Part.valueOf(words.next());
      Scenario scenario = Scenario.valueOf(words.next());
      int atOnce = words.nextInt();
      LoadDuration pace = new LoadDuration(Duration.ofMillis(words.nextLong()),
          Duration.ofMillis(words.nextLong()));
      List<Worker> workers = IntStream.range(0, atOnce)
        .mapToObj(worker -> worker(part, scenario, worker, atOnce))
        .toList();
      return ClosedLoop.run(workers, Thread.ofVirtual().factory(), pace, new MeasurementListener() {
        @Override
        public void begin() {
          say("begin");
        }

        @Override
        public void end() {
          say("end");
        }
      });
    }
  }

  private Worker worker(Part part, Scenario scenario, int worker, int workers) {
    return switch (part) {
      case STATEMENTS -> statements(scenario, worker, workers);
      case HASH -> new RawHash(passwords);
      case SIGNATURE -> RawSignature.from(env);
    };
  }

  private Worker statements(Scenario scenario, int worker, int workers) {
    Cassandra cassandra = stores.cassandra();
    return switch (scenario) {
      case SEND ->
        new RawSend(cassandra, statements, new RoundRobin<>(users.writing(), worker, workers), ids, lane);
      case MESSAGES -> new RawPage(cassandra, statements, new RoundRobin<>(users.reading(), worker, workers));
      case CACHED -> throw new IllegalArgumentException("There is no cache here.");
      case LOGIN -> new RawLogin(stores, statements, new RoundRobin<>(users.people(), worker, workers), ids);
      case REFRESH -> new RawRenewal(stores, statements, new RoundRobin<>(sessions(), worker, workers));
    };
  }

  private List<OpenSession> sessions() {
    if (sessions.isEmpty()) {
      sessions = OpenSession.write(stores.cassandra(), statements, users);
    }
    return sessions;
  }

  private static void say(String line) {
    System.out.println(ANSWER + line);
    System.out.flush();
  }
}
